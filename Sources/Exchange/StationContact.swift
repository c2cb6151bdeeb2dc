/// What a station tells of its clocks and its journal with each batch, beside what it signs.
///
/// It goes in a header, so that a batch stays what it was: a host that does not know it, and a
/// station that sends none, work on. A clock decides nothing, so it needs no signature.
package struct StationContact: Hashable, Sendable {
  /// The station's wall clock as it sends, in milliseconds since 1970.
  package let wallMilliseconds: Int64
  /// Its monotonic clock, and which start of the machine that counts from.
  package let monotonicMilliseconds: Int64
  package let boot: UInt32
  /// The last event of its journal, sent or not.
  package let head: Int64
  /// How long the last answer took to come, in milliseconds; nothing where none was measured.
  package let roundTripMilliseconds: Int?

  /// The field of a request that carries it.
  package static let headerName = "LienThong-Contact"
  /// Bytes that the field may have.
  package static let longestText = 160

  package init(
    wallMilliseconds: Int64, monotonicMilliseconds: Int64, boot: UInt32, head: Int64,
    roundTripMilliseconds: Int?
  ) {
    self.wallMilliseconds = wallMilliseconds
    self.monotonicMilliseconds = monotonicMilliseconds
    self.boot = boot
    self.head = head
    self.roundTripMilliseconds = roundTripMilliseconds
  }
}

extension StationContact {
  /// The field's value, such as `wall=1789;monotonic=60;boot=7;head=12;round-trip=40`.
  package var text: String {
    let parts = [
      "wall=\(wallMilliseconds)", "monotonic=\(monotonicMilliseconds)", "boot=\(boot)",
      "head=\(head)",
    ]
    return (parts + (roundTripMilliseconds.map { ["round-trip=\($0)"] } ?? []))
      .joined(separator: ";")
  }

  /// Reads the field's value; `nil` where it is none, or tells times that no clock shows.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count <= Self.longestText else { return nil }
    var numbers: [Substring: Int64] = [:]
    for part in String(text).split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, let number = Int64(pair[1]) else { return nil }
      numbers[pair[0].drop { $0 == " " }] = number
    }
    let roundTrip = numbers["round-trip"]
    guard let wall = numbers["wall"], let monotonic = numbers["monotonic"],
      let boot = numbers["boot"].flatMap({ UInt32(exactly: $0) }), let head = numbers["head"],
      Self.times.contains(wall), Self.times.contains(monotonic), Self.times.contains(head),
      roundTrip.map({ Self.roundTrips.contains($0) }) ?? true
    else { return nil }
    self.init(
      wallMilliseconds: wall, monotonicMilliseconds: monotonic, boot: boot, head: head,
      roundTripMilliseconds: roundTrip.map { Int($0) })
  }

  /// Up to the year 5138: sums and differences of two of them never overflow.
  private static let times: ClosedRange<Int64> = 0...100_000_000_000_000
  private static let roundTrips: ClosedRange<Int64> = 0...3_600_000
}
