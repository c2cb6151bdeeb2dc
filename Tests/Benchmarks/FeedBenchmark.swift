import Circulation
import Exchange
import Foundation
import Glibc
import Journal
import Labels
import Ledger
import Registry
import StationServer
import TestSupport

/// The feed of 100,000 items to a new station: the built host and the built `lienthong sync` on
/// loopback, durable at both ends.
enum FeedBenchmark {
  private static let itemCount = 100_000
  /// Copies of one title, as a primary school has them.
  private static let copiesPerTitle = 3

  static func run() async throws -> [Figure] {
    let folder = try BenchmarkFolder()
    let host = try BenchmarkHost(in: folder)
    try await fill(host)
    let journal = try await folder.station(named: "station", itemCount: 1)
    try await host.enrol(journal)
    let serving = try await host.serve()
    try await host.settings(at: serving).save(to: journal)
    try journal.close()
    let first = try await BenchmarkHost.seconds(toSync: journal.folder)
    let again = try await BenchmarkHost.seconds(toSync: journal.folder)
    let stationMegabytes = childMegabytes()
    let hostMegabytes = try serving.residentMegabytes()
    _ = await serving.stop()
    return [
      Figure(
        what: "feed of \(itemCount) items to a new station, two processes on loopback", goal: 5,
        measured: first, unit: "s",
        note: "\(itemCount / copiesPerTitle) titles with them; a sync with nothing new takes "
          + "\((again * 1_000).rounded()) ms"),
      Figure(
        what: "the same: memory of the larger process", goal: 100,
        measured: max(stationMegabytes, hostMegabytes), unit: "MB",
        note: "station \(Int(stationMegabytes)) MB at its peak, host \(Int(hostMegabytes)) MB"),
    ]
  }

  /// The most memory that any program had which has been run to its end.
  private static func childMegabytes() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_CHILDREN.rawValue, &usage)
    return Double(usage.ru_maxrss) / 1_024
  }

  /// Puts the items into a host's books.
  private static func fill(_ host: BenchmarkHost) async throws {
    let store = try SQLiteRegistryStore(folder: host.folder)
    let library = try LibraryCode("TT")
    for start in stride(from: 0, to: itemCount, by: FeedLimits.entriesPerPage) {
      let contents = try (start..<start + FeedLimits.entriesPerPage).flatMap { number in
        try entries(of: number, at: library)
      }
      try await store.write { try $0.publish(contents) }
    }
    try store.close()
  }

  private static func entries(of number: Int, at library: LibraryCode) throws -> [FeedContent] {
    let title = number / copiesPerTitle
    guard let id = RecordID("TT.\(100_000 + title)") else { return [] }
    let item = FeedItem(
      item: try History.item(number + 1, of: library), record: id, place: .shelf(library))
    guard number.isMultiple(of: copiesPerTitle) else { return [.item(item)] }
    let record = BibliographicRecord(
      id: id, title: "Dế Mèn phiêu lưu ký, tập \(title)", author: "Tô Hoài \(title % 700)",
      publisher: "Kim Đồng", year: 1_990 + title % 35, kind: .children, grade: 1 + title % 5,
      isbn: "978604\(1_000_000 + title)")
    return [.record(record, of: library), .item(item)]
  }
}
