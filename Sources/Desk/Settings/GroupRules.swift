import Circulation
import FoundationEssentials
import Journal
package import Ledger

/// Where a station's loan rules and calendar come from.
///
/// What the station has set itself holds; for the rest the group's rules do, and without them what
/// is usual in Vietnamese schools.
package struct DeskRuleSources: Hashable, Sendable {
  /// The group's rules as the host last told them; nothing where it told of none.
  package let group: PublishedPolicy?
  /// Rules that the station has set itself, such as `patrons.pupil.usual`, in order.
  package let own: [String]
  /// What the group, or else the usual, would have in place of each own rule; `nil` for none.
  package let instead: [String: String?]
  /// Whether the group's rules hold here.
  ///
  /// They do not where they contradict the station's own, such as a fixed end on a day that the
  /// group's calendar closes.
  package let holds: Bool
}

/// The settings as a station keeps them: the whole document, and which of its rules are its own.
///
/// A station that kept its settings before there were rules of a group says nothing of the latter;
/// what it had changed from the usual is its own.
struct KeptSettings: Codable {
  var document: SettingsDocument
  var own: Set<String>

  private enum Key: String, CodingKey {
    case own
  }

  init(_ settings: DeskSettings, over defaults: PolicyDocument) {
    document = SettingsDocument(settings)
    own = document.rules.differences(from: defaults)
  }

  init(from decoder: any Decoder) throws {
    document = try SettingsDocument(from: decoder)
    let container = try decoder.container(keyedBy: Key.self)
    let names = try container.decodeIfPresent([String].self, forKey: .own)
    own = names.map { Set($0) } ?? document.rules.differences(from: .standard)
  }

  func encode(to encoder: any Encoder) throws {
    try document.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(own.sorted(), forKey: .own)
  }

  /// The settings that hold over some defaults; `nil` where the two contradict each other.
  func settings(over defaults: PolicyDocument) -> DeskSettings? {
    var document = document
    document.rules = defaults.taking(own, from: document.rules)
    return try? DeskSettings(document)
  }
}

extension PublishedPolicy {
  /// The rules; `nil` where none are set, or where only a later version of this program reads them.
  var document: PolicyDocument? {
    guard !text.isEmpty else { return nil }
    let document = try? JSONDecoder().decode(PolicyDocument.self, from: Data(text.utf8))
    guard let document, (try? document.checked()) != nil else { return nil }
    return document
  }
}

extension Desk {
  /// Goes by what is kept and by what the host has told since; gives whether anything has changed.
  @discardableResult
  package func reloadSettings() async throws -> Bool {
    let fresh = try await DeskSettings(of: journal)
    guard fresh != settings else { return false }
    replaceSettings(by: fresh)
    return true
  }

  /// Where the rules that hold now come from.
  package func ruleSources() async throws -> DeskRuleSources {
    let (kept, group) = try await DeskSettings.kept(in: journal)
    let document = group?.document
    let defaults = document ?? .standard
    let own = kept?.own ?? []
    let fields = defaults.fields
    return DeskRuleSources(
      group: document == nil ? nil : group, own: own.sorted(),
      instead: Dictionary(uniqueKeysWithValues: own.map { ($0, fields[$0]) }),
      holds: document != nil && kept?.settings(over: defaults) != nil || kept == nil)
  }
}
