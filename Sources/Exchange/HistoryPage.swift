package import Ledger

/// Why an epoch of a station's life is over, at the host.
///
/// A number, once used, keeps its meaning for ever.
package enum EpochEnd: Int, Hashable, Sendable {
  /// The station went on under a new key, which its last event names.
  case succeeded = 1
  /// A machine that was enrolled with a new code took the station's place.
  case replaced = 2
  /// The host's coordinator no longer trusts the key.
  case revoked = 3
}

/// A page of a station's own events as the host has them, for a station that has lost some.
package struct HistoryPage: Hashable, Sendable {
  package let station: StationID
  /// The position after which the events come: the one asked for, or the host's last where that is
  /// earlier.
  package let start: Position
  package let events: [ArraySlice<UInt8>]
  /// The last position of the epoch that the host has.
  package let cursor: Position
  /// Why the epoch is over, or `nil` while it goes on.
  package let end: EpochEnd?

  /// Bytes of events that a page holds, save that there is one event at least.
  package static let eventBytes = 1_024 * 1_024
  package static let eventLimit = 5_000

  package init(
    station: StationID, start: Position, events: [ArraySlice<UInt8>], cursor: Position,
    end: EpochEnd?
  ) {
    self.station = station
    self.start = start
    self.events = events
    self.cursor = cursor
    self.end = end
  }

  /// The position of the page's last event.
  package var last: Position {
    events.reduce(start) {
      Position(epoch: $0.epoch, sequence: $0.sequence + 1, hash: $0.hash.link($1))
    }
  }

  /// The bytes to send, signed with the host's key.
  package func sealed(with key: SigningKey) throws(ExchangeError) -> [UInt8] {
    let packed = try PackedEvents(events)
    var body = CBORWriter(reservingCapacity: packed.encodedByteCount + Batch.overheadBytes)
    body.beginArray(count: Self.fieldCount)
    body.write(station.text)
    body.write(start.epoch.number)
    body.write(start.sequence)
    body.write(bytes: start.hash.bytes)
    body.write(cursor.sequence)
    body.write(bytes: cursor.hash.bytes)
    body.write(end?.rawValue)
    packed.write(to: &body)
    return try Envelope.seal(body.bytes, for: .history, with: key)
  }

  /// Checks the host's signature, reads the page, and refuses one that does not answer the request
  /// or whose events do not lead to where the host says that it stands.
  package static func open(
    _ bytes: [UInt8], with key: VerifyingKey, answering request: HistoryRequest
  ) throws(ExchangeError) -> HistoryPage {
    let envelope = try Envelope(bytes, for: .history, limitBytes: ExchangeLimits.batchBytes)
    try envelope.verify(with: key)
    let page = try HistoryPage(body: envelope.body)
    guard page.station == request.station, page.start.epoch == request.asked,
      page.start.sequence == min(request.after, page.cursor.sequence)
    else { throw .pageOfAnother }
    let last = page.last
    guard last.sequence < page.cursor.sequence || last == page.cursor else {
      throw .brokenChain(after: page.start.sequence)
    }
    return page
  }

  private static let fieldCount = 7 + PackedEvents.fieldCount

  private init(body: ArraySlice<UInt8>) throws(ExchangeError) {
    let packed: PackedEvents
    do throws(CBORError) {
      var reader = CBORReader(body)
      try reader.beginArray(exactly: Self.fieldCount)
      station = try reader.readStation()
      let epoch = try reader.readEpoch()
      start = try reader.readPosition(of: epoch)
      cursor = try reader.readPosition(of: epoch)
      end = try reader.readEpochEnd()
      packed = try PackedEvents(from: &reader)
      try reader.expectEnd()
    } catch {
      throw .badEncoding(error)
    }
    events = try packed.unpacked()
  }
}

extension CBORReader {
  /// Why an epoch is over, or null.
  mutating func readEpochEnd() throws(CBORError) -> EpochEnd? {
    guard let number = try readOptionalInt(in: 0...Int(Int32.max), field: "end") else {
      return nil
    }
    guard let end = EpochEnd(rawValue: number) else { throw .badValue(field: "end") }
    return end
  }
}
