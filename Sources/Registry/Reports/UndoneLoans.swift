import Circulation
import Labels
import Ledger

/// An act that was taken back, and what the books knew of its item before.
struct TakenBack {
  /// The event that takes it back.
  let event: EventReference
  /// The operation of the act.
  let operation: OperationID
  /// The event that had last acted on the item.
  let last: EventReference?
}

enum UndoLimits {
  /// Events of an epoch in which the act that was taken back is looked for, from the last one back.
  static let eventsBack: Int64 = 20_000
}

extension RegistryTransaction {
  /// Loans of a run of events by what they are counted under, less those that were taken back.
  ///
  /// One that was taken back twice is counted down once. A loan whose event is not among the
  /// station's last ones stays counted; no desk takes back what lies so far behind.
  func netLoans(of effects: BatchEffects) throws -> [LoanKey: Int] {
    var loans = effects.loans
    for undone in effects.takenBack {
      guard let checkout = try checkout(undone, in: effects),
        case .checkout(let fact) = checkout.fact,
        try noteUndoneLoan(undone.operation, of: undone.event.station)
      else { continue }
      let loan = try BatchEffects.Loan(checkout, fact, of: record(of: fact.move.item))
      loans[loan, default: 0] -= 1
    }
    return try keyed(loans)
  }

  private func record(of item: ItemID) throws -> RecordID? {
    try holdings(of: [item])[0]?.holding.record
  }

  /// The event of an act that was taken back, where it was a loan.
  private func checkout(_ undone: TakenBack, in effects: BatchEffects) throws -> Event? {
    if let event = effects.checkouts[undone.operation] { return event }
    if let last = try undone.last.flatMap({ try event($0) }), last.operation == undone.operation {
      return last
    }
    var epoch: Epoch? = undone.event.epoch
    while let current = epoch {
      let found = try event(of: undone.operation, by: undone.event.station, in: current)
      if let found { return found }
      epoch = Epoch(current.number - 1)
    }
    return nil
  }

  private func event(
    of operation: OperationID, by name: StationID, in epoch: Epoch
  ) throws -> Event? {
    guard let end = try station(name, epoch: epoch)?.cursor.sequence else { return nil }
    var found: Event?
    try forEachEvent(
      of: name, epoch: epoch, after: max(0, end - UndoLimits.eventsBack)
    ) { stored in
      guard let event = try? Event(encoded: stored.bytes), event.operation == operation else {
        return true
      }
      found = event
      return false
    }
    return found
  }

  /// Loans under the kind of what was lent.
  private func keyed(_ loans: [BatchEffects.Loan: Int]) throws -> [LoanKey: Int] {
    guard !loans.isEmpty else { return [:] }
    let kinds = try kinds(of: Array(Set(loans.keys.compactMap(\.record))))
    return loans.reduce(into: [:]) { sums, loan in
      let key = LoanKey(
        day: loan.key.day, schoolClass: loan.key.schoolClass,
        kind: loan.key.kind ?? loan.key.record.flatMap { kinds[$0] })
      sums[key, default: 0] += loan.value
    }
  }
}

/// Counting loans down, the same in both databases.
extension CommonSQL {
  /// Notes that a loan was taken back; `false` where that was noted before.
  func noteUndoneLoan(_ operation: OperationID, of station: StationID) throws -> Bool {
    try !rows(
      """
      INSERT INTO undone_loans (station, operation) VALUES ($1, $2)
      ON CONFLICT (station, operation) DO NOTHING RETURNING station
      """, [.text(station.text), .blob(operation.bytes)]
    ) { _ in }.isEmpty
  }

  /// Counts loans down; where their title has been described since, under no kind.
  func takeLoans(_ count: Int, from key: LoanKey, at library: LibraryCode) throws {
    var left = Int64(count)
    for kind in [key.kind?.rawValue ?? "", ""] where left > 0 {
      let row: [SQLValue] = [
        .text(library.text), .int(key.day.number), .text(key.schoolClass?.text ?? ""),
        .text(kind),
      ]
      let condition = "WHERE library = $1 AND day = $2 AND class = $3 AND kind = $4"
      let counted = try number("SELECT loans FROM loans \(condition)", row)
      let taken = min(counted, left)
      left -= taken
      if taken == counted {
        try run("DELETE FROM loans \(condition)", row)
      } else {
        try run(
          """
          UPDATE loans SET loans = loans - $1
          WHERE library = $2 AND day = $3 AND class = $4 AND kind = $5
          """, [.integer(taken)] + row)
      }
    }
  }

  func clearLoans() throws {
    try run("DELETE FROM loans", [])
    try run("DELETE FROM undone_loans", [])
  }
}

extension RegistryTransaction {
  /// Tells of slips and decisions that were never told of: for books that were kept by a version
  /// that told of none.
  func catchUp() throws {
    try forEachEventOfAll { event in
      switch event.fact {
      case .box(.sealed(let slip)), .box(.slipRead(let slip)): try publish([.slip(slip)])
      default: break
      }
    }
    let decisions = try lastDecisions()
    try save(
      decisions.map { RankedFeedEntry(entry: FeedEntry(name: $0.key, value: $0.value), rank: 0) })
  }

  /// Counts all loans anew: for books of a version that counted them otherwise, or not at all.
  func recountLoans() throws {
    try clearLoans()
    var undone: [StationID: Set<OperationID>] = [:]
    try forEachEventOfAll { event in
      if case .undone(let undo) = event.fact {
        undone[event.station, default: []].insert(undo.operation)
      }
    }
    var loans: [LibraryCode: [BatchEffects.Loan: Int]] = [:]
    try forEachEventOfAll { event in
      guard case .checkout(let checkout) = event.fact else { return }
      guard undone[event.station]?.contains(event.operation) != true else {
        _ = try noteUndoneLoan(event.operation, of: event.station)
        return
      }
      let loan = try BatchEffects.Loan(event, checkout, of: record(of: checkout.move.item))
      loans[event.station.library, default: [:]][loan, default: 0] += 1
    }
    for (library, counts) in loans { try count(try keyed(counts), at: library) }
  }

  /// Passes over all events that count, station by station; those that this version can't read are
  /// the verifier's to name.
  func forEachEventOfAll(_ body: (Event) throws -> Void) throws {
    for station in try enrolments() {
      let (name, epoch) = (station.enrolment.station, station.enrolment.epoch)
      // What was sent again under another key counts where it was released.
      let released = try releasedOperations(of: name, besides: epoch)
      try forEachEvent(of: name, epoch: epoch, after: 0) { stored in
        if let event = try? Event(encoded: stored.bytes), !released.contains(event.operation) {
          try body(event)
        }
        return true
      }
    }
  }
}
