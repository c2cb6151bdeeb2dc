import Circulation
import Labels
import Ledger
import Mustache
import Registry

/// The coordinator's page: stations, where the items are, and what somebody must look at.
struct HostPage: Sendable {
  private let template: MustacheTemplate

  init() throws {
    template = try MustacheTemplate(
      string: String(decoding: PackageResources.host_mustache, as: UTF8.self))
  }

  func html(of overview: GroupOverview, in language: Language) -> String {
    let words = HostWords(language: language)
    let total = overview.balances.filter { $0.key != .outside }.values.reduce(0, +)
    let context: [String: Any] = [
      "language": language.rawValue, "otherLanguage": words.otherLanguage.rawValue,
      "group": overview.groupName, "words": words.all,
      "stations": overview.stations.map { row(for: $0, in: overview, words) },
      "places": placeRows(overview.balances, total: total, words),
      "total": "\(total)", "conflictCount": "\(overview.conflictCount)",
      "hasConflicts": overview.conflictCount > 0,
      "conflicts": overview.conflicts.prefix(Self.conflictRows).map { row(for: $0, words) },
    ]
    return template.render(context)
  }

  /// Conflicts that the page shows.
  private static let conflictRows = 20

  private func row(
    for station: EnrolledStation, in overview: GroupOverview, _ words: HostWords
  ) -> [String: String] {
    let library = station.enrolment.station.library
    return [
      "name": station.enrolment.station.text, "library": station.enrolment.libraryName,
      "events": "\(station.cursor.sequence)", "epoch": "\(station.enrolment.epoch)",
      "readings": "\(overview.readings[library] ?? 0)",
      "contact": words.ago(station.lastContactMilliseconds, now: overview.nowMilliseconds),
    ]
  }

  private func placeRows(
    _ balances: [Place: Int], total: Int, _ words: HostWords
  ) -> [[String: String]] {
    balances.filter { $0.key != .outside }.sorted { $0.key.text < $1.key.text }.map {
      let percent = total > 0 ? (200 * $0.value + total) / (2 * total) : 0
      return ["place": words.place($0.key), "items": "\($0.value)", "percent": "\(percent)"]
    }
  }

  private func row(for conflict: Conflict, _ words: HostWords) -> [String: String] {
    [
      "event": conflict.event.description, "what": words.conflict(conflict.name),
      "item": conflict.item?.item ?? "", "claimed": conflict.item?.claimed ?? "",
      "actual": conflict.item?.actual ?? "",
    ]
  }
}
