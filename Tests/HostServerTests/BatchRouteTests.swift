import Exchange
import HTTPTypes
import Labels
import Ledger
import Registry
import TestSupport
import Testing

@testable import HostServer

@Suite("Sending a batch")
struct BatchRouteTests {
  private let fixture: ServerFixture

  init() throws {
    fixture = try ServerFixture()
  }

  @Test("is answered with a receipt that opens with the host's key")
  func receipt() async throws {
    let chain = try await fixture.station()
    let bytes = try chain.sealed()
    let reply = try await fixture.test { try await $0.post(bytes) }
    #expect(reply.status == .ok)
    #expect(reply.headers[.contentType] == "application/vnd.lienthong.receipt+cbor")
    #expect(reply.headers[.cacheControl] == "no-store")
    let receipt = try Receipt.open(reply.bytes, with: fixture.host.registry.verifyingKey)
    #expect(receipt.newCount == 4)
    #expect(receipt.position == chain.positions.last)
    try receipt.refuseWhenOfAnother(than: chain.batch())
  }

  @Test("twice changes nothing, and is answered again")
  func repeated() async throws {
    let bytes = try await fixture.station().sealed()
    let (first, second) = try await fixture.test { host in
      (try await host.post(bytes), try await host.post(bytes))
    }
    #expect([first.status, second.status] == [.ok, .ok])
    let receipt = try Receipt.open(second.bytes, with: fixture.host.registry.verifyingKey)
    #expect(receipt.newCount == 0 && receipt.knownCount == 4)
  }

  @Test("that is none is refused with 422", arguments: [[], [0x41], Array("no batch".utf8)])
  func garbage(bytes: [UInt8]) async throws {
    let reply = try await fixture.test { try await $0.post(bytes) }
    #expect(reply.status == .unprocessableContent)
    #expect(try reply.refusal.error == "bad-encoding")
  }

  @Test("as something else is refused with 415", arguments: [nil, "application/json", "text/x"])
  func wrongType(type: String?) async throws {
    let bytes = try await fixture.station().sealed()
    let reply = try await fixture.test { try await $0.post(bytes, type: type) }
    #expect(reply.status == .unsupportedMediaType)
    #expect(try reply.refusal.error == "not-a-batch")
    #expect(try await fixture.host.registry.overview().balances.isEmpty)
  }

  @Test("takes a parameter and capitals in the content type")
  func typeWithParameter() async throws {
    let bytes = try await fixture.station().sealed()
    let reply = try await fixture.test {
      try await $0.post(bytes, type: "Application/VND.lienthong.batch+CBOR; v=1")
    }
    #expect(reply.status == .ok)
  }

  @Test("over the limit is refused with 413")
  func tooLarge() async throws {
    let bytes = [UInt8](repeating: 0, count: ExchangeLimits.batchBytes + 1)
    let reply = try await fixture.test { try await $0.post(bytes) }
    #expect(reply.status == .contentTooLarge)
    #expect(try reply.refusal.error == "too-large")
  }

  @Test("of a station that nobody enrolled is refused with 403")
  func unknownStation() async throws {
    var chain = try StationChain(of: "TT")
    chain.record([try FactMaker("TT").reading(1)])
    let bytes = try chain.sealed()
    let reply = try await fixture.test { try await $0.post(bytes) }
    #expect(reply.status == .forbidden)
    let refusal = try reply.refusal
    #expect(refusal.error == "unknown-station")
    #expect(refusal.advice(in: .english).contains("lienthong host invite --library TT"))
  }

  @Test("of another key is refused with 403")
  func otherKey() async throws {
    let bytes = try await fixture.station().batch().sealed(with: SigningKey())
    let reply = try await fixture.test { try await $0.post(bytes) }
    #expect(reply.status == .forbidden)
    #expect(try reply.refusal.error == "bad-signature")
  }

  @Test("after a gap is refused with 409 and the position to go on from")
  func gap() async throws {
    let chain = try await fixture.station()
    let (first, late) = (try chain.sealed(0..<1), try chain.sealed(2..<4))
    let reply = try await fixture.test { host in
      _ = try await host.post(first)
      return try await host.post(late)
    }
    #expect(reply.status == .conflict)
    let refusal = try reply.refusal
    #expect(refusal.error == "gap")
    #expect(refusal.position.flatMap { Position($0) } == chain.positions[1])
  }

  @Test("of another history is refused with 409 and where the histories part")
  func fork() async throws {
    let chain = try await fixture.station()
    var other = try StationChain(of: "TT1", key: chain.key)
    other.append(chain.events[0])
    other.record([try FactMaker("TT1").reading(1)])
    let (ours, theirs) = (try chain.sealed(), try other.sealed())
    let reply = try await fixture.test { host in
      _ = try await host.post(ours)
      return try await host.post(theirs)
    }
    #expect(reply.status == .conflict)
    let refusal = try reply.refusal
    #expect(refusal.error == "fork")
    #expect(refusal.position.flatMap { Position($0) } == chain.positions[2])
  }
}
