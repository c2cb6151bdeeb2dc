import Foundation
import TestSupport

/// An ext4 file system of a few megabytes in a file, mounted for one test.
struct SmallDisk: Sendable {
  let mountPoint: URL

  private static let byteCount: Int64 = 8 * 1_048_576
  private static let blockLength = 4_096

  struct Failure: Error {
    let command: String
    let output: String
  }

  /// Whether this machine lets the tests mount a file: they must run as root, with loop devices.
  static func isAvailable() async -> Bool {
    guard geteuid() == 0 else { return false }
    return (try? await lend { _ in true }) ?? false
  }

  /// Lends an empty disk, and takes it down whatever becomes of the work.
  static func lend<Result>(_ work: (SmallDisk) async throws -> Result) async throws -> Result {
    let folder = try TemporaryFolder()
    let image = try folder.write([], to: "image")
    let mountPoint = folder.url.appending(path: "disk", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: mountPoint, withIntermediateDirectories: true)
    guard truncate(image.path, Int(byteCount)) == 0 else { throw CocoaError(.fileWriteUnknown) }
    try await run("mkfs.ext4", "-q", "-b", "\(blockLength)", "-m", "0", image.path)
    try await run("mount", "-o", "loop", image.path, mountPoint.path)
    let outcome: Swift.Result<Result, any Error>
    do {
      outcome = .success(try await work(SmallDisk(mountPoint: mountPoint)))
    } catch {
      outcome = .failure(error)
    }
    // Lazily, so that what a failed test left open can't keep the disk.
    try await run("umount", "--lazy", mountPoint.path)
    return try outcome.get()
  }

  /// Fills the disk but for some bytes.
  func fill(leaving byteCount: Int = 0) throws {
    let file = open(filler.path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer { close(file) }
    let block = [UInt8](repeating: 0, count: Self.blockLength)
    var length = 0
    while write(file, block, block.count) == block.count { length += block.count }
    ftruncate(file, max(length - byteCount, 0))
    fsync(file)
  }

  /// Frees what `fill` took.
  func free() throws {
    try FileManager.default.removeItem(at: filler)
  }

  func remountReadOnly() async throws {
    try await Self.run("mount", "-o", "remount,ro", mountPoint.path)
  }

  private var filler: URL { mountPoint.appending(path: "filler") }

  private static func run(_ words: String...) async throws {
    let output = try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"), ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"] + words)
    guard output.status == 0 else {
      throw Failure(command: words.joined(separator: " "), output: output.stderr)
    }
  }
}
