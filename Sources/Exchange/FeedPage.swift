package import Ledger

/// A run of the feed, from the host to one station.
///
/// What is asked for over a network is known by the number that the station drew for it. What comes
/// on a stick is known by its version, which only grows, and by its last day.
package struct FeedPage: Hashable, Sendable {
  package let station: StationID
  /// The number that was drawn for the request.
  package let nonce: Int64
  /// The host's wall clock, in milliseconds since 1970.
  package let issuedMilliseconds: Int64
  /// When the page may no longer be taken in, in milliseconds since 1970.
  package let expiresMilliseconds: Int64
  /// The key to which the station encrypts what it sends to the host on a stick.
  package let stickKey: StickKey
  package let run: FeedRun

  package init(
    answering request: FeedRequest, with run: FeedRun, stickKey: StickKey,
    atMilliseconds now: Int64
  ) {
    station = request.station
    nonce = request.nonce
    issuedMilliseconds = now
    expiresMilliseconds = now + ExchangeLimits.feedDays * 86_400_000
    self.stickKey = stickKey
    self.run = run
  }

  private static let fieldCount = 11 + PackedEvents.fieldCount

  /// The bytes to send, signed with the host's key.
  package func sealed(with key: SigningKey) throws(ExchangeError) -> [UInt8] {
    let packed = try PackedEvents(run.entries.map { $0.encoded[...] }, within: .feed)
    var body = CBORWriter(reservingCapacity: packed.encodedByteCount + Batch.overheadBytes)
    body.beginArray(count: Self.fieldCount)
    body.write(station.text)
    body.write(nonce)
    body.write(issuedMilliseconds)
    body.write(expiresMilliseconds)
    body.write(bytes: stickKey.bytes)
    body.write(run.start)
    body.write(run.checkpoint.lineage)
    body.write(run.checkpoint.version)
    body.write(run.checkpoint.sequence)
    body.write(run.beginsSnapshot)
    body.write(run.isLast)
    packed.write(to: &body)
    return try Envelope.seal(body.bytes, for: .feed, with: key)
  }

  /// Checks the host's signature, then reads the page and every entry that this version knows.
  package static func open(
    _ bytes: [UInt8], with key: VerifyingKey
  ) throws(ExchangeError) -> FeedPage {
    let envelope = try Envelope(bytes, for: .feed, limitBytes: ExchangeLimits.feedBytes)
    try envelope.verify(with: key)
    return try FeedPage(body: envelope.body)
  }

  /// Refuses a page that is for another station, or that answers another request.
  package func refuseWhenNot(answering request: FeedRequest) throws(ExchangeError) {
    try refuseWhenNot(for: request.station)
    guard nonce == request.nonce else { throw .pageOfAnother }
  }

  package func refuseWhenNot(for station: StationID) throws(ExchangeError) {
    guard self.station == station else { throw .pageOfAnother }
  }

  /// Refuses a page whose last day is over by a clock.
  package func refuseWhenExpired(atMilliseconds now: Int64) throws(ExchangeError) {
    guard now <= expiresMilliseconds else {
      throw .expiredFeed(atMilliseconds: expiresMilliseconds)
    }
  }

  private init(body: ArraySlice<UInt8>) throws(ExchangeError) {
    let (start, checkpoint, beginsSnapshot, isLast): (Int64, FeedCheckpoint, Bool, Bool)
    let packed: PackedEvents
    let stickKeyBytes: ArraySlice<UInt8>
    do throws(CBORError) {
      var reader = CBORReader(body)
      try reader.beginArray(exactly: Self.fieldCount)
      station = try reader.readStation()
      nonce = try reader.readInteger()
      issuedMilliseconds = try reader.readInteger()
      expiresMilliseconds = try reader.readInteger()
      stickKeyBytes = try reader.readBytes(exactly: StickKey.byteCount)
      start = Int64(try reader.readInt(in: 0...Int.max, field: "start"))
      checkpoint = try reader.readCheckpoint()
      beginsSnapshot = try reader.readBool()
      isLast = try reader.readBool()
      packed = try PackedEvents(from: &reader)
      try reader.expectEnd()
    } catch {
      throw .badEncoding(error)
    }
    stickKey = try StickKey(bytes: stickKeyBytes)
    let unpacked = try packed.unpacked(within: .feed)
    do throws(CBORError) {
      var entries: [FeedEntry] = []
      entries.reserveCapacity(unpacked.count)
      for bytes in unpacked { entries.append(try FeedEntry(encoded: bytes)) }
      run = FeedRun(
        start: start, checkpoint: checkpoint, beginsSnapshot: beginsSnapshot, isLast: isLast,
        entries: entries)
    } catch {
      throw .badEncoding(error)
    }
  }
}
