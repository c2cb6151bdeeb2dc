import Glibc
import Storage

/// A secret of 32 bytes in a file that only its owner may read.
package struct KeyFile: Sendable {
  package static let byteCount = 32

  package let bytes: [UInt8]

  /// Reads the key, or makes one where the file is not there and `creating` is set.
  ///
  /// A new key is written beside its place and renamed, so that a power cut leaves a whole key or
  /// none.
  package init(path: String, creating: Bool) throws(JournalError) {
    if let bytes = try Self.read(path) {
      self.bytes = bytes
      return
    }
    guard creating else { throw .badKeyFile(path) }
    var generator = SystemRandomNumberGenerator()
    bytes = (0..<Self.byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
    try Self.write(bytes, to: path)
  }

  /// Keeps the same key under another name too, in place of what is there.
  package func copy(to path: String) throws(JournalError) {
    try Self.write(bytes, to: path)
  }

  private static func read(_ path: String) throws(JournalError) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw .badKeyFile(path)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & 0o077 == 0,
      status.st_size == byteCount
    else { throw .badKeyFile(path) }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    guard Glibc.read(file, &bytes, byteCount) == byteCount else { throw .badKeyFile(path) }
    return bytes
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(JournalError) {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    let draft = path + ".new"
    let file = open(draft, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw errno == ENOSPC ? .diskFull : .notWritable(folder: folder) }
    let written = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
    close(file)
    guard written, FinishedFile.move(draft, to: path) else {
      let isFull = errno == ENOSPC || errno == EDQUOT
      unlink(draft)
      throw isFull ? .diskFull : .notWritable(folder: folder)
    }
  }
}
