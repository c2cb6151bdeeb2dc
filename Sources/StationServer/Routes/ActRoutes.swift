import Circulation
import Desk
import Hummingbird
import Journal
import Labels
import Ledger
import Logging
import Serving

/// The acts of the desk, each with its operation's name, so that it may be repeated safely.
struct ActRoutes: Sendable {
  let desk: Desk
  let live: LiveState

  func add(to group: RouterGroup<StationContext>) {
    group.post("checkouts") { request, context in
      let posted = try await JSON.body(Posted.Checkout.self, of: request)
      let act = posted.deskRequest()
      try Self.refuseOverride(posted.overrideReason ?? posted.set, context)
      return try await perform(act, of: posted, namesPatron: true, context)
    }
    group.post("renewals") { request, context in
      let posted = try await JSON.body(Posted.Renewal.self, of: request)
      try Self.refuseOverride(posted.overrideReason, context)
      let act = DeskRequest.renew(item: posted.item, overrideReason: posted.overrideReason)
      return try await perform(act, of: posted, context)
    }
    group.post("on-site-readings") { request, context in
      let posted = try await JSON.body(Posted.OnSiteReading.self, of: request)
      return try await perform(try posted.deskRequest(), of: posted, context)
    }
    addCorrections(to: group)
    for (path, act) in Self.itemActs {
      group.post(RouterPath(path)) { request, context in
        let posted = try await JSON.body(Posted.ItemAct.self, of: request)
        return try await perform(act(posted.item), of: posted, context)
      }
    }
  }

  /// What puts other acts and labels right.
  private func addCorrections(to group: RouterGroup<StationContext>) {
    group.post("undos") { request, context in
      let posted = try await JSON.body(Posted.Undo.self, of: request)
      return try await perform(try posted.deskRequest(), of: posted, context)
    }
    group.post("notes") { request, context in
      let posted = try await JSON.body(Posted.Note.self, of: request)
      return try await perform(try posted.deskRequest(), of: posted, context)
    }
    group.post("discoveries") { request, context in
      let posted = try await JSON.body(Posted.Discovery.self, of: request)
      let act = DeskRequest.registerFound(item: posted.item, homeLibrary: posted.homeLibrary)
      return try await perform(act, of: posted, context)
    }
    group.post("labels") { request, context in
      let posted = try await JSON.body(Posted.NewLabel.self, of: request)
      let act = DeskRequest.replaceLabel(item: posted.item, label: posted.label)
      return try await perform(act, of: posted, context)
    }
    group.post("cards") { request, context in
      let posted = try await JSON.body(Posted.NewCard.self, of: request)
      let act = DeskRequest.replaceCard(card: posted.card, newCard: posted.newCard)
      return try await perform(act, of: posted, namesPatron: true, context)
    }
  }

  /// Going against a rule is the librarian's: what a kiosk sends is not even looked at.
  private static func refuseOverride(_ reason: String?, _ context: StationContext) throws {
    if reason != nil, context.role == .kiosk { throw RequestError.signInNeeded }
  }

  private static let itemActs: [(path: String, act: @Sendable (String) -> DeskRequest)] = [
    ("checkins", { .checkin(item: $0) }), ("losses", { .reportLost(item: $0) }),
    ("finds", { .reportFound(item: $0) }),
  ]

  /// Performs an act, tells the open pages, and answers.
  ///
  /// `namesPatron` says that the caller has shown the patron's card: nobody else is told who has a
  /// book.
  private func perform(
    _ act: DeskRequest, of posted: some ActRequest, namesPatron: Bool = false,
    _ context: StationContext
  ) async throws -> Response {
    let outcome: Outcome
    do {
      var desk = desk
      desk.overrideRight = context.role.overrideRight
      outcome = try await desk.perform(act, as: try posted.named())
    } catch DeskError.ambiguousItem(let items) {
      throw AmbiguousItem(choices: try await desk.summaries(of: items))
    }
    if !outcome.isRepeat { announce(outcome, context.logger) }
    let offset = desk.settings.offsetMinutes
    return try JSONAnswer.response(
      Answer.Act(
        outcome, patron: namesPatron ? outcome.patron : nil, seenBy: context.role,
        offsetMinutes: offset))
  }

  /// Tells the open pages; the act is on disk, so nothing that fails here is the caller's concern.
  private func announce(_ outcome: Outcome, _ logger: Logger) {
    defer { live.mayHaveChanged() }
    guard live.hub.listenerCount > 0 else { return }
    do {
      let act = Answer.LiveAct(outcome, offsetMinutes: desk.settings.offsetMinutes)
      live.hub.publish(try ServerSentEvent("act", act))
    } catch {
      logger.error("A live event can't be written", metadata: ["error": "\(error)"])
    }
  }
}

extension Answer.Act {
  init(
    _ outcome: Outcome, patron: PatronSummary?, seenBy role: Role, offsetMinutes: Int
  ) {
    let event = outcome.event
    operation = event.operation.description
    repeated = outcome.isRepeat
    act = event.fact.name
    self.event = Answer.Event(
      station: event.station.text, epoch: event.epoch.number, sequence: event.sequence,
      time: RFC3339.text(
        unixMilliseconds: event.moment.wallMilliseconds, offsetMinutes: offsetMinutes),
      device: event.device)
    words = Words { event.fact.words(in: $0) }
    due = event.fact.due?.description
    item = outcome.item.map { Answer.Item($0) }
    self.patron = patron.map { Answer.Patron($0, seenBy: role) }
  }
}

extension Answer.LiveAct {
  init(_ outcome: Outcome, offsetMinutes: Int) {
    act = outcome.event.fact.name
    sequence = outcome.event.sequence
    time = RFC3339.text(
      unixMilliseconds: outcome.event.moment.wallMilliseconds, offsetMinutes: offsetMinutes)
    item = outcome.item?.item.text
    title = outcome.item?.title
    device = outcome.event.device
    words = Words { outcome.event.fact.words(in: $0) }
  }
}
