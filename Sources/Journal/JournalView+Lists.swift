package import Circulation
import FoundationEssentials
import GRDB
package import Labels
import Storage

/// How many pupils of a class move on, and how many of them still have books.
package struct ClassCount: Hashable, Sendable {
  package let schoolClass: SchoolClass
  package let pupils: Int
  package let withLoans: Int
}

extension JournalView {
  /// The highest serial of a library's cards that are given out, replaced ones too; 0 for none.
  package func highestCardSerial(of library: LibraryCode) throws -> Int {
    let cards = try String.fetchAll(
      database,
      sql: """
        SELECT coalesce(max(card), '') FROM patrons WHERE card LIKE ?1
        UNION ALL SELECT coalesce(max(barcode), '') FROM aliases WHERE barcode LIKE ?1
        """,
      arguments: ["P.\(library.text).%"])
    return cards.compactMap { $0.split(separator: ".").last.flatMap { Int($0) } }.max() ?? 0
  }

  /// Whether a card is another one of somebody's, beside the one under which the patron is kept.
  package func isReplacement(_ card: CardNumber) throws -> Bool {
    try patron(card).map { $0.card != card } ?? false
  }

  /// Every title that the station knows.
  package func allRecords() throws -> [BibliographicRecord] {
    let select = try BoundStatement(database, sql: "SELECT \(RecordRow.columns) FROM records")
    return try select.all({ _ in }, read: RecordRow.record)
  }

  /// The classes that have pupils, with how many of them have something on loan.
  package func classCounts() throws -> [ClassCount] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT class, count(*) AS pupils,
          sum(EXISTS (SELECT 1 FROM salts JOIN items ON items.borrower = salts.commitment
            WHERE salts.card = patrons.card)) AS borrowers
        FROM patrons WHERE class IS NOT NULL AND kind = 'pupil' GROUP BY class ORDER BY class
        """
    ).compactMap { row in
      SchoolClass(row["class"] as String).map {
        ClassCount(schoolClass: $0, pupils: row["pupils"], withLoans: row["borrowers"])
      }
    }
  }
}

extension JournalTransaction {
  /// Registers a patron; a card that is known gets the new kind, class and name.
  package func register(_ registration: PatronRegistration) throws {
    try registration.save(in: database, sealedBy: vault)
  }

  /// Moves all pupils of each class at once; those of a class that leads nowhere leave it.
  package func promote(_ steps: [(from: SchoolClass, to: SchoolClass?)]) throws {
    // Later classes first, so that nobody is moved twice.
    for step in steps.sorted(by: { $0.from.grade > $1.from.grade }) {
      try database.execute(
        sql: "UPDATE patrons SET class = ? WHERE class = ? AND kind = 'pupil'",
        arguments: [step.to?.text, step.from.text])
    }
  }

  package func set(_ name: String, to value: String) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", arguments: [name, value])
  }
}
