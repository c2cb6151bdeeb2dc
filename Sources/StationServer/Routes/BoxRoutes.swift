import Desk
import HTTPTypes
import Hummingbird
import Journal
import Labels
import Ledger
import Logging
import NIOCore
import Printing
import Rotation
import Serving

/// Transfer boxes: packed, sealed, sent, received.
struct BoxRoutes: Sendable {
  let desk: Desk
  let live: LiveState

  func add(to group: RouterGroup<StationContext>) {
    group.get("boxes") { _, _ in
      try JSONAnswer.response(
        Answer.Boxes(
          boxes: try await desk.boxes().map { Answer.Box($0) },
          coming: try await desk.comingBoxes().map { Answer.ComingBox($0) }))
    }
    group.get("boxes/report") { request, _ in
      guard let box = request.uri.queryParameters["box"] else {
        throw RequestError.missingField("box")
      }
      return try JSONAnswer.response(
        Answer.BoxReport(try await desk.report(ofBox: String(box))))
    }
    group.get("boxes/rota") { _, _ in
      try JSONAnswer.response(Answer.Rota(try await desk.rotaPlan()))
    }
    group.get("boxes/slip") { request, _ in try await printedSlip(request) }
    group.post("boxes") { request, context in
      let posted = try await JSON.body(Posted.BoxOpening.self, of: request)
      let act = BoxRequest.open(box: posted.box, to: posted.to, stage: posted.boxStage)
      return try await perform(act, of: posted, context)
    }
    group.post("boxes/packings") { request, context in
      let posted = try await JSON.body(Posted.Packing.self, of: request)
      let act = BoxRequest.pack(
        item: posted.item, box: posted.box, despiteWarnings: posted.despiteWarnings ?? false)
      return try await perform(act, of: posted, context)
    }
    group.post("boxes/unpackings") { request, context in
      let posted = try await JSON.body(Posted.BoxItem.self, of: request)
      return try await perform(.unpack(item: posted.item, box: posted.box), of: posted, context)
    }
    group.post("boxes/dispatches") { request, context in
      let posted = try await JSON.body(Posted.Dispatch.self, of: request)
      return try await perform(.send(box: posted.box, to: posted.to), of: posted, context)
    }
    group.post("boxes/arrivals") { request, context in
      let posted = try await JSON.body(Posted.Arrival.self, of: request)
      return try await perform(.arrive(box: posted.box, from: posted.from), of: posted, context)
    }
    group.post("boxes/slips") { request, context in try await readSlip(request, context) }
    group.post("boxes/items") { request, context in
      let posted = try await JSON.body(Posted.BoxItem.self, of: request)
      let act = BoxRequest.receive(
        item: posted.item, box: posted.box, condition: try posted.itemCondition())
      return try await perform(act, of: posted, context)
    }
    for (path, act) in Self.boxActs {
      group.post(RouterPath(path)) { request, context in
        let posted = try await JSON.body(Posted.BoxAct.self, of: request)
        return try await perform(act(posted.box), of: posted, context)
      }
    }
  }

  private static let boxActs: [(path: String, act: @Sendable (String) -> BoxRequest)] = [
    ("boxes/seals", { .seal(box: $0) }), ("boxes/reopenings", { .reopen(box: $0) }),
    ("boxes/returns", { .sendBack(box: $0) }), ("boxes/receipts", { .confirm(box: $0) }),
    ("boxes/refusals", { .refuse(box: $0) }), ("boxes/losses", { .reportLost(box: $0) }),
    ("boxes/finds", { .reportFound(box: $0) }),
  ]

  private func perform(
    _ act: BoxRequest, of posted: some ActRequest, _ context: StationContext
  ) async throws -> Response {
    let outcome: BoxOutcome
    do {
      outcome = try await desk.perform(act, as: try posted.named())
    } catch DeskError.ambiguousItem(let items) {
      throw AmbiguousItem(choices: try await desk.boxChoices(of: items))
    }
    let answer = Answer.BoxAct(outcome, operation: posted.operation)
    announce(answer, of: outcome, context.logger)
    return try JSONAnswer.response(answer)
  }

  private func readSlip(_ request: Request, _ context: StationContext) async throws -> Response {
    let posted = try await JSON.body(Posted.Slip.self, of: request)
    let reading = try await desk.readSlip(
      posted.texts, of: posted.box, acceptsOthers: posted.acceptsOthers ?? false,
      as: try posted.named())
    let answer = Answer.SlipReading(reading, operation: posted.operation)
    if let act = answer.act, let outcome = reading.outcome {
      announce(act, of: outcome, context.logger)
    }
    return try JSONAnswer.response(answer)
  }

  private func printedSlip(_ request: Request) async throws -> Response {
    guard let box = request.uri.queryParameters["box"] else {
      throw RequestError.missingField("box")
    }
    let name = request.uri.queryParameters["paper"].map(String.init) ?? Paper.a4.rawValue
    guard let paper = Paper(rawValue: name) else { throw RequestError.badField("paper") }
    let bytes = try await SlipPrinter(desk: desk).pdf(ofBox: String(box), on: paper)
    return Response(
      status: .ok, headers: [.contentType: "application/pdf"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Tells the open pages; the act is on disk, so what fails here is nobody's concern.
  private func announce(_ answer: Answer.BoxAct, of outcome: BoxOutcome, _ logger: Logger) {
    guard !outcome.isRepeat else { return }
    defer { live.mayHaveChanged() }
    guard live.hub.listenerCount > 0 else { return }
    do {
      live.hub.publish(try ServerSentEvent("box", answer))
    } catch {
      logger.error("A live event can't be written", metadata: ["error": "\(error)"])
    }
  }
}
