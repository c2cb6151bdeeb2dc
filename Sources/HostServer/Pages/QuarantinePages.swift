import Credentials
import Exchange
import Hummingbird
import Ledger
import Registry

/// Events that came after their epoch's end: what each says, and what is decided about them.
struct QuarantinePages: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  private static let path = "/de-rieng"

  func add(to router: Router<HostContext>) {
    router.get("/de-rieng") { request, context in try await list(request, context) }
    router.get("/de-rieng/:station/:epoch") { request, context in
      try await show(request, context, problem: nil)
    }
    router.post("/de-rieng/:station/:epoch") { request, context in
      try await decide(request, context)
    }
  }

  private func list(_ request: Request, _ context: HostContext) async throws -> Response {
    let pager = Pager(request)
    let runs = try await registry.quarantineRuns(
      offset: pager.offset, limit: HostLimits.rowsPerPage + 1)
    let overview = try await registry.overview()
    let visit = Visit(request, account: context.account, groupName: overview.groupName)
    let words = pages.words(in: visit.language)
    var content: [String: Any] = [
      "openCount": "\(overview.keptAsideCount)", "hasRuns": !runs.isEmpty,
      "runs": runs.prefix(HostLimits.rowsPerPage).map { row($0, words) },
    ]
    content.merge(
      pager.links(Self.path, [], hasMore: runs.count > HostLimits.rowsPerPage)
    ) { $1 }
    return pages.response("quarantine", for: visit, content)
  }

  private func row(_ run: QuarantineRun, _ words: HostWords) -> [String: Any] {
    let (first, last) = (run.sequences.lowerBound, run.sequences.upperBound)
    return [
      "link": link(to: run.station, run.epoch), "station": run.station.text,
      "epoch": "\(run.epoch)", "ended": words.term("epoch-\(run.reason)"),
      "numbers": first == last ? "\(first)" : "\(first)–\(last)",
      "received": words.moment(run.receivedMilliseconds), "count": "\(run.eventCount)",
      "open": "\(run.openCount)", "isOpen": run.openCount > 0,
    ]
  }

  private func link(to station: StationID, _ epoch: Epoch) -> String {
    "\(Self.path)/\(station)/\(epoch)"
  }

  private func subject(_ context: HostContext) throws -> (station: StationID, epoch: Epoch) {
    guard let station = context.parameters.get("station").flatMap({ StationID($0) }),
      let epoch = context.parameters.get("epoch", as: Int.self).flatMap({ Epoch($0) })
    else { throw QuarantineError.nothingThere }
    return (station, epoch)
  }

  private func show(
    _ request: Request, _ context: HostContext, problem: QuarantineError?, because: String = ""
  ) async throws -> Response {
    let (station, epoch) = try subject(context)
    let pager = Pager(request)
    let leaf = try await registry.quarantineLeaf(
      of: station, epoch: epoch, offset: pager.offset, limit: HostLimits.rowsPerPage)
    let visit = Visit(
      request, account: context.account, groupName: try await registry.groupName())
    let words = pages.words(in: visit.language)
    let reason = leaf.events.first?.event.reason ?? .revoked
    var content: [String: Any] = [
      "station": "\(station)/\(epoch)", "open": "\(leaf.openCount)",
      "ended": words.term("epoch-\(reason)"),
      "explanation": words.term("aside-\(reason)"),
      "cursor": "\(leaf.cursor.epoch).\(leaf.cursor.sequence)",
      "events": leaf.events.map { event($0, in: leaf, words) },
      "because": because,
      "mayDecide": context.account?.role == .coordinator,
      "problems": problem.map { [$0.advice(in: visit.language)] } ?? [],
    ]
    content.merge(
      pager.links(
        link(to: station, epoch), [], hasMore: pager.offset + leaf.events.count < leaf.eventCount)
    ) { $1 }
    return pages.response(
      "quarantined", for: visit, content, status: problem.map { HostRefusal($0).status } ?? .ok)
  }

  private func event(
    _ kept: KeptAside, in leaf: QuarantineLeaf, _ words: HostWords
  ) -> [String: Any] {
    let event = try? Event(encoded: kept.event.bytes)
    let again = event.flatMap { leaf.cameAgain[$0.operation] }
    let sentence = event.map { EventWords(words: words).sentence($0) }
    let reference = kept.event.event
    return [
      "position": "\(reference.sequence)-\(kept.event.hash)", "sequence": "\(reference.sequence)",
      "sentence": sentence ?? "\(kept.event.event): \(words.term("event-unreadable"))",
      "received": words.moment(kept.receivedMilliseconds),
      "again": again.map { [$0.description] } ?? [],
      "decision": kept.decision.map { decision in
        [
          [
            "ruling": words.term("aside-\(decision.ruling.rawValue)"),
            "account": decision.account, "at": words.moment(decision.atMilliseconds),
            "reason": decision.reason,
          ]
        ]
      } ?? [],
    ]
  }

  private func decide(_ request: Request, _ context: HostContext) async throws -> Response {
    guard let account = context.account?.name.text else { throw RoleNeeded() }
    let (station, epoch) = try subject(context)
    let form = try await HostForm(request)
    guard let ruling = QuarantineRuling(rawValue: form.text("ruling")) else {
      throw FormError.badField("ruling")
    }
    let reason = form.text("reason")
    do {
      guard let chosen = position(form.text("event"), epoch) else {
        throw QuarantineError.noneChosen
      }
      let count =
        switch ruling {
        case .released:
          try await registry.release(station, through: chosen, because: reason, by: account)
        case .leftAside:
          try await registry.leaveAside(
            station, epoch: epoch, from: chosen.sequence, because: reason, by: account)
        }
      guard count > 0 else { throw QuarantineError.alreadyDecided }
      return .redirect(to: link(to: station, epoch), type: .normal)
    } catch let error as QuarantineError where error != .nothingThere {
      return try await show(request, context, problem: error, because: reason)
    }
  }

  /// Reads the event that was chosen: its number, and the hash that tells it from another one.
  private func position(_ text: String, _ epoch: Epoch) -> Position? {
    let parts = text.split(separator: "-")
    guard parts.count == 2, let sequence = Int64(parts[0]), sequence > 0,
      let bytes = Hex.bytes(of: String(parts[1])), let hash = ChainHash(bytes: bytes)
    else { return nil }
    return Position(epoch: epoch, sequence: sequence, hash: hash)
  }
}
