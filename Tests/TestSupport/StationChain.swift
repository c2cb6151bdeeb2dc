package import Exchange
import Labels
package import Ledger
package import Registry

/// A station's chain of events made in memory, and the key that signs its batches.
package struct StationChain: Sendable {
  package let station: StationID
  package let epoch: Epoch
  package let key: SigningKey
  /// Each event's bytes.
  package private(set) var events: [[UInt8]] = []
  /// The position after each event; that before the first one comes first.
  package private(set) var positions: [Position]

  package init(
    of library: String, number: Int = 1, epoch: Epoch = .first, key: SigningKey = SigningKey()
  ) throws {
    station = StationID(library: try LibraryCode(library), number: number)
    self.epoch = epoch
    self.key = key
    positions = [.start(of: station, epoch: epoch)]
  }

  package var enrolment: Enrolment {
    Enrolment(
      station: station, epoch: epoch, libraryName: "Trường Tiểu học \(station.library)",
      key: key.verifyingKey)
  }

  /// Records facts a millisecond after each other, or all at the time that a wrong clock tells.
  package mutating func record(_ facts: [Fact], atWall wall: Int64? = nil) {
    for fact in facts {
      let sequence = Int64(events.count) + 1
      let event = Event(
        station: station, epoch: epoch, sequence: sequence,
        moment: Moment(
          wallMilliseconds: wall ?? 1_789_347_600_000 + sequence, monotonicMilliseconds: sequence,
          boot: 0xB007),
        operation: OperationID(high: UInt64(epoch.number), low: UInt64(sequence)), device: "test",
        fact: fact)
      append(event.encoded)
    }
  }

  /// Records the same acts once more, as a machine does that goes on under another key.
  package mutating func carry(_ others: some Sequence<[UInt8]>) throws {
    for bytes in others {
      let event = try Event(encoded: bytes)
      append(
        Event(
          station: station, epoch: epoch, sequence: Int64(events.count) + 1, moment: event.moment,
          operation: event.operation, device: event.device, fact: event.fact
        ).encoded)
    }
  }

  /// Chains bytes, whatever they are.
  package mutating func append(_ bytes: [UInt8]) {
    let last = positions[events.count]
    events.append(bytes)
    positions.append(
      Position(epoch: epoch, sequence: last.sequence + 1, hash: last.hash.link(bytes)))
  }

  /// The batch of the events at these offsets, or of all.
  package func batch(_ offsets: Range<Int>? = nil) throws(ExchangeError) -> Batch {
    let offsets = offsets ?? 0..<events.count
    return try Batch(
      station: station, start: positions[offsets.lowerBound],
      events: events[offsets].map { $0[...] })
  }

  /// That batch as it is sent.
  package func sealed(_ offsets: Range<Int>? = nil) throws(ExchangeError) -> [UInt8] {
    try batch(offsets).sealed(with: key)
  }
}
