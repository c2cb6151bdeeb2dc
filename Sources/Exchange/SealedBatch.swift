package import Ledger

/// A batch as it came over the wire: taken apart, and not believed until its signature is checked.
///
/// The body is an array of nine: station, epoch, sequence number and hash before the first event,
/// hash after the last, and the four fields of the packed events.
package struct SealedBatch: Sendable {
  /// Who the batch says that it is from; only `open(with:)` proves it.
  package let station: StationID
  /// The position at which the batch says that it begins.
  package let start: Position
  private let endHash: ChainHash
  private let events: PackedEvents
  private let envelope: Envelope

  static let fieldCount = 5 + PackedEvents.fieldCount
  private static let sequences = 0...Int(Int64.max) - ExchangeLimits.eventsPerBatch

  /// Takes the bytes apart, refusing every form but the one that `Batch.sealed(with:)` writes.
  package init(_ bytes: [UInt8]) throws(ExchangeError) {
    envelope = try Envelope(bytes, for: .batch, limitBytes: ExchangeLimits.batchBytes)
    do throws(CBORError) {
      var reader = CBORReader(envelope.body)
      try reader.beginArray(exactly: Self.fieldCount)
      station = try reader.readStation()
      let epoch = try reader.readEpoch()
      let sequence = Int64(try reader.readInt(in: Self.sequences, field: "sequence"))
      start = Position(epoch: epoch, sequence: sequence, hash: try reader.readHash())
      endHash = try reader.readHash()
      events = try PackedEvents(from: &reader)
      try reader.expectEnd()
    } catch {
      throw .badEncoding(error)
    }
  }

  /// Checks the signature, then that the events chain from the hash before them to the one after.
  package func open(with key: VerifyingKey) throws(ExchangeError) -> Batch {
    try envelope.verify(with: key)
    let batch = try Batch(station: station, start: start, events: try events.unpacked())
    guard batch.end.hash == endHash else { throw .brokenChain(after: start.sequence) }
    return batch
  }
}

extension Batch {
  /// Bytes that a batch needs beside its events: names, hashes and the signature.
  package static let overheadBytes = 512

  /// The bytes to send, signed with the station's key.
  package func sealed(with key: SigningKey) throws(ExchangeError) -> [UInt8] {
    let packed = try PackedEvents(events)
    var body = CBORWriter(reservingCapacity: packed.encodedByteCount + Self.overheadBytes)
    body.beginArray(count: SealedBatch.fieldCount)
    body.write(station.text)
    body.write(epoch.number)
    body.write(start.sequence)
    body.write(bytes: start.hash.bytes)
    body.write(bytes: end.hash.bytes)
    packed.write(to: &body)
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

  /// A sequence number and the chain's hash there.
  mutating func readPosition(of epoch: Epoch) throws(CBORError) -> Position {
    Position(
      epoch: epoch, sequence: Int64(try readInt(in: 0...Int.max, field: "sequence")),
      hash: try readHash())
  }
}
