import Circulation
import Exchange
import Labels
import Ledger
import Rotation

/// What a sum of a term hangs on: where each station's events end, and what else is asked.
///
/// Two sums of the same state are the same.
struct TermState: Hashable, Sendable {
  let term: Term
  /// Today, by the host's clock.
  let day: SchoolDay
  private let stations: [Mark]
  private let policy: Int64
  private let keys: [LibraryCode: [VerifyingKey]]
  private let contactCount: Int

  private struct Mark: Hashable, Sendable {
    let station: StationID
    let cursor: Position
    let closing: EpochClosing?
  }

  init(of term: Term, on day: SchoolDay, in books: any RegistryReader) throws {
    self.term = term
    self.day = day
    stations = try books.enrolments().map {
      Mark(station: $0.enrolment.station, cursor: $0.cursor, closing: $0.closing)
    }
    policy = try books.policies(limit: 1).first?.number ?? 0
    keys = try books.slipKeys()
    contactCount = try books.contactCount()
  }
}

/// Sums of terms that several readers share: each is added up once, however many ask at a time, and
/// the last ones stay until something new comes.
///
/// A sum may be newer than the state that it was asked for, never older.
actor SharedSums {
  /// Sums that are kept: each may list some ten thousand items.
  private static let mostFinished = 2
  /// Sums that are added up at a time; who asks for one more waits.
  private static let mostRunning = 2

  private var running: [TermState: Task<GroupReconciliation, any Error>] = [:]
  private var finished: [(state: TermState, group: GroupReconciliation)] = []

  /// The sum of a state, added up where nobody has done so or is about to.
  ///
  /// `kept` is the hash of the group's closing that the books have: a sum that was finished before
  /// another process kept it is added up anew. Whoever goes away leaves the sum to the others.
  func sum(
    of state: TermState, keeping kept: StatementHash?,
    adding: @escaping @Sendable @concurrent () async throws -> GroupReconciliation
  ) async throws -> GroupReconciliation {
    while true {
      if let done = finished.first(where: { $0.state == state })?.group,
        kept == nil || done.closing?.hash == kept
      {
        return done
      }
      if let task = running[state] { return try await task.value }
      guard running.count >= Self.mostRunning, let other = running.values.first else { break }
      _ = await other.result
    }
    let task = Task { try await adding() }
    running[state] = task
    defer { running[state] = nil }
    let group = try await task.value
    if group.closingObstacle != .notKept { remember(group, of: state) }
    return group
  }

  private func remember(_ group: GroupReconciliation, of state: TermState) {
    finished.removeAll { $0.state.term == state.term }
    finished.append((state, group))
    if finished.count > Self.mostFinished { finished.removeFirst() }
  }
}
