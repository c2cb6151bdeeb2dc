import Glibc
package import Ledger

extension StationClock {
  /// The machine's own clocks.
  package static func live() -> StationClock {
    let boot = currentBoot()
    return StationClock {
      Moment(
        wallMilliseconds: milliseconds(CLOCK_REALTIME),
        monotonicMilliseconds: milliseconds(CLOCK_BOOTTIME), boot: boot)
    }
  }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// The first four bytes of the kernel's boot identifier; zero where the kernel has none.
  private static func currentBoot() -> UInt32 {
    guard let file = fopen("/proc/sys/kernel/random/boot_id", "r") else { return 0 }
    defer { fclose(file) }
    var digits = [UInt8](repeating: 0, count: 8)
    guard fread(&digits, 1, digits.count, file) == digits.count else { return 0 }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0
  }
}
