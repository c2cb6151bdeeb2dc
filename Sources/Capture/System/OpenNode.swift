import Glibc

/// An open device node, closed when it is let go.
final class OpenNode: Sendable {
  let path: String
  let descriptor: Int32

  /// Opens a node without waiting for it and without making it this process's terminal.
  init(_ path: String, _ flags: Int32) throws(DeviceError) {
    self.path = path
    descriptor = open(path, flags | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    if descriptor == -1 { throw DeviceError("open", on: path, code: errno) }
  }

  deinit {
    close(descriptor)
  }

  /// Checks the result of a call on the node.
  func check(_ call: String, _ result: Int32) throws(DeviceError) {
    if result == -1 { throw DeviceError(call, on: path, code: errno) }
  }

  /// Reads what is there; empty where nothing is.
  ///
  /// - Throws: `DeviceError.gone` at the end of the file, which a device has only when unplugged.
  func read(upTo count: Int) throws(DeviceError) -> [UInt8] {
    var length = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      repeat {
        length = Glibc.read(descriptor, buffer.baseAddress, count)
      } while length == -1
        && errno == EINTR
      used = max(length, 0)
    }
    if length == 0 { throw .gone }
    if length == -1, errno != EAGAIN { throw DeviceError("read", on: path, code: errno) }
    return bytes
  }
}
