package import Ledger

/// What a station sends to its host on a stick: batches as they would travel over a network, and
/// the request for the group's news.
///
/// Each of them bears the station's signature; together they are encrypted to the host.
package struct StickLetter: Hashable, Sendable {
  package let station: StationID
  /// Sealed batches, in order.
  package let batches: [[UInt8]]
  /// The sealed request for the feed.
  package let feedRequest: [UInt8]

  package init(station: StationID, batches: [[UInt8]], feedRequest: [UInt8]) {
    self.station = station
    self.batches = batches
    self.feedRequest = feedRequest
  }

  /// What the file says openly: that it is such a letter, and whose.
  private static let mark = "lienthong letter 1"

  private static func head(of station: StationID) -> [UInt8] {
    var head = CBORWriter()
    head.beginArray(count: 2)
    head.write(mark)
    head.write(station.text)
    return head.bytes
  }

  /// The bytes of the file: the open head, the encapsulated key, and what only the host can read.
  package func sealed(to key: StickKey) throws(ExchangeError) -> [UInt8] {
    guard batches.count <= StickLimits.batches else {
      throw .tooLarge(limitBytes: StickLimits.fileBytes)
    }
    var content = CBORWriter(reservingCapacity: batches.reduce(1_024) { $0 + $1.count + 8 })
    content.beginArray(count: 2)
    content.beginArray(count: batches.count)
    for batch in batches { content.write(bytes: batch) }
    content.write(bytes: feedRequest)
    let head = Self.head(of: station)
    let (encapsulated, ciphertext) = try StickSeal.seal(
      content.bytes, authenticating: head, to: key)
    var file = CBORWriter(reservingCapacity: ciphertext.count + 256)
    file.beginArray(count: 3)
    file.write(bytes: head)
    file.write(bytes: encapsulated)
    file.write(bytes: ciphertext)
    guard file.bytes.count <= StickLimits.fileBytes else {
      throw .tooLarge(limitBytes: StickLimits.fileBytes)
    }
    return file.bytes
  }

  /// Decrypts a file with the host's key; what is in it is not believed until each part's signature
  /// is checked.
  package static func open(
    _ bytes: [UInt8], with key: SigningKey
  ) throws(ExchangeError) -> StickLetter {
    guard bytes.count <= StickLimits.fileBytes else {
      throw .tooLarge(limitBytes: StickLimits.fileBytes)
    }
    let (head, encapsulated, ciphertext): (ArraySlice<UInt8>, ArraySlice<UInt8>, ArraySlice<UInt8>)
    let station: StationID
    do throws(CBORError) {
      var reader = CBORReader(bytes)
      try reader.beginArray(exactly: 3)
      head = try reader.readBytes(limit: ExchangeLimits.historyRequestBytes)
      encapsulated = try reader.readBytes(exactly: StickKey.byteCount)
      ciphertext = try reader.readBytes(limit: StickLimits.fileBytes)
      try reader.expectEnd()
      station = try Self.station(of: head)
    } catch {
      throw .badEncoding(error)
    }
    let content = try StickSeal.open(
      ciphertext, encapsulated: encapsulated, authenticating: Array(head), with: key)
    do throws(CBORError) {
      return try StickLetter(station: station, content: content)
    } catch {
      throw .badEncoding(error)
    }
  }

  private static func station(of head: ArraySlice<UInt8>) throws(CBORError) -> StationID {
    var reader = CBORReader(head)
    try reader.beginArray(exactly: 2)
    guard try reader.readText(limit: ExchangeLimits.nameBytes) == mark else {
      throw .badValue(field: "mark")
    }
    let station = try reader.readStation()
    try reader.expectEnd()
    return station
  }

  private init(station: StationID, content: [UInt8]) throws(CBORError) {
    var reader = CBORReader(content)
    try reader.beginArray(exactly: 2)
    var batches: [[UInt8]] = []
    for _ in 0..<(try reader.beginArray(limit: StickLimits.batches)) {
      batches.append(Array(try reader.readBytes(limit: ExchangeLimits.batchBytes)))
    }
    let request = Array(try reader.readBytes(limit: ExchangeLimits.feedRequestBytes))
    try reader.expectEnd()
    self.init(station: station, batches: batches, feedRequest: request)
  }
}

/// How much travels on a stick at once.
package enum StickLimits {
  /// Bytes of a file, either way.
  package static let fileBytes = 64 * 1_024 * 1_024
  /// Batches in a letter; what is beyond them travels with the next one.
  package static let batches = 64
  /// Pages of the feed in a reply.
  package static let pages = 24
  /// Letters that a host reads from one stick.
  package static let letters = 400
  /// Bytes of what is said of a refusal, in each language.
  package static let adviceBytes = 1_000
}
