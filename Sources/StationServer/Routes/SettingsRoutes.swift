import Circulation
import Desk
import FoundationEssentials
import Hummingbird
import Journal
import Labels
import Ledger
import Serving

/// The settings as one document: read, tried out, and changed as a whole.
struct SettingsRoutes: Sendable {
  let desk: Desk
  let live: LiveState

  func add(to group: RouterGroup<StationContext>) {
    group.get("settings") { _, _ in
      try JSONAnswer.response(SettingsDocument(desk.settings))
    }
    group.get("settings/sources") { _, _ in
      try JSONAnswer.response(Answer.RuleSources(try await desk.ruleSources()))
    }
    group.post("settings/preview") { request, _ in
      let document = try await JSON.body(SettingsDocument.self, of: request)
      return try JSONAnswer.response(try await preview(document).answer)
    }
    group.put("settings") { request, _ in
      let posted = try await JSON.body(Posted.SettingsChange.self, of: request)
      let (settings, answer) = try await preview(posted.document)
      try await desk.change(to: settings, as: try posted.named().id)
      live.mayHaveChanged()
      return try JSONAnswer.response(answer)
    }
  }

  private func preview(
    _ document: SettingsDocument
  ) async throws -> (settings: DeskSettings, answer: Answer.SettingsPreview) {
    let settings = try DeskSettings(document)
    return (settings, Answer.SettingsPreview(try await desk.preview(settings)))
  }
}

extension Posted {
  /// A whole document of settings, and beside its fields the operation's name.
  struct SettingsChange: ActRequest {
    let operation: String
    let device: String?
    let document: SettingsDocument

    init(from decoder: any Decoder) throws {
      let named = try Named(from: decoder)
      (operation, device) = (named.operation, named.device)
      document = try SettingsDocument(from: decoder)
    }
  }
}

extension Answer {
  /// What a change of the settings does.
  struct SettingsPreview: Encodable, Sendable {
    struct Change: Encodable, Sendable {
      let field: String
      let before: String?
      let after: String?
    }

    struct DueDay: Encodable, Sendable {
      let day: String
      let loans: Int
    }

    let changes: [Change]
    let openLoans: Int
    let closedDueDays: [DueDay]
  }
}

extension Answer.SettingsPreview {
  init(_ preview: SettingsPreview) {
    changes = preview.changes.map {
      Change(field: $0.field, before: $0.before, after: $0.after)
    }
    openLoans = preview.openLoanCount
    closedDueDays = preview.closedDueDays.map { DueDay(day: "\($0.day)", loans: $0.loans) }
  }
}

extension Answer {
  /// Where the rules that hold come from.
  struct RuleSources: Encodable, Sendable {
    struct Group: Encodable, Sendable {
      let revision: Int
      /// RFC 3339.
      let published: String
    }

    struct OwnRule: Encodable, Sendable {
      /// Such as `patrons.pupil.usual`.
      let field: String
      /// What the group, or else the usual, has there.
      let instead: String?
    }

    /// Nothing where the group has no rules.
    let group: Group?
    /// Whether the group's rules hold for what is not the station's own.
    let groupHolds: Bool
    let own: [OwnRule]

    init(_ sources: DeskRuleSources) {
      group = sources.group.map {
        Group(
          revision: $0.revision,
          published: RFC3339.text(
            unixMilliseconds: $0.wallMilliseconds,
            offsetMinutes: SchoolDay.vietnamOffsetMinutes))
      }
      groupHolds = sources.group != nil && sources.holds
      own = sources.own.map { OwnRule(field: $0, instead: sources.instead[$0] ?? nil) }
    }
  }
}
