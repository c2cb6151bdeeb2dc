import Desk
import Hummingbird
import Journal
import Ledger
import Logging
import Serving

/// Stock-taking: opened, scanned for on several devices, paused, reported on, closed.
struct StockRoutes: Sendable {
  let desk: Desk
  let live: LiveState

  func add(to group: RouterGroup<StationContext>) {
    group.get("stock-takings") { _, _ in
      let sessions = try await desk.stockTakings()
      return try JSONAnswer.response(
        Answer.StockSessions(sessions: sessions.map { answer($0) }))
    }
    group.post("stock-takings") { request, _ in
      let posted = try await JSON.body(Posted.StockTaking.self, of: request)
      return try JSONAnswer.response(
        answer(try await desk.openStockTaking(of: posted.range, as: try posted.named())))
    }
    group.post("stock-takings/scans") { request, context in try await scan(request, context) }
    group.post("stock-takings/pauses") { request, _ in
      let posted = try await JSON.body(Posted.StockPause.self, of: request)
      return try JSONAnswer.response(
        answer(
          try await desk.pauseStockTaking(
            try posted.stockTaking(), posted.paused, as: try posted.named())))
    }
    group.get("stock-takings/report") { request, _ in try await report(request) }
    group.post("stock-takings/closings") { request, _ in
      let posted = try await JSON.body(Posted.StockClosing.self, of: request)
      let session = try await desk.closeStockTaking(
        try posted.stockTaking(), settling: posted.settle ?? [], as: try posted.named())
      live.mayHaveChanged()
      return try JSONAnswer.response(answer(session))
    }
  }

  private func answer(_ session: StockSession) -> Answer.StockSession {
    Answer.StockSession(session, offsetMinutes: desk.settings.offsetMinutes)
  }

  private func scan(_ request: Request, _ context: StationContext) async throws -> Response {
    let posted = try await JSON.body(Posted.StockScan.self, of: request)
    let answer: Answer.StockScan
    do {
      answer = Answer.StockScan(
        try await desk.scanStock(
          posted.text, for: try posted.stockTaking(), as: try posted.named()))
    } catch DeskError.ambiguousItem(let items) {
      throw AmbiguousItem(choices: try await desk.summaries(of: items))
    }
    announce(answer, context.logger)
    return try JSONAnswer.response(answer)
  }

  /// Tells the other devices; the scan is on disk, so what fails here is nobody's concern.
  private func announce(_ answer: Answer.StockScan, _ logger: Logger) {
    guard live.hub.listenerCount > 0 else { return }
    do {
      live.hub.publish(try ServerSentEvent("stock", answer))
    } catch {
      logger.error("A live event can't be written", metadata: ["error": "\(error)"])
    }
  }

  private func report(_ request: Request) async throws -> Response {
    guard let text = request.uri.queryParameters["session"] else {
      throw RequestError.missingField("session")
    }
    guard let id = OperationID(String(text)) else { throw RequestError.badField("session") }
    return try JSONAnswer.response(
      Answer.StockReport(
        try await desk.stockReport(of: id), offsetMinutes: desk.settings.offsetMinutes))
  }
}
