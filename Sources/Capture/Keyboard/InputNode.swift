import CLinuxDevices
import Glibc

/// An open evdev node.
package struct InputNode: Sendable {
  private let node: OpenNode

  /// How many events are read at once.
  private static let eventsPerRead = 64
  /// How long keys may be down before a grab, in steps of ``releaseStepMilliseconds``.
  private static let releaseSteps = 50
  private static let releaseStepMilliseconds: Int64 = 20

  package init(_ path: String) throws(DeviceError) {
    do {
      node = try OpenNode(path, O_RDWR)
    } catch DeviceError.denied {
      // Writing only serves the CapsLock light.
      node = try OpenNode(path, O_RDONLY)
    }
    try node.check("EVIOCSCLOCKID", lt_input_use_monotonic_clock(node.descriptor))
  }

  var descriptor: Int32 { node.descriptor }

  /// Takes the node's events for the station alone.
  ///
  /// It waits a second for keys to be let go: whoever saw a key go down must see it come up.
  func grab(stop: StopSignal) throws(DeviceError) {
    for _ in 0..<Self.releaseSteps where hasKeysDown() && !stop.isFired {
      _ = stop.wait(milliseconds: Self.releaseStepMilliseconds)
    }
    try node.check("EVIOCGRAB", lt_input_grab(node.descriptor, 1))
  }

  /// Puts CapsLock out, so that scanner and station agree on the case of letters.
  ///
  /// - Returns: whether it is still on, because the node can't be written to.
  func switchCapsLockOff() -> Bool {
    var lights: UInt8 = 0
    guard lt_input_leds(node.descriptor, &lights, 1) > 0, lights >> UInt8(LED_CAPSL) & 1 == 1
    else { return false }
    var light = input_event()
    light.type = UInt16(EV_LED)
    light.code = UInt16(LED_CAPSL)
    // The kernel tells nobody of it before the report that ends it, which an empty event is.
    var report = [light, input_event()]
    return write(node.descriptor, &report, MemoryLayout<input_event>.stride * report.count) == -1
  }

  /// What the node has sent since it was last asked.
  package func events() throws(DeviceError) -> [KeyEvent] {
    let size = MemoryLayout<input_event>.stride
    let bytes = try node.read(upTo: size * Self.eventsPerRead)
    return bytes.withUnsafeBytes { bytes in
      stride(from: 0, through: bytes.count - size, by: size).map { offset in
        KeyEvent(bytes.loadUnaligned(fromByteOffset: offset, as: input_event.self))
      }
    }
  }

  private func hasKeysDown() -> Bool {
    var keys = [UInt8](repeating: 0, count: Int(KEY_CNT) / 8)
    return lt_input_keys(node.descriptor, &keys, keys.count) > 0 && keys.contains { $0 != 0 }
  }
}

extension KeyEvent {
  fileprivate init(_ event: input_event) {
    self.init(
      type: event.type, code: event.code, value: event.value,
      milliseconds: Int64(event.time.tv_sec) * 1_000 + Int64(event.time.tv_usec) / 1_000)
  }
}
