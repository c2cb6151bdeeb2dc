import Circulation
import Exchange
import FoundationEssentials
import Labels
import Ledger
import Registry
import TestSupport
import Testing

@Suite("The group's rules at the host")
struct PolicyTests {
  private static func rules(limit: Int) -> PolicyDocument {
    var document = PolicyDocument.standard
    document.patrons["pupil"]?.itemLimit = limit
    return document
  }

  private func told(_ taker: FeedTaker) throws -> [PublishedPolicy] {
    try taker.contents.compactMap { if case .policy(let policy) = $0 { policy } else { nil } }
  }

  @Test(
    "reach members' stations, each version in place of the one before, and are taken back",
    arguments: StoreKind.allCases)
  func feed(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    let chain = try StationChain(of: "TT1")
    try await host.enrol(chain)
    var taker = FeedTaker(chain)
    for limit in [3, 4] {
      try await host.registry.publish(Self.rules(limit: limit), by: "dieu-phoi")
      try await taker.pull(host.registry)
      let text = try #require(try told(taker).first).text
      let document = try JSONDecoder().decode(PolicyDocument.self, from: Data(text.utf8))
      #expect(document == Self.rules(limit: limit))
    }
    // The same again is no new version.
    try await host.registry.publish(Self.rules(limit: 4), by: "dieu-phoi")
    #expect(try await host.registry.policies(limit: 9).map(\.number) == [2, 1])
    try await host.registry.publish(nil, by: "dieu-phoi")
    try await taker.pull(host.registry)
    #expect(try told(taker).map(\.text) == [""] && told(taker).map(\.revision) == [3])
    #expect(try await host.registry.verify().problems == [])
    let trail = try await host.registry.audit(limit: 9)
    #expect(trail.map(\.act) == [.policyWithdrawn, .policyPublished, .policyPublished])
    #expect(trail[1].detail == "patrons.pupil.itemLimit")

    try await host.registry.setMember(
      MemberChange(library: LibraryCode("TT1"), name: "x", shares: [], audience: .group))
    try await host.registry.memberLeaves(LibraryCode("TT1"))
    try await taker.pull(host.registry)
    #expect(try told(taker) == [])
  }

  @Test("are refused where no library could work by them, and then nothing changes")
  func bad() async throws {
    let host = try HostFixture()
    var document = Self.rules(limit: 500)
    document.patrons["teacher"]?.usual.period = "a while"
    let error = await #expect(throws: BadSettings.self) {
      try await host.registry.publish(document)
    }
    #expect(error?.problems.count == 2)
    #expect(try await host.registry.policies(limit: 1).isEmpty)
  }

  @Test("are written down for ever", arguments: StoreKind.allCases)
  func immutable(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.registry.publish(Self.rules(limit: 3))
    for sql in ["UPDATE policies SET body = ''", "DELETE FROM policies"] {
      #expect(throws: (any Error).self) { try HostStore.execute(sql, in: host) }
    }
  }
}
