/// What a device's thread tells of it.
package enum SourceNews: Hashable, Sendable {
  /// The device is open and being read.
  case ready
  /// A code; from a camera, with when it came into view, on the clock of ``MonotonicTime``.
  case code(String, cameIntoViewMilliseconds: Int64? = nil)
  /// A code of a source that keeps it, and waits, until the receipt says that somebody has it.
  case keptCode(String, ScanReceipt)
  /// Something that came could not be used; the device is read on.
  case trouble(DeviceError)
}

extension SourceNews {
  /// The news of a code that was put together, or of what was wrong with it.
  init(_ assembled: Result<String, CodeTrouble>) {
    switch assembled {
    case .success(let text): self = .code(text)
    case .failure(let trouble): self = .trouble(.badCode(trouble))
    }
  }
}

/// Reads one device, on a thread of its own.
package protocol DeviceSource: Sendable {
  /// Opens the device and tells what it reads until the signal to stop is given.
  ///
  /// - Throws: why the device can't be opened, or read any longer.
  func read(
    until stop: StopSignal, telling tell: @escaping (SourceNews) -> Void
  ) throws(DeviceError)
}
