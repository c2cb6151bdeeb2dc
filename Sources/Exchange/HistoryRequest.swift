package import Ledger

/// A station asks for its own events back, or only where the host's copy stands.
package struct HistoryRequest: Hashable, Sendable {
  package let station: StationID
  /// The epoch whose key signs the request.
  package let epoch: Epoch
  /// The epoch that is asked for: that one, or an earlier one.
  package let asked: Epoch
  /// The sequence number after which events are wanted.
  package let after: Int64
  /// False where the positions alone are wanted.
  package let wantsEvents: Bool

  package init(
    station: StationID, epoch: Epoch, asked: Epoch, after: Int64, wantsEvents: Bool
  ) {
    self.station = station
    self.epoch = epoch
    self.asked = asked
    self.after = after
    self.wantsEvents = wantsEvents
  }

  /// The bytes to send, signed with the station's key of `epoch`.
  package func sealed(with key: SigningKey) throws(ExchangeError) -> [UInt8] {
    var body = CBORWriter()
    body.beginArray(count: 5)
    body.write(station.text)
    body.write(epoch.number)
    body.write(asked.number)
    body.write(after)
    body.write(wantsEvents)
    return try Envelope.seal(body.bytes, for: .historyRequest, with: key)
  }
}

/// A request for history as it came: not believed until its signature is checked.
package struct SealedHistoryRequest: Sendable {
  /// Who the request says that it is from; only `open(with:)` proves it.
  package let station: StationID
  package let epoch: Epoch
  private let request: HistoryRequest
  private let envelope: Envelope

  package init(_ bytes: [UInt8]) throws(ExchangeError) {
    envelope = try Envelope(
      bytes, for: .historyRequest, limitBytes: ExchangeLimits.historyRequestBytes)
    do throws(CBORError) {
      var reader = CBORReader(envelope.body)
      try reader.beginArray(exactly: 5)
      request = HistoryRequest(
        station: try reader.readStation(), epoch: try reader.readEpoch(),
        asked: try reader.readEpoch(),
        after: Int64(try reader.readInt(in: 0...Int.max, field: "sequence")),
        wantsEvents: try reader.readBool())
      try reader.expectEnd()
    } catch {
      throw .badEncoding(error)
    }
    station = request.station
    epoch = request.epoch
  }

  /// Checks the signature; a later epoch than the key's own is never given.
  package func open(with key: VerifyingKey) throws(ExchangeError) -> HistoryRequest {
    try envelope.verify(with: key)
    guard request.asked <= request.epoch else { throw .badEncoding(.badValue(field: "epoch")) }
    return request
  }
}
