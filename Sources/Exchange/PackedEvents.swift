import Ledger

/// How events are packed.
///
/// A number, once used, keeps its meaning for ever.
enum PayloadEncoding: Int {
  /// The events' byte strings one after the other, as they are.
  case identity = 0
  /// The same, as a raw DEFLATE stream (RFC 1951).
  case deflate = 1
}

/// How much a run may hold, once it is unpacked.
struct PackLimits: Sendable {
  let count: Int
  /// Bytes of one event or entry.
  let longest: Int
  /// Bytes of the whole run.
  let byteCount: Int

  static let events = PackLimits(
    count: ExchangeLimits.eventsPerBatch, longest: Event.longestEncoding,
    byteCount: ExchangeLimits.payloadBytes)
  static let feed = PackLimits(
    count: FeedLimits.entriesPerPage, longest: FeedLimits.entryBytes,
    byteCount: ExchangeLimits.feedBytes)
}

/// A run of events, or of a feed's entries, as it lies in a body: four fields, and not believed
/// until it is unpacked.
///
/// The fields are the number of events, how they are packed, how many bytes they have unpacked, and
/// the packed bytes.
struct PackedEvents: Sendable {
  /// Fields that a run takes up in a body's array.
  static let fieldCount = 4
  /// Bytes that each event needs beside its own.
  static let overheadBytesPerEvent = 5

  let count: Int
  private let encoding: Int
  private let byteCount: Int
  private let payload: ArraySlice<UInt8>

  /// Packs events, by whichever way is shorter.
  init(
    _ events: [ArraySlice<UInt8>], within limits: PackLimits = .events
  ) throws(ExchangeError) {
    let capacity = events.reduce(0) { $0 + $1.count + Self.overheadBytesPerEvent }
    guard capacity <= limits.byteCount else {
      throw .tooLarge(limitBytes: limits.byteCount)
    }
    var writer = CBORWriter(reservingCapacity: capacity)
    for event in events { writer.write(bytes: event) }
    let packed = try Deflate.pack(writer.bytes)
    let isShorter = packed.count < writer.bytes.count
    count = events.count
    encoding = (isShorter ? PayloadEncoding.deflate : .identity).rawValue
    byteCount = writer.bytes.count
    payload = isShorter ? packed[...] : writer.bytes[...]
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    count = try reader.readInt(in: 0...Int(Int32.max), field: "count")
    encoding = try reader.readInt(in: 0...Int(Int32.max), field: "encoding")
    byteCount = try reader.readInt(in: 0...Int(Int32.max), field: "byte count")
    payload = try reader.readBytes(limit: ExchangeLimits.batchBytes)
  }

  func write(to writer: inout CBORWriter) {
    writer.write(count)
    writer.write(encoding)
    writer.write(byteCount)
    writer.write(bytes: payload)
  }

  /// Bytes that the fields take up at most.
  var encodedByteCount: Int { payload.count + 24 }

  /// The events, once every limit has been held against what the fields say.
  func unpacked(
    within limits: PackLimits = .events
  ) throws(ExchangeError) -> [ArraySlice<UInt8>] {
    guard let encoding = PayloadEncoding(rawValue: encoding) else {
      throw .unknownPayloadEncoding(encoding)
    }
    guard count <= limits.count else { throw .tooManyEvents(limit: limits.count) }
    guard byteCount <= limits.byteCount else { throw .tooLarge(limitBytes: limits.byteCount) }
    switch encoding {
    case .identity:
      guard payload.count == byteCount else { throw .badPacking }
      return try events(in: payload, longest: limits.longest)
    case .deflate:
      return try events(
        in: Deflate.unpack(payload, byteCount: byteCount)[...], longest: limits.longest)
    }
  }

  private func events(
    in bytes: ArraySlice<UInt8>, longest: Int
  ) throws(ExchangeError) -> [ArraySlice<UInt8>] {
    do throws(CBORError) {
      var reader = CBORReader(bytes)
      var events: [ArraySlice<UInt8>] = []
      events.reserveCapacity(count)
      for _ in 0..<count { events.append(try reader.readBytes(limit: longest)) }
      try reader.expectEnd()
      return events
    } catch {
      throw .badEncoding(error)
    }
  }
}
