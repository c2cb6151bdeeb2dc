import Circulation
import Labels
import Rotation

extension FeedContent {
  /// The entry that says it.
  package var entry: FeedEntry {
    var writer = CBORWriter(reservingCapacity: 96)
    switch self {
    case .record(let record, _): record.write(to: &writer)
    case .item(let item): item.write(to: &writer)
    case .box(let box): box.write(to: &writer)
    case .slip(let slip): slip.write(to: &writer)
    case .slipKey(let key, _): writer.write(bytes: key)
    case .card(_, _, let isBlocked): writer.write(isBlocked)
    case .decision(let decision): decision.write(to: &writer)
    case .rota(let published): published.write(to: &writer)
    case .policy(let policy): policy.write(to: &writer)
    case .agreement(let agreement): agreement.write(to: &writer)
    case .takenBack(let name): name.write(to: &writer)
    }
    return FeedEntry(name: name, value: writer.bytes)
  }

  /// Reads what an entry says, or gives `nil` where this version does not know its kind.
  package init?(_ entry: FeedEntry) throws(CBORError) {
    var reader = CBORReader(entry.value)
    guard let content = try Self.read(entry.name, from: &reader) else { return nil }
    try reader.expectEnd()
    self = content
  }

  private static func read(
    _ name: FeedEntry.Name, from reader: inout CBORReader
  ) throws(CBORError) -> FeedContent? {
    switch name.kind {
    case FeedKind.record:
      .record(try BibliographicRecord(from: &reader), of: try name.owner)
    case FeedKind.item: .item(try FeedItem(of: name, from: &reader))
    case FeedKind.box: .box(try FeedBox(of: name, from: &reader))
    case FeedKind.slip: .slip(try SealedSlip(from: &reader))
    case FeedKind.slipKey:
      .slipKey(Array(try reader.readBytes(exactly: keyByteCount)), of: try name.station)
    case FeedKind.card:
      .card(try name.token, of: try name.owner, isBlocked: try reader.readBool())
    case FeedKind.decision: .decision(try FeedDecision(from: &reader))
    case FeedKind.rota: .rota(try PublishedRota(from: &reader))
    case FeedKind.policy: .policy(try PublishedPolicy(from: &reader))
    case FeedKind.agreement: .agreement(try FeedAgreement(from: &reader))
    case FeedKind.takenBack: .takenBack(try FeedEntry.Name(of: name.library, from: &reader))
    default: nil
    }
  }

  /// Bytes of a key of Ed25519.
  private static let keyByteCount = 32
}

extension FeedEntry.Name {
  /// The library that an entry must be of.
  fileprivate var owner: LibraryCode {
    get throws(CBORError) {
      guard let library else { throw .badValue(field: "library") }
      return library
    }
  }

  fileprivate var station: StationID {
    get throws(CBORError) {
      guard let station = StationID(key) else { throw .badValue(field: "station") }
      return station
    }
  }

  fileprivate var token: PatronCommitment {
    get throws(CBORError) {
      guard let bytes = Hex.bytes(of: key), let token = PatronCommitment(bytes: bytes) else {
        throw .badValue(field: "token")
      }
      return token
    }
  }
}

extension FeedEntry.Name {
  /// Its kind and its key; the library is that of the entry that takes it back.
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 2)
    writer.write(kind)
    writer.write(key)
  }

  fileprivate init(
    of library: LibraryCode?, from reader: inout CBORReader
  ) throws(CBORError) {
    try reader.beginArray(exactly: 2)
    let kind = try reader.readInt(in: FeedLimits.kinds, field: "kind")
    self.init(kind: kind, library: library, key: try reader.readText(limit: FeedLimits.keyBytes))
  }
}

extension FeedItem {
  /// Its record and its place; its number is the entry's name.
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 2)
    writer.write(record.text)
    writer.write(place.text)
  }

  fileprivate init(
    of name: FeedEntry.Name, from reader: inout CBORReader
  ) throws(CBORError) {
    guard let item = try? ItemID("\(try name.owner).\(name.key)") else {
      throw .badValue(field: "item")
    }
    try reader.beginArray(exactly: 2)
    let record = try reader.readRecordID()
    let place = try reader.readPlace()
    // Another school's loans are not told, so a place with a patron is no place of a feed.
    if case .patron = place { throw .badValue(field: "place") }
    self.init(item: item, record: record, place: place)
  }
}

extension FeedBox {
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 5)
    writer.write(state.rawValue)
    writer.write(seal)
    writer.write(from?.text)
    writer.write(to?.text)
    writer.write(holder?.text)
  }

  fileprivate init(
    of name: FeedEntry.Name, from reader: inout CBORReader
  ) throws(CBORError) {
    guard let number = try? BoxNumber(name.key) else { throw .badValue(field: "box") }
    try reader.beginArray(exactly: 5)
    guard let state = BoxState(rawValue: try reader.readText(limit: FactLimits.identifier)) else {
      throw .badValue(field: "state")
    }
    self.init(
      number: number, state: state,
      seal: try reader.readInt(in: 0...ManifestLimits.seals.upperBound, field: "seal"),
      from: try reader.readOptionalLibrary(), to: try reader.readOptionalLibrary(),
      holder: try reader.readOptionalLibrary())
  }
}

extension FeedDecision {
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 5)
    writer.write(station.text)
    writer.write(epoch.number)
    writer.write(sequence)
    writer.write(conflict)
    writer.write(decision)
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 5)
    guard let station = StationID(try reader.readText(limit: FactLimits.identifier)),
      let epoch = Epoch(try reader.readInt(in: Epoch.numbers, field: "epoch"))
    else { throw .badValue(field: "station") }
    self.init(
      station: station, epoch: epoch,
      sequence: Int64(try reader.readInt(in: 1...Int.max, field: "sequence")),
      conflict: try reader.readText(limit: FactLimits.identifier),
      decision: try reader.readText(limit: FactLimits.identifier))
  }
}

extension FeedAgreement {
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 4)
    writer.write(number)
    writer.write(inForce.number)
    writer.write(title)
    writer.write(body)
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 4)
    self.init(
      number: try reader.readInt(in: 1...Int.max, field: "number"),
      inForce: try reader.readDay(),
      title: try reader.readText(limit: Self.longestTitle),
      body: try reader.readText(limit: Self.longestBody))
  }
}

extension CBORReader {
  fileprivate mutating func readOptionalLibrary() throws(CBORError) -> LibraryCode? {
    try readNull() ? nil : try readLibraryCode()
  }
}
