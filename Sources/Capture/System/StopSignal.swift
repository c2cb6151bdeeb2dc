import CLinuxDevices
import Glibc
import Synchronization

/// Ends the wait of a device's thread, from any other thread and for good.
package final class StopSignal: Sendable {
  /// Readable once the signal was given.
  let descriptor: Int32
  private let fired = Atomic(false)

  package init() {
    // Without a descriptor the threads still see `isFired` after each wait.
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
  }

  deinit {
    if descriptor != -1 { close(descriptor) }
  }

  var isFired: Bool { fired.load(ordering: .acquiring) }

  package func fire() {
    fired.store(true, ordering: .releasing)
    eventfd_write(descriptor, 1)
  }

  /// Waits until one of the descriptors can be read, the time is over or the signal was given.
  ///
  /// - Returns: the descriptors that can be read, or whose device is gone.
  func wait(for descriptors: [Int32] = [], milliseconds: Int64) -> Set<Int32> {
    var polled = (descriptors + [descriptor]).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let timeout = Int32(clamping: max(0, milliseconds))
    // A signal that cuts the wait short is no harm: the caller looks and waits again.
    guard poll(&polled, nfds_t(polled.count), timeout) > 0 else { return [] }
    return Set(polled.dropLast().filter { $0.revents != 0 }.map(\.fd))
  }
}

/// Milliseconds of a clock that never jumps.
package enum MonotonicTime {
  /// Since an instant that holds until the machine is switched off.
  package static func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
