import Labels
import Ledger
import TestSupport
import Testing

@testable import Exchange

@Suite("A receipt")
struct ReceiptTests {
  private let key = SigningKey()
  private let chain: StationChain
  private let receipt: Receipt

  init() throws {
    var chain = try StationChain(of: "TT1")
    chain.record([try FactMaker("TT1").reading(3), try FactMaker("TT1").description()])
    self.chain = chain
    receipt = Receipt(
      station: chain.station, position: chain.positions[2], end: .replaced, newCount: 1,
      knownCount: 1,
      findings: [Receipt.Finding(sequence: 2, name: "unknown-item")],
      hostMilliseconds: 1_789_500_000_000)
  }

  @Test("comes out of its seal as it went in")
  func roundTrip() throws {
    let bytes = try receipt.sealed(with: key)
    #expect(try Receipt.open(bytes, with: key.verifyingKey) == receipt)
  }

  @Test("that is cut short or has a bit flipped anywhere is refused")
  func damage() throws {
    for (what, bytes) in try receipt.sealed(with: key).damaged() {
      #expect(throws: ExchangeError.self, "\(what)") {
        try Receipt.open(bytes, with: key.verifyingKey)
      }
    }
  }

  @Test("signed with another key is refused")
  func otherKey() throws {
    let bytes = try receipt.sealed(with: SigningKey())
    #expect(throws: ExchangeError.badSignature) {
      try Receipt.open(bytes, with: key.verifyingKey)
    }
  }

  @Test("is not what a batch is, whoever signed it")
  func batchAsReceipt() throws {
    let bytes = try chain.batch().sealed(with: key)
    #expect(throws: ExchangeError.badSignature) {
      try Receipt.open(bytes, with: key.verifyingKey)
    }
  }

  @Test("that is larger than is allowed is refused unread")
  func size() {
    let bytes = [UInt8](repeating: 0, count: ExchangeLimits.receiptBytes + 1)
    #expect(throws: ExchangeError.tooLarge(limitBytes: ExchangeLimits.receiptBytes)) {
      try Receipt.open(bytes, with: key.verifyingKey)
    }
  }

  @Test("lists no more findings than are allowed, and stays within its size")
  func findings() throws {
    let name = String(repeating: "x", count: ExchangeLimits.nameBytes)
    let many = Receipt(
      station: chain.station, position: chain.positions[2], newCount: 2, knownCount: 0,
      findings: Array(
        repeating: Receipt.Finding(sequence: .max, name: name),
        count: ExchangeLimits.discrepanciesPerReceipt + 1),
      hostMilliseconds: 0)
    #expect(many.findings.count == ExchangeLimits.discrepanciesPerReceipt)
    #expect(try Receipt.open(many.sealed(with: key), with: key.verifyingKey) == many)
  }

  @Test("that speaks of another batch is refused")
  func ofAnother() throws {
    try receipt.refuseWhenOfAnother(than: chain.batch())
    #expect(throws: ExchangeError.receiptOfAnother) {
      try receipt.refuseWhenOfAnother(than: chain.batch(0..<1))
    }
    var other = try StationChain(of: "TT")
    other.record([try FactMaker("TT").reading(3), try FactMaker("TT").description()])
    #expect(throws: ExchangeError.receiptOfAnother) {
      try receipt.refuseWhenOfAnother(than: other.batch())
    }
  }
}

@Suite("A key")
struct KeyTests {
  @Test("is read from its text in either case, and written in lower case")
  func text() throws {
    let key = SigningKey().verifyingKey
    #expect(try VerifyingKey(key.description.uppercased()) == key)
    #expect(key.description.count == 64)
    #expect(try SigningKey(bytes: [UInt8](repeating: 7, count: 32)).verifyingKey.bytes.count == 32)
  }

  @Test(
    "is 64 hexadecimal digits and nothing else",
    arguments: ["", "00", String(repeating: "0", count: 63), String(repeating: "g", count: 64)])
  func badText(text: String) {
    #expect(throws: ExchangeError.badKey) { try VerifyingKey(text) }
  }

  @Test("is 32 bytes, of which not all are a key that signs", arguments: [0, 31, 33])
  func badBytes(count: Int) {
    let bytes = [UInt8](repeating: 1, count: count)
    #expect(throws: ExchangeError.badKey) { try SigningKey(bytes: bytes) }
    #expect(throws: ExchangeError.badKey) { try VerifyingKey(bytes: bytes) }
  }
}

@Suite("A refusal on the wire")
struct RefusalMessageTests {
  @Test("says where to go on after a gap, and where histories part after a fork")
  func position() throws {
    let epoch = try #require(Epoch(3))
    let chain = try StationChain(of: "TT1", epoch: epoch)
    for error in [ExchangeError.gap(expected: chain.positions[0]), .fork(ours: chain.positions[0])]
    {
      let place = try #require(RefusalMessage(error).position)
      #expect(Position(place) == chain.positions[0])
    }
    #expect(RefusalMessage(.badSignature).position == nil)
  }

  @Test("advises in each language")
  func advice() {
    let message = RefusalMessage(.emptyBatch)
    #expect(message.error == "empty-batch")
    #expect(message.advice(in: .english) == ExchangeError.emptyBatch.advice(in: .english))
    #expect(message.advice(in: .vietnamese) != message.advice(in: .english))
  }
}
