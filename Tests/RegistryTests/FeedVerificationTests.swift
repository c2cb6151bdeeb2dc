import Circulation
import Exchange
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("What stations are told, held against the books")
struct FeedVerificationTests {
  private let maker: FactMaker
  private let other: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
    other = try FactMaker("TT")
  }

  /// A host that tells of a title, copies, a box with its slip, a decision and an agreement.
  private func host(_ kind: StoreKind) async throws -> HostFixture {
    let host = try await HostFixture(kind)
    let items = try (1...3).map { try maker.item($0) }
    let step = BoxStep(box: try BoxNumber(library: maker.library, serial: 1), seal: 1)
    let slip = try #require(other.slip(of: items[2], in: step))
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description()] + items.map { maker.registration($0) })
    chain.record([.box(.sealed(slip)), maker.checkout(items[0]), maker.checkout(items[0])])
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    try await host.registry.writeAgreement(title: "a", body: "b", inForce: .init(number: 20_000))
    _ = try await host.registry.replayConflicts(by: "x")
    return host
  }

  @Test(
    "finds what is told otherwise, not told, or told of nothing", arguments: StoreKind.allCases)
  func damage(kind: StoreKind) async throws {
    let host = try await host(kind)
    #expect(try await host.registry.verify().problems == [])
    for kind in [FeedKind.record, FeedKind.item, FeedKind.box, FeedKind.slip, FeedKind.agreement] {
      let rows = try HostStore.texts(
        of: "SELECT library, key FROM feed WHERE kind = \(kind) ORDER BY key", in: host)
      let name = try #require(rows.first)
      let shown = name.hasPrefix(" ") ? "-\(name)" : name
      let key = try #require(name.split(separator: " ").last)
      let row = "WHERE kind = \(kind) AND key = '\(key)'"
      try HostStore.execute("CREATE TABLE aside AS SELECT * FROM feed \(row)", in: host)
      let steps = [
        ("UPDATE feed SET bytes = zeroblob(3) \(row)", "told something else than the books have"),
        ("DELETE FROM feed \(row)", "told nothing of it"),
        (
          "INSERT INTO feed SELECT * FROM aside; UPDATE feed SET key = 'TT1.TN.77777' \(row)",
          "know nothing of it"
        ),
      ]
      for (sql, complaint) in steps {
        try HostStore.execute(sql, in: host)
        let problems = try await host.registry.verify().problems
        #expect(problems.contains { $0.contains(complaint) }, "\(shown) \(problems)")
        #expect(problems.allSatisfy { $0.hasPrefix("feed \(kind) ") }, "\(problems)")
      }
      try HostStore.execute(
        """
        DELETE FROM feed WHERE key = 'TT1.TN.77777';
        INSERT INTO feed SELECT * FROM aside; DROP TABLE aside
        """, in: host)
      #expect(try await host.registry.verify().problems == [])
    }
  }

  @Test(
    "tells of slips and decisions that a version before did not tell",
    arguments: StoreKind.allCases)
  func migration(kind: StoreKind) async throws {
    let host = try await host(kind)
    try HostStore.execute(
      "DELETE FROM feed WHERE kind IN (\(FeedKind.slip), \(FeedKind.decision)); "
        + "DROP TABLE undone_loans; DROP TABLE released; DROP TABLE policies; "
        + HostStore.withoutTerms + HostStore.withoutStages
        + (kind == .sqlite ? "PRAGMA user_version = 8" : "UPDATE host SET version = 5"),
      in: host)
    let registry = try await host.secondRegistry()
    #expect(try await registry.verify().problems == [])
    let slips = try HostStore.texts(
      of: "SELECT key FROM feed WHERE kind = \(FeedKind.slip)", in: host)
    #expect(slips.count == 1)
  }
}
