package import Ledger

/// A station asks for what has changed in the group.
package struct FeedRequest: Hashable, Sendable {
  package let station: StationID
  /// The epoch whose key signs the request.
  package let epoch: Epoch
  /// How far the station has come; nothing where it has nothing yet.
  package let checkpoint: FeedCheckpoint?
  /// The key by which others know the slips in this station's boxes.
  package let slipKey: VerifyingKey
  /// Drawn for this request; the answer bears it.
  package let nonce: Int64

  package init(
    station: StationID, epoch: Epoch, checkpoint: FeedCheckpoint?, slipKey: VerifyingKey,
    nonce: Int64 = .random(in: 0...Int64.max)
  ) {
    self.station = station
    self.epoch = epoch
    self.checkpoint = checkpoint
    self.slipKey = slipKey
    self.nonce = nonce
  }

  /// The bytes to send, signed with the station's key of `epoch`.
  package func sealed(with key: SigningKey) throws(ExchangeError) -> [UInt8] {
    var body = CBORWriter()
    body.beginArray(count: 5)
    body.write(station.text)
    body.write(epoch.number)
    if let checkpoint {
      body.beginArray(count: 3)
      body.write(checkpoint.lineage)
      body.write(checkpoint.version)
      body.write(checkpoint.sequence)
    } else {
      body.writeNull()
    }
    body.write(bytes: slipKey.bytes)
    body.write(nonce)
    return try Envelope.seal(body.bytes, for: .feedRequest, with: key)
  }
}

/// A request for the feed as it came: not believed until its signature is checked.
package struct SealedFeedRequest: Sendable {
  /// Who the request says that it is from; only `open(with:)` proves it.
  package let station: StationID
  package let epoch: Epoch
  private let request: FeedRequest
  private let envelope: Envelope

  package init(_ bytes: [UInt8]) throws(ExchangeError) {
    envelope = try Envelope(
      bytes, for: .feedRequest, limitBytes: ExchangeLimits.feedRequestBytes)
    do throws(CBORError) {
      request = try FeedRequest(body: envelope.body)
    } catch {
      throw .badEncoding(error)
    }
    station = request.station
    epoch = request.epoch
  }

  package func open(with key: VerifyingKey) throws(ExchangeError) -> FeedRequest {
    try envelope.verify(with: key)
    return request
  }
}

extension FeedRequest {
  fileprivate init(body: ArraySlice<UInt8>) throws(CBORError) {
    var reader = CBORReader(body)
    try reader.beginArray(exactly: 5)
    let station = try reader.readStation()
    let epoch = try reader.readEpoch()
    var checkpoint: FeedCheckpoint?
    if try !reader.readNull() {
      try reader.beginArray(exactly: 3)
      checkpoint = try reader.readCheckpoint()
    }
    let bytes = try reader.readBytes(exactly: VerifyingKey.byteCount)
    guard let slipKey = try? VerifyingKey(bytes: bytes) else { throw .badValue(field: "key") }
    self.init(
      station: station, epoch: epoch, checkpoint: checkpoint, slipKey: slipKey,
      nonce: try reader.readInteger())
    try reader.expectEnd()
  }
}

extension CBORReader {
  /// Lineage, version and sequence number, as three values of the array that is being read.
  mutating func readCheckpoint() throws(CBORError) -> FeedCheckpoint {
    FeedCheckpoint(
      lineage: try readInteger(),
      version: Int64(try readInt(in: 1...Int.max, field: "version")),
      sequence: Int64(try readInt(in: 0...Int.max, field: "sequence")))
  }
}
