import Foundation
import Journal
import Labels
import Ledger
import TestSupport

/// Journals and databases for a benchmark, beside the build so that they lie on a real disk.
///
/// The temporary folder may be memory, where a commit costs nothing and a ratio means nothing.
final class BenchmarkFolder: Sendable {
  let path: String

  init() throws {
    let base = FileManager.default.currentDirectoryPath + "/.build/benchmarks"
    path = base + "/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// A station of a library with so many items, such as `TT1.TN.000001` and on.
  func station(
    named name: String, of library: String = "TT1", itemCount: Int
  ) async throws -> Journal {
    let library = try LibraryCode(library)
    let journal = try Journal.create(
      in: DataFolder(path: path + "/" + name), station: StationID(library: library),
      libraryName: "Trường Tiểu học \(library)")
    try await journal.recordAll(try History.registrations(itemCount: itemCount, at: library))
    try await journal.register(try History.patrons(at: library))
    return journal
  }
}
