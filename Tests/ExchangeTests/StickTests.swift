import Labels
import Ledger
import TestSupport
import Testing

@testable import Exchange

@Suite("A letter on a stick")
struct StickLetterTests {
  private let host = SigningKey()
  private let letter: StickLetter

  init() throws {
    let maker = try FactMaker("TT1")
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description(), maker.reading(3)])
    let request = FeedRequest(
      station: chain.station, epoch: .first, checkpoint: nil, slipKey: SigningKey().verifyingKey)
    letter = StickLetter(
      station: chain.station, batches: [try chain.sealed(0..<1), try chain.sealed(1..<2)],
      feedRequest: try request.sealed(with: chain.key))
  }

  @Test("is read by its host and by nobody else")
  func roundTrip() throws {
    let bytes = try letter.sealed(to: host.stickKey)
    #expect(try StickLetter.open(bytes, with: host) == letter)
    #expect(throws: ExchangeError.notForThisHost) {
      try StickLetter.open(bytes, with: SigningKey())
    }
    // The host's key for sticks is the same wherever its folder is copied to.
    #expect(try host.stickKey == host.stickKey)
    #expect(try host.stickKey.bytes != host.verifyingKey.bytes)
  }

  @Test("shows nothing of its content, though it may be written twice")
  func secret() throws {
    let (one, other) = (
      try letter.sealed(to: host.stickKey), try letter.sealed(to: host.stickKey)
    )
    #expect(one != other)
    let batch = letter.batches[0]
    let window = Array(batch.prefix(16))
    #expect(!one.indices.dropLast(16).contains { Array(one[$0..<($0 + 16)]) == window })
  }

  @Test("that is cut short or has a bit flipped anywhere is refused")
  func damage() throws {
    for (what, bytes) in try letter.sealed(to: host.stickKey).damaged() {
      #expect(throws: ExchangeError.self, "\(what)") {
        try StickLetter.open(bytes, with: host)
      }
    }
  }

  @Test("that is larger than is allowed is refused unread, and not written")
  func size() throws {
    let bytes = [UInt8](repeating: 0, count: StickLimits.fileBytes + 1)
    let tooLarge = ExchangeError.tooLarge(limitBytes: StickLimits.fileBytes)
    #expect(throws: tooLarge) { try StickLetter.open(bytes, with: host) }
    #expect(throws: tooLarge) { try StickReply.open(bytes, with: host.verifyingKey) }
    let many = StickLetter(
      station: letter.station,
      batches: Array(repeating: letter.batches[0], count: StickLimits.batches + 1),
      feedRequest: letter.feedRequest)
    #expect(throws: tooLarge) { try many.sealed(to: host.stickKey) }
  }
}

@Suite("A reply on a stick")
struct StickReplyTests {
  private let host = SigningKey()
  private let reply: StickReply

  init() throws {
    let chain = try StationChain(of: "TT1")
    reply = StickReply(
      station: chain.station, receipts: [[1, 2, 3]], pages: [[4, 5], [6]],
      refusal: .gap(expected: chain.positions[0]))
  }

  @Test("comes out of its seal as it went in, with what was refused in both languages")
  func roundTrip() throws {
    let read = try StickReply.open(try reply.sealed(with: host), with: host.verifyingKey)
    #expect(read == reply)
    #expect(read.refusal?.name == "gap")
    #expect(read.refusal?.advice(in: .english).contains("up to number 0") == true)
    #expect(read.refusal?.advice(in: .vietnamese) != read.refusal?.advice(in: .english))
  }

  @Test("that is cut short, has a bit flipped or another signature is refused")
  func damage() throws {
    let bytes = try reply.sealed(with: host)
    for (what, damaged) in bytes.damaged() {
      #expect(throws: ExchangeError.self, "\(what)") {
        try StickReply.open(damaged, with: host.verifyingKey)
      }
    }
    #expect(throws: ExchangeError.badSignature) {
      try StickReply.open(bytes, with: SigningKey().verifyingKey)
    }
  }
}
