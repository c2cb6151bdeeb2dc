import Synchronization

/// How every device is, for the page; it tells when something changes.
package final class DeviceBoard: Sendable {
  private let statuses = Mutex<[DeviceStatus]>([])
  private let changed: @Sendable () -> Void

  package init(changed: @escaping @Sendable () -> Void) {
    self.changed = changed
  }

  /// All devices in the order in which they were first seen.
  package var all: [DeviceStatus] { statuses.withLock(\.self) }

  /// Changes what is known of a device, which may be new.
  func update(_ device: String, kind: DeviceKind, _ change: (inout DeviceStatus) -> Void) {
    let isChanged = statuses.withLock { statuses in
      guard let index = statuses.firstIndex(where: { $0.device == device }) else {
        var status = DeviceStatus(device: device, kind: kind, state: .present)
        change(&status)
        statuses.append(status)
        Self.forgetOldest(in: &statuses)
        return true
      }
      let before = statuses[index]
      change(&statuses[index])
      return statuses[index] != before
    }
    if isChanged { changed() }
  }

  private static func forgetOldest(in statuses: inout [DeviceStatus]) {
    let gone = statuses.filter { $0.state == .gone }
    guard gone.count > CaptureLimits.maximumGoneDevices, let oldest = gone.first else { return }
    statuses.removeAll { $0.device == oldest.device }
  }
}
