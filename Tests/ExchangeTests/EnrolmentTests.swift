import Labels
import Ledger
import TestSupport
import Testing

@testable import Exchange

@Suite("A one-time code")
struct EnrolmentCodeTests {
  @Test("is read as people type it")
  func typing() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 1...50 {
      let code = EnrolmentCode.make(using: &generator)
      let text = code.description
      #expect(text.count == 19)
      #expect(try EnrolmentCode(text) == code)
      #expect(try EnrolmentCode(text.lowercased()) == code)
      #expect(try EnrolmentCode(" " + text.replacing("-", with: " ")) == code)
      let misread = text.replacing("0", with: "O").replacing("1", with: "l")
      #expect(try EnrolmentCode(misread) == code)
    }
  }

  @Test(
    "is sixteen symbols and nothing else",
    arguments: [
      "", "7KQX-2M4P-A9TD", "7KQX-2M4P-A9TD-WZ3HH", "7KQX-2M4P-A9TD-WZ3U", "ă234567890123456",
    ])
  func badText(text: String) {
    #expect(throws: ExchangeError.badCode) { try EnrolmentCode(text) }
  }

  @Test("gives a name and a key that tell nothing of each other")
  func secrets() throws {
    var generator = SeededGenerator(seed: 8)
    let codes = (1...20).map { _ in EnrolmentCode.make(using: &generator) }
    #expect(Set(codes.map(\.secret.id)).count == 20)
    #expect(Set(codes.map(\.secret.key)).count == 20)
    for secret in codes.map(\.secret) { #expect(!secret.key.starts(with: secret.id)) }
  }
}

@Suite("Enrolling with a code, on the wire")
struct EnrolmentMessageTests {
  private let key = SigningKey()
  private let hostKey = SigningKey()
  private let code: EnrolmentCode
  private let request: EnrolmentRequest
  private let bytes: [UInt8]

  init() throws {
    var generator = SeededGenerator(seed: 9)
    code = .make(using: &generator)
    request = EnrolmentRequest(
      station: StationID(library: try LibraryCode("TT1")), libraryName: "Tân Tập 1",
      key: key.verifyingKey)
    bytes = try request.sealed(with: key, proving: code.secret)
  }

  private func answer(to bytes: [UInt8]) throws -> [UInt8] {
    try EnrolmentAnswer(
      station: request.station, epoch: .first, groupName: "Nhóm", hostKey: hostKey.verifyingKey,
      stickKey: hostKey.stickKey
    ).sealed(with: hostKey, proving: code.secret, answering: bytes)
  }

  @Test("comes out as it went in, both ways")
  func roundTrip() throws {
    let sealed = try SealedEnrolmentRequest(bytes)
    #expect(sealed.request == request && sealed.secretID == code.secret.id)
    try sealed.refuseWhenUnproven(by: code.secret)
    let answer = try EnrolmentAnswer.open(
      answer(to: bytes), provenBy: code.secret, answering: bytes)
    #expect(answer.hostKey == hostKey.verifyingKey && answer.epoch == .first)
    #expect(try answer.stickKey == hostKey.stickKey)
  }

  @Test("never shows the code")
  func secrecy() throws {
    let text = code.description.replacing("-", with: "")
    for message in [bytes, try answer(to: bytes)] {
      #expect(!String(decoding: message, as: UTF8.self).contains(text))
      #expect(!message.contains(code.secret.key))
    }
  }

  @Test("is refused with one bit flipped anywhere, or cut short, both ways")
  func changed() throws {
    let answer = try answer(to: bytes)
    func open(_ request: [UInt8]) throws {
      try SealedEnrolmentRequest(request).refuseWhenUnproven(by: code.secret)
    }
    func openAnswer(_ answer: [UInt8]) throws {
      _ = try EnrolmentAnswer.open(answer, provenBy: code.secret, answering: bytes)
    }
    for (what, damaged) in bytes.damaged() {
      #expect(throws: ExchangeError.self, "\(what)") { try open(damaged) }
    }
    for (what, damaged) in answer.damaged() {
      #expect(throws: ExchangeError.self, "\(what)") { try openAnswer(damaged) }
    }
  }

  @Test("is refused of somebody who does not know the code, or answers another request")
  func strangers() throws {
    var generator = SeededGenerator(seed: 10)
    let other = EnrolmentCode.make(using: &generator)
    let stranger = try SealedEnrolmentRequest(request.sealed(with: key, proving: other.secret))
    #expect(throws: ExchangeError.wrongCode) {
      try stranger.refuseWhenUnproven(by: code.secret)
    }
    let otherRequest = try EnrolmentRequest(
      station: request.station, libraryName: "x", key: key.verifyingKey
    ).sealed(with: key, proving: code.secret)
    let replayed = try answer(to: otherRequest)
    #expect(throws: ExchangeError.wrongCode) {
      try EnrolmentAnswer.open(replayed, provenBy: code.secret, answering: bytes)
    }
    // A host in the middle can put its own key in, but no proof for it.
    #expect(throws: ExchangeError.badSignature) {
      try SealedEnrolmentRequest(request.sealed(with: SigningKey(), proving: code.secret))
    }
  }
}

@Suite("History, on the wire")
struct HistoryTests {
  private let key = SigningKey()
  private let hostKey = SigningKey()
  private let chain: StationChain
  private let request: HistoryRequest
  private let page: HistoryPage

  init() throws {
    var chain = try StationChain(of: "TT1")
    let maker = try FactMaker("TT1")
    chain.record((1...5).map { maker.reading($0) })
    self.chain = chain
    request = HistoryRequest(
      station: chain.station, epoch: .first, asked: .first, after: 2, wantsEvents: true)
    page = HistoryPage(
      station: chain.station, start: chain.positions[2], events: chain.events[2...].map { $0[...] },
      cursor: chain.positions[5], end: .succeeded)
  }

  @Test("comes out as it went in, question and answer")
  func roundTrip() throws {
    let question = try SealedHistoryRequest(request.sealed(with: key))
    #expect(try question.open(with: key.verifyingKey) == request)
    let answer = try HistoryPage.open(
      page.sealed(with: hostKey), with: hostKey.verifyingKey, answering: request)
    #expect(answer == page && answer.last == chain.positions[5])
  }

  @Test("is refused with one bit flipped anywhere, or cut short")
  func changed() throws {
    let (question, answer) = (try request.sealed(with: key), try page.sealed(with: hostKey))
    func open(_ bytes: [UInt8]) throws {
      _ = try SealedHistoryRequest(bytes).open(with: key.verifyingKey)
    }
    func openPage(_ bytes: [UInt8]) throws {
      _ = try HistoryPage.open(bytes, with: hostKey.verifyingKey, answering: request)
    }
    for (what, damaged) in question.damaged() {
      #expect(throws: ExchangeError.self, "\(what)") { try open(damaged) }
    }
    for (what, damaged) in answer.damaged() {
      #expect(throws: ExchangeError.self, "\(what)") { try openPage(damaged) }
    }
  }

  @Test("of another question, or that does not lead to where the host stands, is refused")
  func another() throws {
    let bytes = try page.sealed(with: hostKey)
    let other = HistoryRequest(
      station: chain.station, epoch: .first, asked: .first, after: 1, wantsEvents: true)
    #expect(throws: ExchangeError.pageOfAnother) {
      try HistoryPage.open(bytes, with: hostKey.verifyingKey, answering: other)
    }
    let broken = HistoryPage(
      station: chain.station, start: chain.positions[2], events: page.events,
      cursor: Position(epoch: .first, sequence: 5, hash: chain.positions[4].hash), end: nil)
    #expect(throws: ExchangeError.brokenChain(after: 2)) {
      try HistoryPage.open(
        broken.sealed(with: hostKey), with: hostKey.verifyingKey, answering: request)
    }
  }
}

extension [UInt8] {
  /// Whether the bytes occur in a row.
  fileprivate func contains(_ run: [UInt8]) -> Bool {
    indices.contains { self[$0...].starts(with: run) }
  }
}
