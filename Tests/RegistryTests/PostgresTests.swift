import Exchange
import Foundation
import Ledger
import Registry
import TestSupport
import Testing

@Suite("A host's store in PostgreSQL")
struct PostgresTests {
  private let maker: FactMaker

  init() throws {
    maker = try FactMaker("TT1")
  }

  @Test("is set up once in a database, by one of two that try at the same moment")
  func setUpOnce() async throws {
    let address = try await PostgresCluster.shared().makeDatabase()
    let outcomes = await withTaskGroup(of: RegistryError?.self) { group in
      for _ in 1...2 {
        group.addTask {
          do {
            try await PostgresRegistryStore.create(at: address, groupName: "x").close()
            return nil
          } catch {
            return error as? RegistryError
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(outcomes) == [nil, .databaseHoldsHost])
    try await PostgresRegistryStore(address).close()
    try PostgresCluster.remove(address)
  }

  @Test("is told from a database that holds no host, and from one of a newer program")
  func otherDatabases() async throws {
    let address = try await PostgresCluster.shared().makeDatabase()
    await #expect(throws: RegistryError.databaseHoldsNoHost) {
      try await PostgresRegistryStore(address)
    }
    let host = try await HostFixture(at: address)
    try HostStore.execute("UPDATE host SET version = 99", in: host)
    await #expect(throws: RegistryError.newerVersion(found: 99, known: 11)) {
      try await PostgresRegistryStore(address)
    }
  }

  @Test(
    "says what an address lacks",
    arguments: ["", "x", "mysql://x", "postgres://[", "host=x", "postgres://x?colour=red"])
  func badAddress(text: String) {
    #expect(throws: RegistryError.badDatabaseAddress) { try PostgresAddress(text) }
  }

  @Test(
    "says that it is not let in where the database is not there",
    .disabled(if: PostgresCluster.hasCitus, "Citus keeps a database open that is to be removed"))
  func noSuchDatabase() async throws {
    let address = try await PostgresCluster.shared().makeDatabase()
    try PostgresCluster.remove(address)
    await #expect {
      try await PostgresRegistryStore(address)
    } throws: { error in
      if case RegistryError.databaseRefused = error { true } else { false }
    }
  }

  @Test("says that no server answers, and names no password")
  func noServer() async throws {
    let address = try PostgresAddress("postgres://x:secret@127.0.0.1:1/y")
    await #expect {
      try await PostgresRegistryStore(address)
    } throws: { error in
      guard case RegistryError.databaseUnreachable(let detail) = error else { return false }
      return !detail.contains("secret")
    }
  }

  @Test("has the column by which a table would be spread in every key, as Citus demands")
  func distribution() async throws {
    let host = try await HostFixture(.postgres)
    let keys = try HostStore.texts(
      of: """
        SELECT class.relname, attribute.attname FROM pg_index AS key
          JOIN pg_class AS class ON class.oid = key.indrelid
          JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
            AND attribute.attnum = key.indkey[0]
        WHERE key.indisunique AND class.relnamespace = 'lienthong'::regnamespace
        """, in: host)
    #expect(
      Set(keys) == [
        "host singleton", "stations station", "events station", "receipts station",
        "quarantine station", "conflicts station", "invitations library", "holdings library",
        "records library", "boxes library", "readings library", "balances reporter",
        "feed library", "feed_checkpoints station", "feed_addressees library",
        "accounts name", "sessions token", "audit number", "decisions number", "loans library",
        "contacts station", "members library", "agreements number", "rotas rota",
        "policies number", "undone_loans station",
        "acts library", "movements library", "box_routings library", "closings library",
        "statement_parts library", "signatures library",
        "policies number", "undone_loans station", "released station",
        "stage_boxes library", "item_conditions library", "group_closings year",
        "slip_keys library",
      ])
  }

  @Test("takes a title with a character that PostgreSQL can't keep, and the event as it came")
  func zeroCharacter() async throws {
    let host = try await HostFixture(.postgres)
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description(title: "Dế\u{0}Mèn")])
    try await host.enrol(chain)
    #expect(try await host.registry.apply(chain.sealed()).receipt.newCount == 1)
    #expect(try HostStore.texts(of: "SELECT title FROM records", in: host) == ["Dế\u{FFFD}Mèn"])
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("gives a code to one of two machines that use it at the same moment")
  func codeUsedTwice() async throws {
    let host = try await HostFixture(.postgres)
    let second = try await host.secondRegistry()
    let station = StationID(library: maker.library)
    for _ in 1...5 {
      let code = try await host.registry.invite(maker.library)
      let requests = try (1...2).map { _ in
        let key = SigningKey()
        return try EnrolmentRequest(station: station, libraryName: "x", key: key.verifyingKey)
          .sealed(with: key, proving: code.secret)
      }
      async let here = try? host.registry.enrol(requests[0])
      async let there = try? second.enrol(requests[1])
      #expect([await here, await there].compactMap { $0 }.count == 1)
    }
    #expect(try await host.store.read { try $0.enrolments().count } == 5)
  }

  /// Chains of several stations that all act on the same few books.
  private func quarrel(_ count: Int, eventCount: Int) throws -> [StationChain] {
    var generator = SeededGenerator(seed: 77)
    let items = try (1...6).map { try maker.item($0) }
    return try (1...count).map { number in
      var chain = try StationChain(of: "TT\(number)")
      let maker = try FactMaker("TT\(number)")
      chain.record(maker.randomFacts(eventCount, about: items, using: &generator))
      return chain
    }
  }

  /// Sends all of a chain in small batches, each again until it has its receipt.
  private static func send(
    _ chain: StationChain, to registries: [GroupRegistry], size: Int
  ) async throws {
    for start in stride(from: 0, to: chain.events.count, by: size) {
      let end = min(start + size, chain.events.count)
      let bytes = try chain.sealed(start..<end)
      // Each batch goes to two processes at once.
      try await withThrowingTaskGroup(of: Receipt.self) { group in
        for registry in registries {
          group.addTask { try await registry.apply(bytes).receipt }
        }
        for try await receipt in group { #expect(receipt.position == chain.positions[end]) }
      }
    }
  }

  @Test("keeps the books right while two processes apply what six stations say of the same books")
  func quarrelling() async throws {
    let host = try await HostFixture(.postgres)
    let registries = [host.registry, try await host.secondRegistry()]
    let chains = try quarrel(6, eventCount: 120)
    for chain in chains { try await host.enrol(chain) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for chain in chains {
        group.addTask { try await Self.send(chain, to: registries, size: 15) }
      }
      try await group.waitForAll()
    }
    let result = try await host.registry.verify()
    #expect(result.problems == [])
    #expect(result.eventCount == chains.map(\.events.count).reduce(0, +))
    #expect(try await host.registry.overview().balances.values.reduce(0, +) == 0)
  }

  @Test("applies everything once while its server is killed again and again")
  func serverKilled() async throws {
    let cluster = try await PostgresCluster()
    let host = try await HostFixture(at: cluster.makeDatabase())
    let registries = [host.registry, try await host.secondRegistry()]
    let chains = try quarrel(4, eventCount: 400)
    for chain in chains { try await host.enrol(chain) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for chain in chains {
        group.addTask { try await Self.send(chain, to: registries, size: 5) }
      }
      for _ in 1...3 {
        try await Task.sleep(for: .milliseconds(150))
        try await cluster.killServer()
      }
      try await group.waitForAll()
    }
    let result = try await host.registry.verify()
    #expect(result.problems == [])
    #expect(result.eventCount == chains.map(\.events.count).reduce(0, +))
  }

  @Test("refuses a server that forgets what it has acknowledged when power fails")
  func notDurable() async throws {
    let cluster = try await PostgresCluster()
    let address = try await cluster.makeDatabase()
    let connection = try PostgresConnection(address)
    try connection.run("ALTER SYSTEM SET fsync = off")
    try connection.run("SELECT pg_reload_conf()")
    try await cluster.killServer()
    await #expect(throws: RegistryError.databaseNotDurable) {
      try await PostgresRegistryStore.create(at: address, groupName: "x")
    }
  }
}
