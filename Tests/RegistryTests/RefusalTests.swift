import Exchange
import Ledger
import Registry
import TestSupport
import Testing

@Suite("Refusing batches")
struct RefusalTests {
  private let maker: FactMaker
  private let chain: StationChain

  init() throws {
    maker = try FactMaker("TT1")
    var chain = try StationChain(of: "TT1")
    let item = try maker.item(1)
    chain.record([
      maker.registration(item), maker.checkout(item), maker.checkin(item), maker.checkout(item),
      maker.checkin(item), maker.reading(3),
    ])
    self.chain = chain
  }

  /// Expects that a batch is refused and that no table changes; a fork is noted for somebody.
  private func expect(
    _ refusal: ExchangeError, of bytes: [UInt8], at host: HostFixture
  ) async throws {
    var before = try HostStore.rows(of: host)
    await #expect(throws: refusal) { try await host.registry.apply(bytes) }
    var after = try HostStore.rows(of: host)
    if case .fork = refusal {
      (before["conflicts"], after["conflicts"]) = (nil, nil)
      #expect(try await host.registry.overview().conflicts.map(\.kind) == [.chainFork])
    }
    #expect(after == before)
  }

  @Test(
    "names the expected position when events are missing in between", arguments: StoreKind.allCases)
  func gap(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    try await expect(.gap(expected: chain.positions[0]), of: chain.sealed(2..<4), at: host)
    _ = try await host.registry.apply(chain.sealed(0..<2))
    try await expect(.gap(expected: chain.positions[2]), of: chain.sealed(3..<6), at: host)
    #expect(try await host.cursor(of: chain) == chain.positions[2])
  }

  @Test(
    "names the first number under which a restored disk has another event",
    arguments: StoreKind.allCases)
  func fork(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    var other = try StationChain(of: "TT1", key: chain.key)
    for event in chain.events[..<3] { other.append(event) }
    other.record((1...5).map { maker.reading($0) })
    for offsets in [0..<8, 3..<8, 3..<4, 2..<5] {
      try await expect(.fork(ours: chain.positions[4]), of: other.sealed(offsets), at: host)
    }
    // What both have in common is still acknowledged.
    #expect(try await host.registry.apply(other.sealed(0..<3)).receipt.knownCount == 3)
  }

  @Test("refuses a batch that begins on a hash of another history", arguments: StoreKind.allCases)
  func forkAtStart(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    var other = try StationChain(of: "TT1", key: chain.key)
    other.record((1...9).map { maker.reading($0) })
    try await expect(.fork(ours: chain.positions[6]), of: other.sealed(6..<9), at: host)
  }

  @Test("refuses a station that nobody enrolled", arguments: StoreKind.allCases)
  func unknownStation(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await expect(.unknownStation(chain.station), of: chain.sealed(), at: host)
  }

  @Test(
    "refuses another epoch of an enrolled station, and names the one it knows",
    arguments: StoreKind.allCases)
  func wrongEpoch(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    var later = try StationChain(of: "TT1", epoch: try #require(Epoch(2)), key: chain.key)
    later.record([maker.reading(1)])
    try await expect(.wrongEpoch(expected: chain.positions[0]), of: later.sealed(), at: host)
  }

  @Test("takes each epoch of a station's life once it is enrolled", arguments: StoreKind.allCases)
  func laterEpoch(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    var later = try StationChain(of: "TT1", epoch: try #require(Epoch(2)))
    later.record([maker.reading(1)])
    try await host.enrol(later)
    #expect(try await host.registry.apply(later.sealed()).receipt.newCount == 1)
    #expect(try await host.registry.apply(chain.sealed()).receipt.knownCount == 6)
    #expect(try await host.cursor(of: later) == later.positions[1])
    #expect(try await host.registry.verify().problems == [])
  }

  @Test("refuses a batch that another key signed", arguments: StoreKind.allCases)
  func otherKey(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    try await expect(.badSignature, of: chain.batch().sealed(with: SigningKey()), at: host)
  }

  @Test(
    "keeps to the key that was pinned first, and takes a library's new name",
    arguments: StoreKind.allCases)
  func enrolledWithAnotherKey(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    _ = try await host.registry.apply(chain.sealed())
    let stranger = Enrolment(
      station: chain.station, libraryName: "x", key: SigningKey().verifyingKey)
    await #expect(throws: RegistryError.enrolledWithAnotherKey(chain.station)) {
      try await host.registry.enrol(stranger)
    }
    try await host.registry.enrol(
      Enrolment(station: chain.station, libraryName: "Tân Tập 1", key: chain.key.verifyingKey))
    let station = try #require(try await host.registry.overview().stations.first)
    #expect(station.enrolment.libraryName == "Tân Tập 1")
    #expect(station.cursor == chain.positions[6])
  }

  @Test("refuses events of another station, whoever signed them", arguments: StoreKind.allCases)
  func eventOfAnother(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    var other = try StationChain(of: "TT")
    other.record([try FactMaker("TT").reading(1)])
    let batch = try Batch(
      station: chain.station, start: chain.positions[0], events: [other.events[0][...]])
    try await expect(.eventOfAnother(sequence: 1), of: batch.sealed(with: chain.key), at: host)
  }

  @Test(
    "applies nothing of a batch in which one event can't be read", arguments: StoreKind.allCases)
  func unreadable(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    var chain = chain
    chain.append([0xF6])
    try await expect(.unreadableEvent(sequence: 7, .wrongType), of: chain.sealed(), at: host)
  }

  @Test("applies nothing of a batch that is cut short at any length", arguments: StoreKind.allCases)
  func truncation(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    let bytes = try chain.sealed(0..<3)
    let before = try HostStore.rows(of: host)
    for length in bytes.indices {
      await #expect(throws: ExchangeError.self, "\(length)") {
        try await host.registry.apply(Array(bytes[..<length]))
      }
    }
    #expect(try HostStore.rows(of: host) == before)
  }

  @Test("applies nothing of a batch in which any one bit is flipped", arguments: StoreKind.allCases)
  func bitFlips(kind: StoreKind) async throws {
    let host = try await HostFixture(kind)
    try await host.enrol(chain)
    let bytes = try chain.sealed(0..<3)
    let before = try HostStore.rows(of: host)
    for bit in 0..<(bytes.count * 8) {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      await #expect(throws: ExchangeError.self, "bit \(bit)") {
        try await host.registry.apply(changed)
      }
    }
    #expect(try HostStore.rows(of: host) == before)
    #expect(try await host.registry.apply(bytes).receipt.newCount == 3)
  }
}
