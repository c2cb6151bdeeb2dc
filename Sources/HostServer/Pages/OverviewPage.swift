import Exchange
import Hummingbird
import Labels
import Ledger
import Registry

/// The group at a glance: stations, libraries, and what somebody must look at.
struct OverviewPage: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  /// Conflicts that are named here; the rest is on their own page.
  private static let conflictRows = 5

  func add(to router: Router<HostContext>) {
    router.get("/") { request, context in
      let overview = try await registry.overview()
      let visit = Visit(request, account: context.account, groupName: overview.groupName)
      return pages.response(
        "overview", for: visit, content(overview, pages.words(in: visit.language)))
    }
    router.get("/assets/host.css") { _, _ in HostStyle.response() }
  }

  private func content(_ overview: GroupOverview, _ words: HostWords) -> [String: Any] {
    let items = overview.balances.filter { $0.key != .outside }.values.reduce(0, +)
    return [
      "stations": overview.stations.map { row(for: $0, in: overview, words) },
      "libraries": libraryRows(overview),
      "total": "\(items)", "conflictCount": "\(overview.conflictCount)",
      "hasConflicts": overview.conflictCount > 0,
      "boxes": "\(count(overview) { if case .box = $0 { true } else { false } })",
      "onLoan": "\(count(overview) { if case .patron = $0 { true } else { false } })",
      "conflicts": overview.conflicts.prefix(Self.conflictRows).map {
        ConflictRow.content(ListedConflict(conflict: $0, notedMilliseconds: 0, ruling: nil), words)
      },
    ]
  }

  private func count(_ overview: GroupOverview, where isWanted: (Place) -> Bool) -> Int {
    overview.balances.filter { isWanted($0.key) }.values.reduce(0, +)
  }

  private func row(
    for station: EnrolledStation, in overview: GroupOverview, _ words: HostWords
  ) -> [String: Any] {
    let enrolment = station.enrolment
    let contact = overview.contacts.last {
      $0.station == enrolment.station && $0.epoch == enrolment.epoch
    }
    let pending = contact.map { max(0, $0.told.head - station.cursor.sequence) }
    return [
      "name": enrolment.station.text, "library": enrolment.libraryName,
      "events": "\(station.cursor.sequence)", "epoch": "\(enrolment.epoch)",
      "pending": pending.map { "\($0)" } ?? words.term("not-told"),
      "clock": words.offset(contact) ?? words.term("not-told"),
      "contact": words.ago(station.lastContactMilliseconds, now: overview.nowMilliseconds),
      "state": words.term("epoch-\(station.closing.map { "\($0.end)" } ?? "open")"),
    ]
  }

  /// What each library has, by the kinds of places that a library answers for.
  private func libraryRows(_ overview: GroupOverview) -> [[String: String]] {
    let known = overview.stations.map { ($0.enrolment.station.library, $0.enrolment.libraryName) }
    let names = Dictionary(known) { first, _ in first }
    let libraries = Set(overview.balances.keys.compactMap(\.library)).union(names.keys)
    return libraries.sorted().map { library in
      let numbers: [(String, Int)] = [
        ("shelf", overview.balances[.shelf(library)] ?? 0),
        ("loan", overview.balances[.patron(library)] ?? 0),
        ("missing", overview.balances[.missing(library)] ?? 0),
        ("withdrawn", overview.balances[.withdrawn(library)] ?? 0),
        ("loans", overview.loans[library] ?? 0), ("readings", overview.readings[library] ?? 0),
      ]
      var row = Dictionary(uniqueKeysWithValues: numbers.map { ($0, "\($1)") })
      row["name"] = names[library] ?? library.text
      row["code"] = library.text
      return row
    }
  }
}
