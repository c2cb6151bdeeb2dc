package import Ledger

/// The host's signed word that it has a station's events up to a position, each exactly once.
///
/// A station prunes nothing without one. A receipt that was lost is given again for the same batch.
package struct Receipt: Hashable, Sendable {
  /// An event that the host's books can't bear out.
  ///
  /// It is applied all the same; somebody will look.
  package struct Finding: Hashable, Sendable {
    package let sequence: Int64
    /// The discrepancy's name, as `Discrepancy.name` gives it.
    package let name: String

    package init(sequence: Int64, name: String) {
      self.sequence = sequence
      self.name = name
    }
  }

  package let station: StationID
  /// The end of the batch that is acknowledged.
  package let position: Position
  /// The last position of the epoch that the host has; beyond the batch's end after a resend.
  ///
  /// A station that has no event there has lost some: its disk was restored.
  package let cursor: Position
  /// Why the epoch is over, where it was when the batch came; `nil` while it goes on.
  ///
  /// A station that believes to be in it still has been superseded.
  package let end: EpochEnd?
  /// Events of the batch that were new to the host.
  package let newCount: Int
  /// Events of the batch that the host had already.
  package let knownCount: Int
  /// Discrepancies of the batch's events, in order, up to
  /// `ExchangeLimits.discrepanciesPerReceipt`.
  package let findings: [Finding]
  /// The host's wall clock, in milliseconds since 1970.
  package let hostMilliseconds: Int64

  package init(
    station: StationID, position: Position, cursor: Position? = nil, end: EpochEnd? = nil,
    newCount: Int, knownCount: Int, findings: [Finding], hostMilliseconds: Int64
  ) {
    self.station = station
    self.position = position
    self.cursor = cursor ?? position
    self.end = end
    self.newCount = newCount
    self.knownCount = knownCount
    self.findings = Array(findings.prefix(ExchangeLimits.discrepanciesPerReceipt))
    self.hostMilliseconds = hostMilliseconds
  }
}

extension Receipt {
  private static let counts = 0...ExchangeLimits.eventsPerBatch

  /// The bytes to send, signed with the host's key.
  package func sealed(with key: SigningKey) throws(ExchangeError) -> [UInt8] {
    var body = CBORWriter(reservingCapacity: 256)
    body.beginArray(count: 11)
    body.write(station.text)
    body.write(position.epoch.number)
    body.write(position.sequence)
    body.write(bytes: position.hash.bytes)
    body.write(cursor.sequence)
    body.write(bytes: cursor.hash.bytes)
    body.write(end?.rawValue)
    body.write(newCount)
    body.write(knownCount)
    body.beginArray(count: findings.count)
    for finding in findings {
      body.beginArray(count: 2)
      body.write(finding.sequence)
      body.write(finding.name)
    }
    body.write(hostMilliseconds)
    return try Envelope.seal(body.bytes, for: .receipt, with: key)
  }

  /// Checks the signature against the pinned key of the host, then reads the receipt.
  package static func open(
    _ bytes: [UInt8], with key: VerifyingKey
  ) throws(ExchangeError) -> Receipt {
    let envelope = try Envelope(bytes, for: .receipt, limitBytes: ExchangeLimits.receiptBytes)
    try envelope.verify(with: key)
    do throws(CBORError) {
      return try Receipt(body: envelope.body)
    } catch {
      throw .badEncoding(error)
    }
  }

  /// Refuses a receipt that does not speak of this batch.
  package func refuseWhenOfAnother(than batch: Batch) throws(ExchangeError) {
    guard station == batch.station, position == batch.end else { throw .receiptOfAnother }
  }

  private init(body: ArraySlice<UInt8>) throws(CBORError) {
    var reader = CBORReader(body)
    try reader.beginArray(exactly: 11)
    let station = try reader.readStation()
    let epoch = try reader.readEpoch()
    let position = try reader.readPosition(of: epoch)
    let cursor = try reader.readPosition(of: epoch)
    let end = try reader.readEpochEnd()
    let newCount = try reader.readInt(in: Self.counts, field: "new")
    let knownCount = try reader.readInt(in: Self.counts, field: "known")
    var findings: [Finding] = []
    let findingCount = try reader.beginArray(limit: ExchangeLimits.discrepanciesPerReceipt)
    for _ in 0..<findingCount {
      try reader.beginArray(exactly: 2)
      findings.append(
        Finding(
          sequence: try reader.readInteger(),
          name: try reader.readText(limit: ExchangeLimits.nameBytes)))
    }
    let milliseconds = try reader.readInteger()
    try reader.expectEnd()
    self.init(
      station: station, position: position, cursor: cursor, end: end, newCount: newCount,
      knownCount: knownCount, findings: findings, hostMilliseconds: milliseconds)
  }
}
