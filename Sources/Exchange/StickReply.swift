package import Labels
package import Ledger

/// What a host sends back on a stick: receipts, pages of the group's feed, and why it stopped where
/// it did.
package struct StickReply: Hashable, Sendable {
  /// Why the host did not take a batch, and those after it.
  package struct Refusal: Hashable, Sendable {
    /// The refusal's name, as `ExchangeError.name` gives it.
    package let name: String
    package let vietnamese: String
    package let english: String

    package init(_ error: ExchangeError) {
      name = error.name
      vietnamese = error.advice(in: .vietnamese)
      english = error.advice(in: .english)
    }

    fileprivate init(name: String, vietnamese: String, english: String) {
      self.name = name
      self.vietnamese = vietnamese
      self.english = english
    }

    package func advice(in language: Language) -> String {
      switch language {
      case .vietnamese: vietnamese
      case .english: english
      }
    }
  }

  package let station: StationID
  /// Sealed receipts, in order.
  package let receipts: [[UInt8]]
  /// Sealed pages of the feed, in order.
  package let pages: [[UInt8]]
  package let refusal: Refusal?

  package init(
    station: StationID, receipts: [[UInt8]], pages: [[UInt8]], refusal: ExchangeError?
  ) {
    self.station = station
    self.receipts = receipts
    self.pages = pages
    self.refusal = refusal.map { Refusal($0) }
  }

  private init(
    station: StationID, receipts: [[UInt8]], pages: [[UInt8]], told refusal: Refusal?
  ) {
    self.station = station
    self.receipts = receipts
    self.pages = pages
    self.refusal = refusal
  }

  /// The bytes of the file, signed with the host's key.
  package func sealed(with key: SigningKey) throws(ExchangeError) -> [UInt8] {
    var body = CBORWriter(
      reservingCapacity: (receipts + pages).reduce(4_096) { $0 + $1.count + 8 })
    body.beginArray(count: 4)
    body.write(station.text)
    body.beginArray(count: receipts.count)
    for receipt in receipts { body.write(bytes: receipt) }
    body.beginArray(count: pages.count)
    for page in pages { body.write(bytes: page) }
    if let refusal {
      body.beginArray(count: 3)
      body.write(refusal.name)
      body.write(refusal.vietnamese)
      body.write(refusal.english)
    } else {
      body.writeNull()
    }
    let bytes = try Envelope.seal(body.bytes, for: .stickReply, with: key)
    guard bytes.count <= StickLimits.fileBytes else {
      throw .tooLarge(limitBytes: StickLimits.fileBytes)
    }
    return bytes
  }

  /// Checks the host's signature over the whole file, then reads it.
  package static func open(
    _ bytes: [UInt8], with key: VerifyingKey
  ) throws(ExchangeError) -> StickReply {
    let envelope = try Envelope(bytes, for: .stickReply, limitBytes: StickLimits.fileBytes)
    try envelope.verify(with: key)
    do throws(CBORError) {
      return try StickReply(body: envelope.body)
    } catch {
      throw .badEncoding(error)
    }
  }

  private init(body: ArraySlice<UInt8>) throws(CBORError) {
    var reader = CBORReader(body)
    try reader.beginArray(exactly: 4)
    let station = try reader.readStation()
    var receipts: [[UInt8]] = []
    for _ in 0..<(try reader.beginArray(limit: StickLimits.batches)) {
      receipts.append(Array(try reader.readBytes(limit: ExchangeLimits.receiptBytes)))
    }
    var pages: [[UInt8]] = []
    for _ in 0..<(try reader.beginArray(limit: StickLimits.pages)) {
      pages.append(Array(try reader.readBytes(limit: ExchangeLimits.feedBytes)))
    }
    var refusal: Refusal?
    if try !reader.readNull() {
      try reader.beginArray(exactly: 3)
      refusal = Refusal(
        name: try reader.readText(limit: ExchangeLimits.nameBytes),
        vietnamese: try reader.readText(limit: StickLimits.adviceBytes),
        english: try reader.readText(limit: StickLimits.adviceBytes))
    }
    try reader.expectEnd()
    self.init(station: station, receipts: receipts, pages: pages, told: refusal)
  }
}
