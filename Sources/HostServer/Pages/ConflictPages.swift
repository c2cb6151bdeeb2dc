import Credentials
import Exchange
import Hummingbird
import Labels
import Ledger
import Registry

/// Conflicts: their list, each with both of its events, and what is decided about it.
struct ConflictPages: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  private static let path = "/viec-can-xem"

  func add(to router: Router<HostContext>) {
    router.get("/viec-can-xem") { request, context in try await list(request, context) }
    router.post("/viec-can-xem") { _, context in try await replayAll(context) }
    router.get("/viec-can-xem/:station/:epoch/:sequence/:name") { request, context in
      try await show(request, context, problem: nil)
    }
    router.post("/viec-can-xem/:station/:epoch/:sequence/:name") { request, context in
      try await decide(request, context)
    }
  }
}

// MARK: - The list

extension ConflictPages {
  private func list(_ request: Request, _ context: HostContext) async throws -> Response {
    let query = request.uri.queryParameters
    let filter = ConflictFilter(
      state: query["trang-thai"].flatMap { ConflictFilter.State(rawValue: String($0)) } ?? .open,
      kind: query["loai"].flatMap { ConflictKind(rawValue: String($0)) },
      library: query["thu-vien"].flatMap { $0.isEmpty ? nil : String($0) })
    let pager = Pager(request)
    let (conflicts, count) = try await registry.conflicts(
      filter, offset: pager.offset, limit: HostLimits.rowsPerPage)
    let visit = Visit(
      request, account: context.account, groupName: try await registry.groupName())
    let words = pages.words(in: visit.language)
    var content: [String: Any] = [
      "count": "\(count)", "hasConflicts": !conflicts.isEmpty,
      "conflicts": conflicts.map { ConflictRow.content($0, words) },
      "replays": context.account?.role.replays == true, "notice": notice(request, words),
    ]
    content.merge(choices(filter, try await libraries(), words)) { $1 }
    content.merge(
      pager.links(
        Self.path,
        [
          ("trang-thai", filter.state.rawValue), ("loai", filter.kind?.rawValue ?? ""),
          ("thu-vien", filter.library ?? ""),
        ], hasMore: pager.offset + conflicts.count < count)
    ) { $1 }
    return pages.response("conflicts", for: visit, content)
  }

  private func libraries() async throws -> [String] {
    let stations = try await registry.overview().stations
    return Set(stations.map(\.enrolment.station.library.text)).sorted()
  }

  private func choices(
    _ filter: ConflictFilter, _ libraries: [String], _ words: HostWords
  ) -> [String: Any] {
    [
      "states": ConflictFilter.State.allCases.map {
        Choice.content($0.rawValue, words.term("state-\($0.rawValue)"), chosen: filter.state == $0)
      },
      "kinds": ConflictKind.allCases.map {
        Choice.content($0.rawValue, words.kind($0.rawValue), chosen: filter.kind == $0)
      },
      "libraries": libraries.map { Choice.content($0, $0, chosen: filter.library == $0) },
    ]
  }

  /// What looking at all of them once more has done.
  private func notice(_ request: Request, _ words: HostWords) -> [String] {
    let query = request.uri.queryParameters
    guard let closed = query["dong"].flatMap({ Int($0) }),
      let seen = query["xem"].flatMap({ Int($0) })
    else { return [] }
    return [
      words.language == .vietnamese
        ? "Đã xét lại \(seen) việc, \(closed) việc tự giải quyết xong."
        : "\(seen) were looked at again, \(closed) hold no longer."
    ]
  }

  private func replayAll(_ context: HostContext) async throws -> Response {
    guard let account = context.account else { throw RoleNeeded() }
    let report = try await registry.replayConflicts(by: account.name.text)
    return .redirect(
      to: Link.to(Self.path, [("dong", "\(report.closed)"), ("xem", "\(report.lookedAt)")]),
      type: .normal)
  }
}

// MARK: - One conflict

extension ConflictPages {
  private func id(_ context: HostContext) throws -> ConflictID {
    guard let station = context.parameters.get("station").flatMap({ StationID($0) }),
      let epoch = context.parameters.get("epoch", as: Int.self).flatMap({ Epoch($0) }),
      let sequence = context.parameters.get("sequence", as: Int64.self), sequence > 0,
      let name = context.parameters.get("name")
    else { throw DecisionError.noSuchConflict }
    return ConflictID(
      event: EventReference(station: station, epoch: epoch, sequence: sequence), name: name)
  }

  private func show(
    _ request: Request, _ context: HostContext, problem: (any Error)?
  ) async throws -> Response {
    let id = try id(context)
    guard let file = try await registry.conflictFile(id) else {
      throw DecisionError.noSuchConflict
    }
    let interval = try await registry.interval(of: id.event)
    let visit = Visit(
      request, account: context.account, groupName: try await registry.groupName())
    let words = pages.words(in: visit.language)
    let refusal = problem.map { HostRefusal($0) }
    var content = ConflictRow.content(file.listed, words)
    content.merge(sides(of: file, interval, words)) { $1 }
    content.merge(rulings(on: file, for: context.account?.role, words)) { $1 }
    content["problems"] = refusal.map { [$0.message.advice(in: visit.language)] } ?? []
    content["notice"] =
      request.uri.queryParameters["con-lai"] == nil ? [] : [words.term("still-holds")]
    return pages.response(
      "conflict", for: visit, content, status: refusal?.status ?? .ok)
  }

  private func sides(
    of file: ConflictFile, _ interval: EventInterval?, _ words: HostWords
  ) -> [String: Any] {
    let sentences = EventWords(words: words)
    return [
      "eventWords": file.event.map { sentences.sentence($0) } ?? words.term("event-unreadable"),
      "earlierWords": file.earlier.map { sentences.sentence($0) } ?? words.term("no-earlier"),
      "interval": sentences.interval(interval),
      "explanation": words.term("explain-\(file.listed.conflict.name)"),
      "bookTitle": file.title.map { [$0] } ?? [],
      "now": words.place(named: file.holding?.place.text),
      "decisions": file.decisions.map { decision in
        [
          "number": "\(decision.number)", "ruling": words.ruling(decision.ruling),
          "account": decision.account == Decision.hostItself
            ? words.term("host-itself") : decision.account,
          "at": words.moment(decision.atMilliseconds),
          "reason": decision.reason,
        ]
      },
      "hasDecisions": !file.decisions.isEmpty, "expected": "\(file.lastDecision)",
    ]
  }

  /// The buttons that somebody may press, each with what it means.
  private func rulings(
    on file: ConflictFile, for role: HostRole?, _ words: HostWords
  ) -> [String: Any] {
    let conflict = file.listed.conflict
    let mayDecide = role?.decides(conflict.kind) == true
    let rulings =
      file.listed.ruling == nil ? conflict.kind?.rulings ?? [.dismissed] : [.reopened]
    return [
      "mayDecide": mayDecide,
      "rulings": rulings.map { ruling in
        [
          "value": ruling.rawValue, "name": words.term("do-\(ruling.rawValue)"),
          "meaning": words.term("means-\(ruling.rawValue)"),
        ]
      },
      "mayReplay": mayDecide && file.listed.ruling == nil,
    ]
  }

  private func decide(_ request: Request, _ context: HostContext) async throws -> Response {
    let id = try id(context)
    guard let account = context.account,
      account.role.decides(ConflictKind(rawValue: id.name))
    else { throw RoleNeeded() }
    let form = try await HostForm(request)
    if form.text("ruling") == "replay" {
      let isClosed = try await registry.replayConflict(id, by: account.name.text)
      let link = ConflictRow.link(to: id)
      return .redirect(to: isClosed ? link : link + "?con-lai=1", type: .normal)
    }
    do {
      guard let ruling = Ruling(rawValue: form.text("ruling")) else {
        throw DecisionError.wrongRuling
      }
      _ = try await registry.decide(
        id, ruling, reason: form.text("reason"), expecting: Int64(form.text("expected")) ?? 0,
        by: account)
      return .redirect(to: ConflictRow.link(to: id), type: .normal)
    } catch let error as DecisionError where error != .noSuchConflict {
      return try await show(request, context, problem: error)
    }
  }
}

/// One option of a list to choose from.
enum Choice {
  static func content(_ value: String, _ name: String, chosen: Bool) -> [String: Any] {
    ["value": value, "name": name, "isChosen": chosen]
  }
}
