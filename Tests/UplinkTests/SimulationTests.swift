import Exchange
import Foundation
import Journal
import Labels
import Ledger
import Registry
import StationServer
import Synchronization
import TestSupport
import Testing

/// Real stations, a real host and a hostile link between them, all out of one seed.
///
/// A failing seed is named; it fails again. `LIENTHONG_SEED` names the first of the seeds, to begin
/// with one that failed or to look at others.
@Suite("A group under everything that can go wrong")
struct SimulationTests {
  private static let seedsPerRun = 100
  private static let firstSeed =
    ProcessInfo.processInfo.environment["LIENTHONG_SEED"].flatMap { Int($0) } ?? 0

  @Test("has each act at the host once, and all books balanced", arguments: 0..<10)
  func seeds(run: Int) async throws {
    let first = Self.firstSeed + run * Self.seedsPerRun
    let seeds = first..<(first + Self.seedsPerRun)
    let width = ProcessInfo.processInfo.activeProcessorCount
    await withTaskGroup { lives in
      for start in seeds.prefix(width) {
        // Each life has its seeds in turn, so that all processors are at work to the end.
        lives.addTask {
          for seed in stride(from: start, to: seeds.upperBound, by: width) {
            await #expect(throws: Never.self, "seed \(seed)") {
              try await Self.live(through: seed)
            }
          }
        }
      }
    }
  }

  private static func live(through seed: Int) async throws {
    var simulation = try await Simulation(seed: UInt64(seed))
    for _ in 1...Simulation.stepCount { try await simulation.step() }
    try await simulation.settle()
    try await simulation.check("seed \(seed)")
    try await simulation.checkOrder("seed \(seed)")
  }
}

/// One group's life: two libraries, whose machines fail, come back as they were and are replaced,
/// which share more or less, and a host that is restored now and then, whose coordinator releases
/// what was kept aside.
private struct Simulation {
  static let stepCount = 14

  private var generator: SeededGenerator
  private var host: HostFixture
  private var hostBackup: HostBackup
  private var sites: [Site]
  private let shelf = BatchShelf()

  /// One library's place: its machine, and what was kept of its disk.
  private struct Site {
    let maker: FactMaker
    var machine: Machine
    var backup: Machine
    /// A copy of the disk that somebody has put into another machine.
    var clone: Machine?
    let clock: TestClock
  }

  init(seed: UInt64) async throws {
    generator = SeededGenerator(seed: seed)
    host = try HostFixture(inMemory: true)
    sites = []
    for library in ["TT", "TT1"] {
      let (clock, maker) = (TestClock(), try FactMaker(library))
      let machine = try Machine(library, clock: clock, inMemory: true)
      try await machine.record([maker.description()])
      for serial in 1...3 { try await machine.record([maker.registration(maker.item(serial))]) }
      try await machine.enrol(at: host)
      sites.append(
        Site(
          maker: maker, machine: machine,
          backup: try Machine(copyOf: machine, clock: clock, inMemory: true), clock: clock))
    }
    hostBackup = try host.backup(inMemory: true)
  }

  /// One thing that happens at one place.
  mutating func step() async throws {
    let index = Int.random(in: 0..<sites.count, using: &generator)
    sites[index].clock.jump(using: &generator)
    switch Int.random(in: 0..<22, using: &generator) {
    case 0..<8: try await record(at: index)
    case 8..<14: try await pass(sites[index].machine)
    case 14: sites[index].backup = try copy(of: sites[index].machine, at: index)
    case 15: sites[index].machine = try copy(of: sites[index].backup, at: index)
    case 16: sites[index].clone = try copy(of: sites[index].machine, at: index)
    case 17: if let clone = sites[index].clone { try await pass(clone) }
    case 18: try await rotateKey(at: index)
    case 19: try await decideOnKeptAside()
    case 20: try await changeMember(sites[index].maker.library)
    default: try moveHost()
    }
  }

  private func copy(of machine: Machine, at index: Int) throws -> Machine {
    try Machine(copyOf: machine, clock: sites[index].clock, inMemory: true)
  }

  private mutating func record(at index: Int) async throws {
    let site = sites[index]
    let items = try sites.flatMap { site in try (1...3).map { try site.maker.item($0) } }
    let count = Int.random(in: 1...3, using: &generator)
    let facts = site.maker.randomFacts(count, about: items, using: &generator)
    let usesClone = site.clone != nil && Bool.random(using: &generator)
    try await (usesClone ? site.clone : site.machine)?.record(facts)
  }

  /// A pass over a link that drops, doubles, repeats and cuts; that it fails is no failure.
  private mutating func pass(_ machine: Machine) async throws {
    let link = HostileLink(
      KeepingLink(RegistryLink(host), on: shelf), seed: generator.next())
    _ = try? await machine.pass(over: link, pinning: host.registry.verifyingKey)
  }

  private func rotateKey(at index: Int) async throws {
    let machine = sites[index].machine
    _ = try await KeyRotation(journal: machine.journal, keys: machine.keys).rotate()
  }

  /// Releases what was kept aside of some machine up to one of its events, or lets it lie.
  private mutating func decideOnKeptAside() async throws {
    let runs = try await host.registry.quarantineRuns(limit: 20)
    guard let run = runs.randomElement(using: &generator) else { return }
    let leaf = try await host.registry.quarantineLeaf(
      of: run.station, epoch: run.epoch, limit: 100)
    guard let last = leaf.events.randomElement(using: &generator)?.event else { return }
    if Int.random(in: 0..<4, using: &generator) == 0 {
      _ = try await host.registry.leaveAside(
        run.station, epoch: run.epoch, from: last.event.sequence, because: "máy thử", by: "a")
      return
    }
    do {
      _ = try await host.registry.release(
        run.station,
        through: Position(epoch: run.epoch, sequence: last.event.sequence, hash: last.hash),
        because: "máy thật", by: "a")
    } catch is QuarantineError {
      // It follows nothing, or the machine has sent it again.
    }
  }

  /// A library shares more or less, or leaves the group.
  private mutating func changeMember(_ library: LibraryCode) async throws {
    let shares = SharedThing.allCases.filter { _ in Bool.random(using: &generator) }
    try await host.registry.setMember(
      MemberChange(
        library: library, name: "Trường \(library)", shares: Set(shares), audience: .group))
    guard Int.random(in: 0..<4, using: &generator) == 0 else { return }
    try await host.registry.memberLeaves(library)
  }

  /// Keeps a backup of the host, or goes back to the last one.
  private mutating func moveHost() throws {
    if Bool.random(using: &generator) {
      hostBackup = try host.backup(inMemory: true)
    } else {
      host = try HostFixture(restoring: hostBackup, inMemory: true)
    }
  }

  /// Everything works again: each machine that is still in use says all it has to say, by itself or
  /// with one command.
  mutating func settle() async throws {
    for index in sites.indices {
      if let clone = sites[index].clone { try await finish(clone) }
      try await finish(sites[index].machine)
    }
    // What one has said last, the others hear with their next pass, which tells their own keys too.
    for _ in 1...2 {
      for site in sites { try await passSafely(site.machine) }
    }
  }

  private func finish(_ machine: Machine) async throws {
    do {
      try await passSafely(machine)
    } catch let error as UplinkError where !error.isTemporary {
      try await machine.enrol(at: host)
      try await passSafely(machine)
    }
  }

  private func passSafely(_ machine: Machine) async throws {
    _ = try await machine.pass(
      over: KeepingLink(RegistryLink(host), on: shelf), pinning: host.registry.verifyingKey)
  }

  func check(_ seed: String) async throws {
    let atHost = try await host.operations()
    #expect(Set(atHost).count == atHost.count, "\(seed): an act was applied twice")
    #expect(try await host.registry.verify().problems == [], "\(seed)")
    for site in sites {
      let machines = [site.clone, site.machine].compactMap(\.self)
      for machine in machines {
        let acts = try await machine.journal.operations()
        #expect(Set(acts).isSubset(of: atHost), "\(seed): an act is missing at the host")
        #expect(Set(acts).count == acts.count, "\(seed): an act is told twice")
        #expect(try await machine.journal.verify().problems == [], "\(seed)")
      }
      #expect(try await site.machine.journal.pendingCount() == 0, "\(seed)")
      let ours = try await host.acts(of: site.machine.journal.station)
      #expect(try await Set(site.machine.journal.operations()) == ours, "\(seed): not converged")
    }
    for site in sites {
      let told = try await host.told(at: site.maker.library)
      #expect(try await site.machine.told() == told, "\(seed): told something else")
    }
    #expect(try await host.itemsByBalance() == host.itemsCounted(), "\(seed): an item is gone")
  }

  /// The same batches in any other order come to the same books.
  mutating func checkOrder(_ seed: String) async throws {
    var redelivery = try Redelivery(of: shelf.batches, at: host)
    let other = try await redelivery.run(using: &generator)
    let (ours, others) = (
      try await BooksOutcome(of: host), try await BooksOutcome(of: other)
    )
    #expect(ours == others, "\(seed): another order gave another outcome")
    #expect(try await other.registry.verify().problems == [], "\(seed)")
    let counted = try await other.itemsCounted()
    #expect(try await other.itemsByBalance() == counted, "\(seed): an item is gone")
    #expect(
      try await host.itemsCounted()[.outside] == counted[.outside],
      "\(seed): an item is gone in another order")
  }
}

extension HostFixture {
  /// How many items each place has by the books, where it has any; what came from outside counts
  /// below zero.
  fileprivate func itemsByBalance() async throws -> [Place: Int] {
    try await registry.overview().balances.filter { $0.value != 0 }
  }

  /// The same, counted item by item.
  fileprivate func itemsCounted() async throws -> [Place: Int] {
    var counted = try await store.read { try $0.countedItems() }
    let all = counted.values.reduce(0, +)
    if all > 0 { counted[.outside] = -all }
    return counted
  }
}

/// A link that drops requests and answers, sends twice, and brings old requests again.
private final class HostileLink: HostLink {
  private struct State {
    var generator: SeededGenerator
    var earlier: [(bytes: [UInt8], mediaType: String, path: String)] = []
  }

  private let link: any HostLink
  private let state: Mutex<State>

  init(_ link: any HostLink, seed: UInt64) {
    self.link = link
    state = Mutex(State(generator: SeededGenerator(seed: seed)))
  }

  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes limit: Int
  ) async throws(UplinkError) -> HostAnswer {
    let (fate, old) = state.withLock { state in
      let old = state.earlier.randomElement(using: &state.generator)
      state.earlier.append((bytes, mediaType, path))
      return (Int.random(in: 0..<8, using: &state.generator), old)
    }
    if fate == 0 { throw .unreachable(.brokenOff("dropped")) }
    if fate == 1, let old {
      _ = try await link.post(
        old.bytes, as: old.mediaType, to: old.path, answerLimitBytes: limit)
    }
    if fate == 2 {
      _ = try await link.post(bytes, as: mediaType, to: path, answerLimitBytes: limit)
    }
    if fate == 3 {
      // Half of it comes, or one bit of it is another.
      let half = Array(bytes.prefix(bytes.count / 2))
      _ = try await link.post(half, as: mediaType, to: path, answerLimitBytes: limit)
      throw .unreachable(.brokenOff("cut"))
    }
    let answer = try await link.post(bytes, as: mediaType, to: path, answerLimitBytes: limit)
    if fate == 4 { throw .unreachable(.brokenOff("the answer was lost")) }
    return answer
  }
}

extension TestClock {
  /// Goes on, or is set to some other time, back or forth.
  fileprivate func jump(using generator: inout SeededGenerator) {
    if Int.random(in: 0..<10, using: &generator) == 0 {
      setWall(milliseconds: Int64.random(in: 0..<2_000_000_000_000, using: &generator))
    } else {
      advance(milliseconds: Int64.random(in: 1_000..<100_000, using: &generator))
    }
  }
}
