import Synchronization

/// How every device is, and which profiles can't be used, for the page.
package final class DeviceBoard: Sendable {
  /// Says that something has changed since it was last looked at; for one listener.
  package let changes: AsyncStream<Void>
  private let change: AsyncStream<Void>.Continuation
  private let statuses = Mutex<[DeviceStatus]>([])
  private let problems = Mutex<[ProfileError]>([])

  package init() {
    (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// All devices in the order in which they were first seen.
  package var all: [DeviceStatus] { statuses.withLock(\.self) }

  /// What is wrong with profiles, as they were last read.
  package var profileProblems: [ProfileError] { problems.withLock(\.self) }

  /// Notes what is wrong with the profiles now; nothing where all can be used.
  package func note(_ found: [ProfileError]) {
    let isChanged = problems.withLock { problems in
      defer { problems = found }
      return problems != found
    }
    if isChanged { change.yield() }
  }

  /// Changes what is known of a device, which may be new.
  package func update(
    _ device: String, kind: DeviceKind, _ edit: (inout DeviceStatus) -> Void
  ) {
    let isChanged = statuses.withLock { statuses in
      guard let index = statuses.firstIndex(where: { $0.device == device }) else {
        var status = DeviceStatus(device: device, kind: kind, state: .present)
        edit(&status)
        statuses.append(status)
        Self.forgetOldest(in: &statuses)
        return true
      }
      let before = statuses[index]
      edit(&statuses[index])
      return statuses[index] != before
    }
    if isChanged { change.yield() }
  }

  /// Ends ``changes``.
  func finish() {
    change.finish()
  }

  private static func forgetOldest(in statuses: inout [DeviceStatus]) {
    let gone = statuses.filter { $0.state == .gone }
    guard gone.count > CaptureLimits.maximumGoneDevices, let oldest = gone.first else { return }
    statuses.removeAll { $0.device == oldest.device }
  }
}
