/// One link of a station's chain: a fact, and how it came to be recorded.
package struct Event: Hashable, Sendable {
  package let station: StationID
  package let epoch: Epoch
  /// The event's number within its epoch, from 1, without a gap.
  package let sequence: Int64
  package let moment: Moment
  package let operation: OperationID
  /// What brought the scan: a device's name, `page`, or nothing where it is not known.
  package let device: String?
  package let fact: Fact

  /// Bytes of UTF-8 that a device's name may have.
  package static let longestDevice = 64
  /// Bytes that an encoded event may have.
  package static let longestEncoding = 8_192

  package init(
    station: StationID, epoch: Epoch, sequence: Int64, moment: Moment, operation: OperationID,
    device: String?, fact: Fact
  ) {
    self.station = station
    self.epoch = epoch
    self.sequence = sequence
    self.moment = moment
    self.operation = operation
    self.device = device
    self.fact = fact
  }
}

extension Event {
  private static let formatVersion = 1
  private static let sequences = 1...Int.max

  /// The event's bytes: what is hashed, signed, stored and sent, and never made a second time.
  package var encoded: [UInt8] {
    var writer = CBORWriter(reservingCapacity: 160)
    writer.beginArray(count: 11)
    writer.write(Self.formatVersion)
    writer.write(station.text)
    writer.write(epoch.number)
    writer.write(sequence)
    writer.write(moment.wallMilliseconds)
    writer.write(moment.monotonicMilliseconds)
    writer.write(Int64(moment.boot))
    writer.write(bytes: operation.bytes)
    writer.write(device)
    fact.write(to: &writer)
    return writer.bytes
  }

  /// Reads an event, refusing bytes that would not be written the same way again.
  package init(encoded bytes: some Collection<UInt8>) throws(CBORError) {
    try self.init(encoded: Array(bytes)[...])
  }

  /// Reads an event where it lies, without a copy of its bytes.
  package init(encoded bytes: ArraySlice<UInt8>) throws(CBORError) {
    guard bytes.count <= Self.longestEncoding else { throw .tooLong(limit: Self.longestEncoding) }
    var reader = CBORReader(bytes)
    try reader.beginArray(exactly: 11)
    _ = try reader.readInt(in: Self.formatVersion...Self.formatVersion, field: "version")
    guard let station = StationID(try reader.readText(limit: FactLimits.identifier)) else {
      throw .badValue(field: "station")
    }
    let epochNumber = try reader.readInt(in: Epoch.numbers, field: "epoch")
    guard let epoch = Epoch(epochNumber) else { throw .badValue(field: "epoch") }
    let sequence = Int64(try reader.readInt(in: Self.sequences, field: "sequence"))
    let moment = Moment(
      wallMilliseconds: try reader.readInteger(),
      monotonicMilliseconds: try reader.readInteger(),
      boot: UInt32(try reader.readInt(in: 0...Int(UInt32.max), field: "boot")))
    let operationBytes = try reader.readBytes(exactly: OperationID.byteCount)
    guard let operation = OperationID(bytes: operationBytes) else {
      throw .badValue(field: "operation")
    }
    let device = try reader.readOptionalText(limit: Self.longestDevice)
    let fact = try Fact(from: &reader)
    try reader.expectEnd()
    self.init(
      station: station, epoch: epoch, sequence: sequence, moment: moment, operation: operation,
      device: device, fact: fact)
  }
}
