import Circulation
import Labels
import Ledger
import TestSupport
import Testing

@testable import Exchange

@Suite("A page of the feed")
struct FeedPageTests {
  private let key = SigningKey()
  private let stationKey = SigningKey()
  private let request: FeedRequest
  private let page: FeedPage

  init() throws {
    let maker = try FactMaker("TT1")
    request = FeedRequest(
      station: StationID(library: maker.library), epoch: .first,
      checkpoint: FeedCheckpoint(lineage: 9, version: 3, sequence: 77),
      slipKey: stationKey.verifyingKey)
    let item = FeedContent.item(
      FeedItem(item: try maker.item(1), record: .unknownTitle, place: maker.shelf))
    page = FeedPage(
      answering: request,
      with: FeedRun(
        start: 77, checkpoint: FeedCheckpoint(lineage: 9, version: 4, sequence: 80),
        beginsSnapshot: false, isLast: true, entries: [item.entry]),
      stickKey: try key.stickKey,
      atMilliseconds: 1_789_500_000_000)
  }

  @Test("comes out of its seal as it went in, and so does the request for it")
  func roundTrip() throws {
    #expect(try FeedPage.open(page.sealed(with: key), with: key.verifyingKey) == page)
    let first = FeedRequest(
      station: request.station, epoch: .first, checkpoint: nil, slipKey: key.verifyingKey)
    for request in [request, first] {
      let sealed = try SealedFeedRequest(request.sealed(with: stationKey))
      #expect(sealed.station == request.station && sealed.epoch == .first)
      #expect(try sealed.open(with: stationKey.verifyingKey) == request)
    }
  }

  @Test("that is cut short or has a bit flipped is refused, and so is the request for it")
  func damage() throws {
    for (what, bytes) in try page.sealed(with: key).damaged() {
      #expect(throws: ExchangeError.self, "\(what)") {
        try FeedPage.open(bytes, with: key.verifyingKey)
      }
    }
    for (what, bytes) in try request.sealed(with: stationKey).damaged() {
      #expect(throws: ExchangeError.self, "\(what)") {
        try SealedFeedRequest(bytes).open(with: stationKey.verifyingKey)
      }
    }
  }

  @Test("signed with another key, or for another purpose, is refused")
  func otherSignature() throws {
    let bytes = try page.sealed(with: SigningKey())
    #expect(throws: ExchangeError.badSignature) {
      try FeedPage.open(bytes, with: key.verifyingKey)
    }
    let envelope = try Envelope(
      try page.sealed(with: key), for: .feed, limitBytes: ExchangeLimits.feedBytes)
    let disguised = try Envelope.seal(Array(envelope.body), for: .history, with: key)
    #expect(throws: ExchangeError.badSignature) {
      try FeedPage.open(disguised, with: key.verifyingKey)
    }
  }

  @Test("for another station, or that answers another request, is refused")
  func ofAnother() throws {
    try page.refuseWhenNot(answering: request)
    let later = FeedRequest(
      station: request.station, epoch: .first, checkpoint: request.checkpoint,
      slipKey: request.slipKey, nonce: request.nonce &+ 1)
    #expect(throws: ExchangeError.pageOfAnother) { try page.refuseWhenNot(answering: later) }
    #expect(throws: ExchangeError.pageOfAnother) {
      try page.refuseWhenNot(for: StationID(library: LibraryCode("TT")))
    }
  }

  @Test("is refused after its last day, and says which that is")
  func expired() throws {
    let last = page.issuedMilliseconds + ExchangeLimits.feedDays * 86_400_000
    #expect(page.expiresMilliseconds == last)
    try page.refuseWhenExpired(atMilliseconds: last)
    let error = ExchangeError.expiredFeed(atMilliseconds: last)
    #expect(throws: error) { try page.refuseWhenExpired(atMilliseconds: last + 1) }
    #expect(error.name == "expired-feed")
    #expect(error.advice(in: .english).contains("2026-11-14"))
    #expect(error.advice(in: .vietnamese).contains("14/11/2026"))
  }

  @Test("that is larger than is allowed is refused unread")
  func size() throws {
    let bytes = [UInt8](repeating: 0, count: ExchangeLimits.feedBytes + 1)
    #expect(throws: ExchangeError.tooLarge(limitBytes: ExchangeLimits.feedBytes)) {
      try FeedPage.open(bytes, with: key.verifyingKey)
    }
  }
}
