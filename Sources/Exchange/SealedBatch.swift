package import Ledger

/// How a batch's events are packed.
///
/// A number, once used, keeps its meaning for ever.
enum PayloadEncoding: Int {
  /// The events' byte strings one after the other, as they are.
  case identity = 0
}

/// A batch as it came over the wire: taken apart, and not believed until its signature is checked.
///
/// The body is an array of eight: station, epoch, sequence number and hash before the first event,
/// hash after the last, number of events, encoding of the payload, payload.
package struct SealedBatch: Sendable {
  /// Who the batch says that it is from; only `open(with:)` proves it.
  package let station: StationID
  /// The position at which the batch says that it begins.
  package let start: Position
  private let endHash: ChainHash
  private let count: Int
  private let encoding: Int
  private let payload: ArraySlice<UInt8>
  private let envelope: Envelope

  private static let sequences = 0...Int(Int64.max) - ExchangeLimits.eventsPerBatch

  /// Takes the bytes apart, refusing every form but the one that `Batch.sealed(with:)` writes.
  package init(_ bytes: [UInt8]) throws(ExchangeError) {
    envelope = try Envelope(bytes, for: .batch, limitBytes: ExchangeLimits.batchBytes)
    do throws(CBORError) {
      var reader = CBORReader(envelope.body)
      try reader.beginArray(exactly: 8)
      station = try reader.readStation()
      let epoch = try reader.readEpoch()
      let sequence = Int64(try reader.readInt(in: Self.sequences, field: "sequence"))
      start = Position(epoch: epoch, sequence: sequence, hash: try reader.readHash())
      endHash = try reader.readHash()
      count = try reader.readInt(in: 0...Int(Int32.max), field: "count")
      encoding = try reader.readInt(in: 0...Int(Int32.max), field: "encoding")
      payload = try reader.readBytes(limit: ExchangeLimits.batchBytes)
      try reader.expectEnd()
    } catch {
      throw .badEncoding(error)
    }
  }

  /// Checks the signature, then that the events chain from the hash before them to the one after.
  package func open(with key: VerifyingKey) throws(ExchangeError) -> Batch {
    try envelope.verify(with: key)
    guard PayloadEncoding(rawValue: encoding) == .identity else {
      throw .unknownPayloadEncoding(encoding)
    }
    guard count <= ExchangeLimits.eventsPerBatch else {
      throw .tooManyEvents(limit: ExchangeLimits.eventsPerBatch)
    }
    let batch = try Batch(station: station, start: start, events: try events())
    guard batch.end.hash == endHash else { throw .brokenChain(after: start.sequence) }
    return batch
  }

  private func events() throws(ExchangeError) -> [ArraySlice<UInt8>] {
    do throws(CBORError) {
      var reader = CBORReader(payload)
      var events: [ArraySlice<UInt8>] = []
      events.reserveCapacity(count)
      for _ in 0..<count { events.append(try reader.readBytes(limit: Event.longestEncoding)) }
      try reader.expectEnd()
      return events
    } catch {
      throw .badEncoding(error)
    }
  }
}

extension Batch {
  /// Bytes that a batch needs beside its events: names, hashes and the signature.
  package static let overheadBytes = 512
  /// Bytes that each event needs beside its own.
  package static let overheadBytesPerEvent = 3

  /// The bytes to send, signed with the station's key.
  package func sealed(with key: SigningKey) throws(ExchangeError) -> [UInt8] {
    let eventBytes = events.reduce(0) { $0 + $1.count + Self.overheadBytesPerEvent }
    var payload = CBORWriter(reservingCapacity: eventBytes)
    for event in events { payload.write(bytes: event) }
    var body = CBORWriter(reservingCapacity: eventBytes + Self.overheadBytes)
    body.beginArray(count: 8)
    body.write(station.text)
    body.write(epoch.number)
    body.write(start.sequence)
    body.write(bytes: start.hash.bytes)
    body.write(bytes: end.hash.bytes)
    body.write(events.count)
    body.write(PayloadEncoding.identity.rawValue)
    body.write(bytes: payload.bytes)
    let bytes = try Envelope.seal(body.bytes, for: .batch, with: key)
    guard bytes.count <= ExchangeLimits.batchBytes else {
      throw .tooLarge(limitBytes: ExchangeLimits.batchBytes)
    }
    return bytes
  }
}

extension CBORReader {
  mutating func readStation() throws(CBORError) -> StationID {
    let text = try readText(limit: ExchangeLimits.nameBytes)
    guard let station = StationID(text), station.text == text else {
      throw .badValue(field: "station")
    }
    return station
  }

  mutating func readEpoch() throws(CBORError) -> Epoch {
    let number = try readInt(in: Epoch.numbers, field: "epoch")
    guard let epoch = Epoch(number) else { throw .badValue(field: "epoch") }
    return epoch
  }

  mutating func readHash() throws(CBORError) -> ChainHash {
    guard let hash = ChainHash(bytes: try readBytes(exactly: ChainHash.byteCount)) else {
      throw .badValue(field: "hash")
    }
    return hash
  }
}
