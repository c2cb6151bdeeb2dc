import Circulation
package import Labels
import Ledger
package import Registry
import Rotation
import Synchronization

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

/// A host's books on a disk that may be full; it counts how often they are read.
package final class WatchedStore: RegistryStore {
  private let store: any RegistryStore
  private let state = Mutex((reads: 0, isFull: false))

  package init(_ store: any RegistryStore) {
    self.store = store
  }

  package var reads: Int { state.withLock(\.reads) }

  package var isFull: Bool {
    get { state.withLock(\.isFull) }
    set { state.withLock { $0.isFull = newValue } }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryReader) throws -> Value
  ) async throws -> Value {
    state.withLock { $0.reads += 1 }
    return try await store.read(body)
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryTransaction) throws -> Value
  ) async throws -> Value {
    if isFull { throw RegistryError.diskFull }
    return try await store.write(body)
  }

  package func close() throws { try store.close() }
}
