import Circulation

/// Moments as RFC 3339 writes them, with the school's offset: `2026-11-24T14:05:09.120+07:00`.
package enum RFC3339 {
  package static func text(unixMilliseconds: Int64, offsetMinutes: Int) -> String {
    let day = SchoolDay(unixMilliseconds: unixMilliseconds, offsetMinutes: offsetMinutes)
    let local = unixMilliseconds + Int64(offsetMinutes) * 60_000
    let time = Int(local - Int64(day.number) * 86_400_000)
    let clock = [time / 3_600_000, time / 60_000 % 60, time / 1_000 % 60]
      .map { padded($0, to: 2) }.joined(separator: ":")
    return "\(day)T\(clock).\(padded(time % 1_000, to: 3))\(offset(offsetMinutes))"
  }

  private static func offset(_ minutes: Int) -> String {
    let (hours, rest) = abs(minutes).quotientAndRemainder(dividingBy: 60)
    return "\(minutes < 0 ? "-" : "+")\(padded(hours, to: 2)):\(padded(rest, to: 2))"
  }

  private static func padded(_ number: Int, to length: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, length - digits.count)) + digits
  }
}
