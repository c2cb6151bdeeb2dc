import CLinuxDevices
import Glibc

/// Tells that nodes came or went, so that a device works as soon as it is plugged in.
final class DeviceWatch: Sendable {
  private let descriptor: Int32

  /// udev sets who may open a node after it was made, hence IN_ATTRIB.
  private static let events = UInt32(IN_CREATE | IN_DELETE | IN_ATTRIB | IN_MOVED_TO)
  /// Nodes come one after the other; after the first, the others are given so long.
  private static let settlingMilliseconds: Int64 = 150

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
    _ = stop.wait(milliseconds: Self.settlingMilliseconds)
    // Which nodes they were is not asked: the tree is read anew.
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while Glibc.read(descriptor, &buffer, buffer.count) > 0 {}
  }
}
