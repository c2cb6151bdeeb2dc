import CLinuxDevices
import Glibc

/// Tells that nodes came or went, so that a device works as soon as it is plugged in.
final class DeviceWatch: Sendable {
  private let descriptor: Int32

  /// udev sets who may open a node after it was made, hence IN_ATTRIB.
  private static let events = UInt32(IN_CREATE | IN_DELETE | IN_ATTRIB | IN_MOVED_TO)
  /// Nodes come one after the other; all have come once nothing has changed for so long.
  private static let settlingMilliseconds: Int64 = 150
  /// A node that comes and goes for ever must not keep the others waiting.
  private static let longestSettling = 10

  init(folders: [String]) {
    // Without a descriptor, devices are found at the next rescan.
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    for folder in folders { inotify_add_watch(descriptor, folder, Self.events) }
  }

  deinit {
    if descriptor != -1 { close(descriptor) }
  }

  /// Returns when something has changed, at the latest when a rescan is due.
  func wait(_ stop: StopSignal) {
    let watched = descriptor == -1 ? [] : [descriptor]
    let ready = stop.wait(for: watched, milliseconds: Int64(CaptureLimits.rescanMilliseconds))
    guard !ready.isEmpty else { return }
    for _ in 0..<Self.longestSettling {
      _ = stop.wait(milliseconds: Self.settlingMilliseconds)
      if stop.isFired || !forgetChanges() { return }
    }
  }

  /// Whether something has changed since the last time; which nodes it was is not asked, as the
  /// tree is read anew.
  private func forgetChanges() -> Bool {
    var hasChanged = false
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while Glibc.read(descriptor, &buffer, buffer.count) > 0 { hasChanged = true }
    return hasChanged
  }
}
