import Desk
import Hummingbird
import Journal
import Labels
import Ledger
import Lists
import Serving

/// Class lists and registers from files, and the end of the school year.
struct ImportRoutes: Sendable {
  let desk: Desk
  let live: LiveState

  private static let mediaTypes: Set<String> = ["text/csv", "application/octet-stream"]

  func add(to group: RouterGroup<StationContext>) {
    group.post("imports") { request, _ in try await run(request) }
    group.get("promotions") { _, _ in
      try JSONAnswer.response(Answer.Promotion(try await desk.promotion(), done: false))
    }
    group.post("promotions") { request, _ in
      let posted = try await JSON.body(Posted.Promotion.self, of: request)
      let steps = try await desk.promote(as: try posted.named())
      live.mayHaveChanged()
      return try JSONAnswer.response(Answer.Promotion(steps, done: true))
    }
  }

  /// Without an operation, only says what the import would do.
  private func run(_ request: Request) async throws -> Response {
    guard Self.mediaTypes.contains(request.mediaType) else {
      throw RequestError.notAList(request.mediaType)
    }
    let buffer = try await request.body(upTo: ListLimits.bytes)
    let bytes = Array(buffer.readableBytesView)
    let parameters = request.uri.queryParameters
    guard let text = parameters["operation"] else {
      return try JSONAnswer.response(Answer.Import(try await desk.previewImport(bytes)))
    }
    guard let id = OperationID(String(text)) else { throw RequestError.badOperation }
    let report = try await desk.importList(
      bytes, skippingRefused: parameters["skip"] == "refused",
      as: NamedOperation(id: id, device: "import"))
    live.mayHaveChanged()
    return try JSONAnswer.response(Answer.Import(report))
  }
}
