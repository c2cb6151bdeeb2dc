import Ledger
import TestSupport
import Testing

@testable import Exchange

@Suite("A batch")
struct BatchTests {
  private let chain: StationChain

  init() throws {
    let maker = try FactMaker("TT1")
    var chain = try StationChain(of: "TT1")
    let item = try maker.item(1)
    chain.record([maker.registration(item), maker.checkout(item), maker.checkin(item)])
    self.chain = chain
  }

  @Test("comes out of its seal as it went in")
  func roundTrip() throws {
    for offsets in [0..<3, 1..<3, 2..<3] {
      let batch = try chain.batch(offsets)
      let sealed = try SealedBatch(try batch.sealed(with: chain.key))
      #expect(sealed.station == chain.station)
      #expect(sealed.start == chain.positions[offsets.lowerBound])
      let opened = try sealed.open(with: chain.key.verifyingKey)
      #expect(opened == batch)
      #expect(opened.end == chain.positions[offsets.upperBound])
      #expect(opened.events.map { Array($0) } == Array(chain.events[offsets]))
    }
  }

  @Test("reads only the events that the reader does not have yet")
  func decoding() throws {
    let batch = try chain.batch()
    for known in 0...3 {
      let sequences = try batch.decodedEvents(after: Int64(known)).map(\.sequence)
      #expect(sequences == [1, 2, 3].suffix(3 - known))
    }
    #expect(try batch.decodedEvents(after: 99).isEmpty)
  }

  @Test("knows the hash at each of its positions and at no other")
  func hashes() throws {
    let batch = try chain.batch(1..<3)
    for sequence in 1...3 {
      #expect(batch.hash(at: Int64(sequence)) == chain.positions[sequence].hash)
    }
    #expect(batch.hash(at: 0) == nil && batch.hash(at: 4) == nil)
  }

  @Test("that is cut short or has a bit flipped anywhere is refused")
  func damage() throws {
    for (what, bytes) in try chain.sealed().damaged() {
      expectRefusal("\(what)") { try open(bytes) }
    }
  }

  @Test("with something after it is refused")
  func trailing() throws {
    let bytes = try chain.sealed() + [0]
    #expect(throws: ExchangeError.badEncoding(.trailingBytes(1))) { try open(bytes) }
  }

  @Test("signed with another key is refused")
  func otherKey() throws {
    let bytes = try chain.batch().sealed(with: SigningKey())
    #expect(throws: ExchangeError.badSignature) { try open(bytes) }
  }

  @Test("is not what a receipt is, whoever signed it")
  func receiptAsBatch() throws {
    let receipt = Receipt(
      station: chain.station, position: chain.positions[3], newCount: 3, knownCount: 0,
      findings: [], hostMilliseconds: 0)
    let bytes = try receipt.sealed(with: chain.key)
    #expect(throws: ExchangeError.self) { try open(bytes) }
    // The same body, signed as a receipt: only the purpose is another one.
    let envelope = try Envelope(
      try chain.sealed(), for: .batch, limitBytes: ExchangeLimits.batchBytes)
    let disguised = try Envelope.seal(Array(envelope.body), for: .receipt, with: chain.key)
    #expect(throws: ExchangeError.badSignature) { try open(disguised) }
  }

  @Test("with an event of another station or another number is refused")
  func eventOfAnother() throws {
    var other = try StationChain(of: "TT")
    other.record([try FactMaker("TT").reading(1)])
    let foreign = try Batch(
      station: chain.station, start: chain.positions[0], events: [other.events[0][...]])
    let opened = try open(try foreign.sealed(with: chain.key))
    #expect(throws: ExchangeError.eventOfAnother(sequence: 1)) {
      try opened.decodedEvents(after: 0)
    }
    let shifted = try Batch(
      station: chain.station, start: chain.positions[0],
      events: [chain.events[0][...], chain.events[2][...]])
    #expect(throws: ExchangeError.eventOfAnother(sequence: 2)) {
      try shifted.decodedEvents(after: 0)
    }
  }

  @Test("with an event that can't be read is refused, and names it")
  func unreadableEvent() throws {
    var chain = chain
    chain.append([0x80])
    let opened = try SealedBatch(try chain.sealed()).open(with: chain.key.verifyingKey)
    #expect(
      throws: ExchangeError.unreadableEvent(
        sequence: 4, .wrongCount(expected: 11, found: 0))
    ) { try opened.decodedEvents(after: 0) }
  }

  @Test("has at least one event and at most as many as are allowed")
  func eventCounts() throws {
    #expect(throws: ExchangeError.emptyBatch) { try chain.batch(0..<0) }
    let limit = ExchangeLimits.eventsPerBatch
    let event: ArraySlice<UInt8> = [0]
    let full = Array(repeating: event, count: limit)
    #expect(
      try Batch(station: chain.station, start: chain.positions[0], events: full).end.sequence
        == Int64(limit))
    #expect(throws: ExchangeError.tooManyEvents(limit: limit)) {
      try Batch(station: chain.station, start: chain.positions[0], events: full + [event])
    }
    let crafted = try body(count: limit + 1, payload: [UInt8](repeating: 0x40, count: limit + 1))
    #expect(throws: ExchangeError.tooManyEvents(limit: limit)) { try open(crafted) }
  }

  @Test("is never larger than is allowed, sent or received")
  func size() throws {
    let limit = ExchangeLimits.payloadBytes
    let event = [UInt8](repeating: 0, count: Event.longestEncoding)[...]
    let large = try Batch(
      station: chain.station, start: chain.positions[0],
      events: Array(repeating: event, count: limit / Event.longestEncoding + 1))
    #expect(throws: ExchangeError.tooLarge(limitBytes: limit)) {
      try large.sealed(with: chain.key)
    }
    let wireLimit = ExchangeLimits.batchBytes
    #expect(throws: ExchangeError.tooLarge(limitBytes: wireLimit)) {
      try SealedBatch([UInt8](repeating: 0, count: wireLimit + 1))
    }
  }

  @Test("that does not lead to the hash it names is refused")
  func brokenChain() throws {
    let bytes = try body(endHash: chain.positions[1].hash)
    #expect(throws: ExchangeError.brokenChain(after: 0)) { try open(bytes) }
  }

  @Test("of a later format or packed in an unknown way says so")
  func laterVersions() throws {
    #expect(throws: ExchangeError.unknownPayloadEncoding(9)) { try open(try body(encoding: 9)) }
    var later = try chain.sealed()
    later[1] = 2
    #expect(throws: ExchangeError.wrongVersion(found: 2)) { try open(later) }
  }

  @Test(
    "that holds something else than what its count says is refused",
    arguments: [0, 1, 2, 4, 10_000])
  func wrongCount(count: Int) throws {
    #expect(throws: ExchangeError.self) { try open(try body(count: count)) }
  }

  @Test("of many alike events is far smaller on the wire than they are")
  func packed() throws {
    var chain = chain
    chain.record(try (1...500).map { try FactMaker("TT1").checkout(try FactMaker("TT1").item($0)) })
    let byteCount = chain.events.reduce(0) { $0 + $1.count }
    #expect(try chain.sealed().count < byteCount / 4)
    #expect(try open(try chain.sealed()) == chain.batch())
  }

  @Test("that unpacks to more, or to less, than it says is refused unread")
  func unpackedSize() throws {
    var events = CBORWriter()
    for event in chain.events { events.write(bytes: event) }
    let packed = try Deflate.pack(events.bytes)
    let size = events.bytes.count
    #expect(try open(try body(encoding: 1, byteCount: size, payload: packed)) == chain.batch())
    for wrong in [0, 1, size - 1, size + 1, 2 * size] {
      #expect(throws: ExchangeError.badPacking, "\(wrong)") {
        try open(try body(encoding: 1, byteCount: wrong, payload: packed))
      }
    }
    #expect(throws: ExchangeError.badPacking) {
      try open(try body(encoding: 1, byteCount: size, payload: packed + [0]))
    }
    #expect(throws: ExchangeError.badPacking) { try open(try body(byteCount: size - 1)) }
  }

  @Test("that would grow beyond the limit is refused before anything is unpacked")
  func bomb() throws {
    let zeros = [UInt8](repeating: 0, count: ExchangeLimits.payloadBytes + 1)
    let packed = try Deflate.pack(zeros)
    #expect(packed.count < 32 * 1_024)
    #expect(throws: ExchangeError.tooLarge(limitBytes: ExchangeLimits.payloadBytes)) {
      try open(try body(encoding: 1, byteCount: zeros.count, payload: packed))
    }
    #expect(throws: ExchangeError.badPacking) {
      try open(try body(encoding: 1, byteCount: 100, payload: packed))
    }
  }

  /// Expects one of the refusals that stand before anything of a batch is believed.
  private func expectRefusal(_ comment: Comment, of work: () throws -> Batch) {
    let refusals: Set<String> = [
      "bad-encoding", "wrong-version", "bad-signature", "too-large",
    ]
    #expect(comment) {
      try work()
    } throws: { error in
      (error as? ExchangeError).map { refusals.contains($0.name) } ?? false
    }
  }

  private func open(_ bytes: [UInt8]) throws -> Batch {
    try SealedBatch(bytes).open(with: chain.key.verifyingKey)
  }

  /// A batch of the chain's events in which one field is another, rightly signed.
  private func body(
    endHash: ChainHash? = nil, count: Int = 3, encoding: Int = 0, byteCount: Int? = nil,
    payload: [UInt8]? = nil
  ) throws -> [UInt8] {
    var events = CBORWriter()
    for event in chain.events { events.write(bytes: event) }
    var body = CBORWriter()
    body.beginArray(count: 9)
    body.write(chain.station.text)
    body.write(1)
    body.write(0)
    body.write(bytes: chain.positions[0].hash.bytes)
    body.write(bytes: (endHash ?? chain.positions[3].hash).bytes)
    body.write(count)
    body.write(encoding)
    body.write(byteCount ?? payload?.count ?? events.bytes.count)
    body.write(bytes: payload ?? events.bytes)
    return try Envelope.seal(body.bytes, for: .batch, with: chain.key)
  }
}
