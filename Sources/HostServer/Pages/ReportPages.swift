import Circulation
import Hummingbird
import Labels
import Ledger
import Registry

/// Loans and on-site readings by library, class, kind and month, as tables and as plots.
struct ReportPages: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  func add(to router: Router<HostContext>) {
    router.get("/thong-ke") { request, context in try await show(request, context) }
  }

  private func show(_ request: Request, _ context: HostContext) async throws -> Response {
    let query = request.uri.queryParameters
    let count = query["dem"].flatMap { UseCount(rawValue: String($0)) } ?? .loans
    let library = query["thu-vien"].flatMap { $0.isEmpty ? nil : String($0) }
    let overview = try await registry.overview()
    let periods = ReportPeriod.all(before: overview.nowMilliseconds)
    let period = periods.first { $0.name == query["ky"].map { String($0) } } ?? periods[0]
    let visit = Visit(request, account: context.account, groupName: overview.groupName)
    let words = pages.words(in: visit.language)
    let filter = UseFilter(days: period.days, library: library)
    var reports: [[String: Any]] = []
    for grouping in [UseGrouping.library, .schoolClass, .kind, .day] {
      let rows = try await registry.uses(count, by: grouping, filter)
      reports.append(report(named(rows, grouping, overview, words), grouping, count, words))
    }
    let libraries = Set(overview.stations.map(\.enrolment.station.library.text)).sorted()
    return pages.response(
      "reports", for: visit,
      [
        "reports": reports,
        "counts": UseCount.allCases.map {
          Choice.content($0.rawValue, words.term("count-\($0.rawValue)"), chosen: $0 == count)
        },
        "libraries": libraries.map { Choice.content($0, $0, chosen: $0 == library) },
        "periods": periods.map {
          Choice.content($0.name, $0.title(words), chosen: $0.name == period.name)
        },
      ])
  }

  private func report(
    _ rows: [BarPlot.Bar], _ grouping: UseGrouping, _ count: UseCount, _ words: HostWords
  ) -> [String: Any] {
    let total = rows.map(\.count).reduce(0, +)
    var shown = Array(rows.prefix(HostLimits.rowsPerReport))
    let rest = total - shown.map(\.count).reduce(0, +)
    if rest > 0 { shown.append(BarPlot.Bar(name: words.term("rest"), count: rest)) }
    return [
      "id": "report-\(grouping.rawValue)", "title": words.term("by-\(grouping.rawValue)"),
      "heading": words.term("of-\(grouping.rawValue)"),
      "counted": words.term("count-\(count.rawValue)"), "hasRows": !shown.isEmpty,
      "rows": shown.map { ["name": $0.name, "count": "\($0.count)"] }, "total": "\(total)",
      "plot": BarPlot(bars: shown).svg,
    ]
  }

  /// Rows under names that a person reads, in the order in which one looks for them.
  private func named(
    _ rows: [UseRow], _ grouping: UseGrouping, _ overview: GroupOverview, _ words: HostWords
  ) -> [BarPlot.Bar] {
    switch grouping {
    case .library:
      let known = overview.stations.map {
        ($0.enrolment.station.library.text, $0.enrolment.libraryName)
      }
      let names = Dictionary(known) { first, _ in first }
      return rows.map { BarPlot.Bar(name: names[$0.key] ?? $0.key, count: $0.count) }
    case .schoolClass:
      return rows.map { BarPlot.Bar(name: words.schoolClass($0.key), count: $0.count) }
    case .kind:
      return rows.map { BarPlot.Bar(name: words.material($0.key), count: $0.count) }
        .sorted { $0.count > $1.count }
    case .day:
      return ReportPeriod.byMonth(rows).map { BarPlot.Bar(name: $0.month, count: $0.count) }
    }
  }
}

/// A span of days that reports are asked for.
struct ReportPeriod: Hashable, Sendable {
  /// Its name in addresses: `2026-2027`, or `30-ngay`.
  let name: String
  let days: ClosedRange<SchoolDay>

  /// The month in which a school year begins, as the plan of the first group has it.
  private static let firstMonth = 9
  private static let schoolYears = 3
  private static let recentDays = 30

  /// This school year, the ones before, and the last days.
  static func all(before now: Int64) -> [ReportPeriod] {
    let today = SchoolDay(unixMilliseconds: now)
    let (year, month, _) = today.components
    let current = month >= firstMonth ? year : year - 1
    let years = (0..<schoolYears).compactMap { schoolYear(from: current - $0) }
    let recent = ReportPeriod(
      name: "\(recentDays)-ngay", days: today.adding(days: 1 - recentDays)...today)
    return years + [recent]
  }

  private static func schoolYear(from year: Int) -> ReportPeriod? {
    guard let first = try? SchoolDay(year: year, month: firstMonth, day: 1),
      let end = try? SchoolDay(year: year + 1, month: firstMonth, day: 1)
    else { return nil }
    return ReportPeriod(name: "\(year)-\(year + 1)", days: first...end.adding(days: -1))
  }

  func title(_ words: HostWords) -> String {
    name.hasSuffix("ngay") ? words.term("recent-days") : "\(words.term("school-year")) \(name)"
  }

  /// Rows of days, summed by month in the order of time: `09/2026`.
  static func byMonth(_ rows: [UseRow]) -> [(month: String, count: Int)] {
    var sums: [(month: String, count: Int)] = []
    let days = rows.compactMap { row in Int(row.key).map { ($0, row.count) } }.sorted {
      $0.0 < $1.0
    }
    for (number, count) in days {
      let (year, month, _) = SchoolDay(number: number).components
      let name = "\(month < 10 ? "0" : "")\(month)/\(year)"
      if sums.last?.month == name {
        sums[sums.count - 1].count += count
      } else {
        sums.append((name, count))
      }
    }
    return sums
  }
}
