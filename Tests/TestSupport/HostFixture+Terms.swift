import Circulation
package import Labels
import Ledger
package import Registry
import Rotation

extension HostFixture {
  /// Puts books of a library into the host's tables that it has registered and packed: more than
  /// anybody would send in a test.
  package func sendAway(_ count: Int, of library: LibraryCode) async throws {
    let station = StationID(library: library)
    let box = try BoxNumber(library: library, serial: 1)
    let movements = try (0..<count).flatMap { number in
      let item = try ItemID("\(library).TK.\("\(100_000 + number)".dropFirst())")
      return [Movement.Step.registered, .packed].enumerated().map { act, step in
        Movement(
          item: item, number: act + 1,
          event: EventReference(
            station: station, epoch: .first, sequence: Int64(2 * number + act + 1)),
          wallMilliseconds: Self.nowMilliseconds, step: step, at: library,
          box: step == .packed ? box : nil, record: nil)
      }
    }
    try await store.write { try $0.save(movements) }
  }
}

/// Books that can be opened as often as wanted, and that count how often they are read.
package struct CountingStore: RegistryStore {
  private let store: any RegistryStore
  private let counter = Counter()

  private actor Counter {
    var reads = 0

    func count() { reads += 1 }
  }

  package init(_ store: any RegistryStore) {
    self.store = store
  }

  package var reads: Int { get async { await counter.reads } }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryReader) throws -> Value
  ) async throws -> Value {
    await counter.count()
    return try await store.read(body)
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryTransaction) throws -> Value
  ) async throws -> Value {
    try await store.write(body)
  }

  package func close() throws { try store.close() }
}
