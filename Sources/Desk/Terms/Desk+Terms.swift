import Circulation
package import Journal
package import Labels
package import Ledger
package import Rotation

/// A term as a page shows it: closed, or as it stands.
package struct TermReport: Sendable {
  /// What was closed, or what would be if the term were closed now.
  package let statement: TermStatement
  package let closed: ClosedTerm?
  /// Other libraries' signatures under the statement, in order.
  package let signatures: [Countersignature]
  /// Libraries without whose word some item is not known of.
  package let waitingFor: [LibraryCode]
  /// Items whose shelf no finished stock-taking of the term went over.
  package let uncounted: Int
  /// Stock-takings of the term that are still open.
  package let openCounts: Int
  /// Items that are in order, though an event moved them from where the books did not have them.
  package let breaks: [TermSum.Line]
  /// What the term before left open and this one settled.
  package let settled: [OpenDifference]
  /// Terms that were closed here, the last one first.
  package let closedTerms: [Term]
}

extension Desk {
  private var termReader: TermReader {
    let settings = settings
    return TermReader(library: library, offsetMinutes: settings.offsetMinutes) {
      settings.calendar(on: $0)
    }
  }

  private func term(_ text: String?) throws(TermRefusal) -> Term? {
    guard let text, !text.isEmpty else { return nil }
    guard let term = Term(text) else { throw .badTerm(text) }
    return term
  }

  /// A term added up; where none is named, the one that would be closed next.
  ///
  /// Reads all of the station's events, so that a large station's takes seconds.
  package func termReport(of text: String?) async throws -> TermReport {
    let (reader, today, asked) = (termReader, today, try term(text))
    let name = journal.libraryName
    return try await journal.read { view in
      let records = try view.termRecords()
      guard let term = asked ?? reader.usualTerm(records, on: today) else {
        throw TermRefusal.badTerm("\(today)")
      }
      let sum = try reader.sum(term, records, in: view)
      return try Self.report(on: sum, records, reader, libraryName: name, today)
    }
  }

  /// Every item of a term, each once under the one heading that it has.
  package func termLines(of text: String?) async throws -> TermSum {
    let (reader, today, asked) = (termReader, today, try term(text))
    return try await journal.read { view in
      let records = try view.termRecords()
      guard let term = asked ?? reader.usualTerm(records, on: today) else {
        throw TermRefusal.badTerm("\(today)")
      }
      return try reader.sum(term, records, in: view)
    }
  }

  private static func report(
    on sum: TermSum, _ records: TermRecords, _ reader: TermReader, libraryName: String,
    _ today: SchoolDay
  ) throws -> TermReport {
    let closed = records.closing(of: sum.term)
    let statement =
      try closed.map { try reader.statement(of: $0, records) }
      ?? sum.statement(libraryName: libraryName, day: today)
    let broken = Set(sum.reconciliation.brokenTrails.map(\.key))
    return TermReport(
      statement: statement, closed: closed,
      signatures: records.signatures.values
        .filter { $0.hash == closed?.closing.hash && $0.library != sum.library }
        .sorted { $0.library < $1.library },
      waitingFor: sum.waitingFor, uncounted: sum.uncounted,
      openCounts: sum.counts.count { !$0.isClosed },
      breaks: sum.lines.enumerated().filter { broken.contains(Int64($0.offset)) }.map(\.element),
      settled: sum.carryOver.settled,
      closedTerms: records.closings.values.map(\.closing.term).sorted(by: >))
  }

  /// Closes a term: freezes its statement under this station's signature.
  ///
  /// What is open is carried over by name. Doing it again under the same name changes nothing.
  /// - Throws: `TermRefusal`, `DeskError.noSlipKey`, `JournalError`. Then nothing has happened.
  package func closeTerm(
    _ text: String, as operation: NamedOperation
  ) async throws -> TermReport {
    guard let term = try term(text) else { throw TermRefusal.badTerm(text) }
    guard let sign = slipSigner?.sign else { throw DeskError.noSlipKey }
    let (reader, today, name) = (termReader, today, journal.libraryName)
    return try await journal.recordAll(operation) { transaction in
      let view = transaction.view
      let records = try view.termRecords()
      try Self.refuseWhenOutOfOrder(term, records)
      let sum = try reader.sum(term, records, in: view)
      try Self.refuseWhenNotCounted(sum)
      let statement = sum.statement(libraryName: name, day: today)
      return try Self.closing(statement, signing: sign)
    } telling: { recorded, view in
      guard case .term(.closed(let closing)) = recorded.first?.event.fact, closing.term == term
      else { throw JournalError.operationReused }
      let records = try view.termRecords()
      let sum = try reader.sum(term, records, in: view)
      return try Self.report(on: sum, records, reader, libraryName: name, today)
    }
  }

  private static func refuseWhenOutOfOrder(
    _ term: Term, _ records: TermRecords
  ) throws(TermRefusal) {
    guard let last = records.last?.closing.term else { return }
    if records.closing(of: term) != nil { throw .alreadyClosed(term) }
    if term < last { throw .beforeLastClosed(term, last: last) }
  }

  private static func refuseWhenNotCounted(_ sum: TermSum) throws(TermRefusal) {
    if sum.counts.contains(where: { !$0.isClosed }) { throw .countNotClosed }
    if sum.uncounted > 0 { throw .notCounted(sum.uncounted) }
  }

  private static func closing(
    _ statement: TermStatement, signing sign: ([UInt8]) throws -> [UInt8]
  ) throws -> [Fact] {
    let text = statement.text
    let hash = StatementHash(of: text)
    guard let parts = StatementPart.parts(of: text, hash: hash) else {
      throw TermRefusal.statementTooLong
    }
    let closing = TermClosing(
      term: statement.term, hash: hash, parts: parts.count,
      signature: try sign(hash.signedBytes(without: [])))
    return [.term(.closed(closing))] + parts.map { .term(.part($0)) }
  }
}
