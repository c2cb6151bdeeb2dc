import Circulation
import Exchange
import Labels
import Ledger
import Rotation

/// The group's closings and the keys under statements, in both databases.
extension CommonSQL {
  func groupClosing(of term: Term) throws -> GroupClosing? {
    try rows(
      "SELECT hash, kept, text FROM group_closings WHERE year = $1 AND semester = $2",
      [.int(term.year.start), .int(term.semester)]
    ) { row in
      guard let hash = StatementHash(bytes: row.blob(0) ?? []) else {
        throw RegistryError.damaged("table group_closings")
      }
      return GroupClosing(
        term: term, text: row.string(2), hash: hash, keptMilliseconds: row.int64(1))
    }.first
  }

  func groupClosingHash(of term: Term) throws -> StatementHash? {
    try rows(
      "SELECT hash FROM group_closings WHERE year = $1 AND semester = $2",
      [.int(term.year.start), .int(term.semester)]
    ) { StatementHash(bytes: $0.blob(0) ?? []) }.first ?? nil
  }

  func groupClosingTerms() throws -> [Term] {
    try rows("SELECT year, semester FROM group_closings ORDER BY year, semester", []) { row in
      guard
        let term = Term(
          year: SchoolYear(start: Int(row.int64(0))), semester: Int(row.int64(1)))
      else { throw RegistryError.damaged("table group_closings") }
      return term
    }
  }

  func save(_ closing: GroupClosing) throws {
    try run(
      """
      INSERT INTO group_closings (year, semester, hash, kept, text) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING
      """,
      [
        .int(closing.term.year.start), .int(closing.term.semester), .blob(closing.hash.bytes),
        .integer(closing.keptMilliseconds), .text(closing.text),
      ])
  }

  /// The keys that each library was last known to sign with, as many as a keyring takes.
  func slipKeys() throws -> [LibraryCode: [VerifyingKey]] {
    let keys = try rows(
      "SELECT library, key FROM slip_keys ORDER BY library, noted DESC, key", []
    ) { row in
      guard let library = try? LibraryCode(row.string(0)),
        let key = try? VerifyingKey(bytes: row.blob(1) ?? [])
      else { throw RegistryError.damaged("table slip_keys") }
      return (library, key)
    }
    return Dictionary(grouping: keys, by: \.0).mapValues {
      $0.prefix(SlipKeyring.mostKeysOfLibrary).map(\.1)
    }
  }

  /// Keeps a library's key; of more than a keyring takes, those that were noted first give way.
  func note(
    slipKey key: [UInt8], of library: LibraryCode, atMilliseconds now: Int64
  ) throws {
    try run(
      """
      INSERT INTO slip_keys (library, key, noted) VALUES ($1, $2, $3)
      ON CONFLICT (library, key) DO UPDATE SET noted = excluded.noted
      """, [.text(library.text), .blob(key), .integer(now)])
    let keys = try rows(
      "SELECT key FROM slip_keys WHERE library = $1 ORDER BY noted DESC, key",
      [.text(library.text)]
    ) { $0.blob(0) ?? [] }
    for key in keys.dropFirst(SlipKeyring.mostKeysOfLibrary) {
      try run(
        "DELETE FROM slip_keys WHERE library = $1 AND key = $2",
        [.text(library.text), .blob(key)])
    }
  }
}
