package import Foundation

/// A folder for the files of one test, removed with all it holds when nobody uses it any more.
package final class TemporaryFolder: Sendable {
  package let url: URL

  /// Where files cost no disk, for a test of what is stored and not of how.
  package static let memory = URL(filePath: "/dev/shm", directoryHint: .isDirectory)

  package init(in parent: URL = FileManager.default.temporaryDirectory) throws {
    url =
      parent
      .appending(path: "lienthong-test-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Where a file of that name is, or would be.
  package func file(_ name: String) -> URL {
    url.appending(path: name, directoryHint: .notDirectory)
  }

  /// Writes a file and returns where it is.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws -> URL {
    let url = file(name)
    try Data(bytes).write(to: url)
    return url
  }
}
