import Circulation
import FoundationEssentials
import GRDB
import Labels
import Ledger
import Rotation

/// What the facts of terms leave in the tables.
extension Projection {
  func note(_ fact: TermFact, of event: Event) throws {
    switch fact {
    case .closed(let closing):
      try save(
        ClosedTerm(
          closing: closing, mark: EventMark(event),
          wallMilliseconds: event.moment.wallMilliseconds))
    case .part(let part): try save(part)
    case .countersigned(let signature): try save(signature)
    }
  }

  func save(_ closed: ClosedTerm) throws {
    let closing = closed.closing
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO term_closings
          (hash, year, semester, parts, signature, epoch, sequence, closed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      Data(closing.hash.bytes), closing.term.year.start, closing.term.semester, closing.parts,
      Data(closing.signature), closed.mark.epoch.number, closed.mark.sequence,
      closed.wallMilliseconds,
    ])
  }

  func save(_ part: StatementPart) throws {
    try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO statement_parts (hash, number, text) VALUES (?, ?, ?)"
    ).execute(arguments: [Data(part.hash.bytes), part.number, part.text])
  }

  func save(_ signature: Countersignature) throws {
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO statement_signatures (hash, library, signature, exceptions)
        VALUES (?, ?, ?, ?)
        """
    ).execute(arguments: [
      Data(signature.hash.bytes), signature.library.text, Data(signature.signature),
      signature.exceptions.map(\.text).joined(separator: " "),
    ])
  }
}

/// The tables of closed terms, read back into the ledger's terms.
enum TermRow {
  static func closed(_ row: Row) throws -> ClosedTerm {
    guard let hash = StatementHash(bytes: row["hash"] as Data), let epoch = Epoch(row["epoch"]),
      let term = Term(year: SchoolYear(start: row["year"]), semester: row["semester"])
    else { throw JournalError.damaged("table term_closings") }
    return ClosedTerm(
      closing: TermClosing(
        term: term, hash: hash, parts: row["parts"], signature: Array(row["signature"] as Data)),
      mark: EventMark(epoch: epoch, sequence: row["sequence"]), wallMilliseconds: row["closed"])
  }

  static func signature(_ row: Row) throws -> Countersignature {
    let exceptions = try (row["exceptions"] as String).split(separator: " ")
      .map { try ItemID($0) }
    guard let hash = StatementHash(bytes: row["hash"] as Data) else {
      throw JournalError.damaged("table statement_signatures")
    }
    return Countersignature(
      hash: hash, library: try LibraryCode(row["library"] as String),
      signature: Array(row["signature"] as Data), exceptions: exceptions)
  }

  static func part(_ row: Row) throws -> StatementPart {
    guard let hash = StatementHash(bytes: row["hash"] as Data) else {
      throw JournalError.damaged("table statement_parts")
    }
    return StatementPart(hash: hash, number: row["number"], text: row["text"])
  }
}
