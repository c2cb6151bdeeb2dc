import Foundation
import Scanning

/// Reads a file named on the command line, whole and within ``ScanningLimits``.
enum InputFile {
  /// The bytes of a regular file, or of standard input for `-`.
  static func read(_ path: String) throws(InputFileError) -> [UInt8] {
    if path == "-" { return try readAll(from: STDIN_FILENO) }

    // Not blocking, so that a pipe without a writer can't hold up the run.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(operation: "open", code: errno) }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(operation: "stat", code: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return try readAll(from: descriptor, expecting: Int(status.st_size))
    case S_IFDIR: throw .isDirectory
    default: throw .isNoFile
    }
  }

  private static func readAll(
    from descriptor: Int32, expecting expected: Int = 0
  ) throws(InputFileError) -> [UInt8] {
    guard expected <= ScanningLimits.maximumFileBytes else { throw .tooManyBytes }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected)
    while let chunk = try readChunk(from: descriptor) {
      bytes += chunk
      guard bytes.count <= ScanningLimits.maximumFileBytes else { throw .tooManyBytes }
    }
    return bytes
  }

  /// The next bytes; `nil` at the end.
  private static func readChunk(from descriptor: Int32) throws(InputFileError) -> [UInt8]? {
    var count = -1
    var code: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: chunkLength) { buffer, initializedCount in
      repeat {
        count = Foundation.read(descriptor, buffer.baseAddress, chunkLength)
        code = errno
      } while count < 0 && code == EINTR
      initializedCount = max(count, 0)
    }
    guard count >= 0 else { throw .system(operation: "read", code: code) }
    return count == 0 ? nil : chunk
  }

  private static let chunkLength = 1_048_576
}

/// Why a file could not be read.
enum InputFileError: Error, CustomStringConvertible {
  case system(operation: String, code: Int32)
  case isDirectory
  case isNoFile
  case tooManyBytes

  var description: String {
    switch self {
    case .system(let operation, let code):
      "\(String(cString: strerror(code))) (\(operation)). Check the name and who may read it."
    case .isDirectory:
      "This is a folder. Name the pictures in it, such as FOLDER/*.jpg."
    case .isNoFile:
      "This is no regular file. Give a pipe's content on standard input, named -."
    case .tooManyBytes:
      "The file has more than \(ScanningLimits.maximumFileBytes / 1_048_576) MiB. "
        + "Save the picture as JPEG or PNG."
    }
  }
}
