package import Circulation
import FoundationEssentials
import GRDB
import Labels
package import Ledger
import Storage

/// A patron with the name in the clear, for the librarian's eyes.
package struct NamedPatron: Hashable, Sendable {
  package let patron: Patron
  package let name: String
}

extension JournalView {
  /// All pupils of a class, in the order of class lists.
  package func pupils(of schoolClass: SchoolClass) throws -> [NamedPatron] {
    try namedPatrons(where: "class = ?") { $0.bind(schoolClass.text) }
  }

  /// Everybody whose card the station knows, in the order of class lists.
  package func everybody() throws -> [NamedPatron] {
    try namedPatrons(where: "TRUE") { _ in }
  }

  private func namedPatrons(
    where condition: String, binding bind: (inout BoundValues) -> Void
  ) throws -> [NamedPatron] {
    let select = try BoundStatement(
      database, sql: "SELECT \(PatronRow.columns), name FROM patrons WHERE \(condition)")
    let keyed = try select.all(bind) { row in
      let patron = try PatronRow.patron(row)
      let sealed = Data(row.blob(3) ?? [])
      let name = vault.open(sealed, boundTo: patron.card.text) ?? ""
      return (key: VietnameseOrder.nameKey(name), named: NamedPatron(patron: patron, name: name))
    }
    let sorted = keyed.sorted { one, other in
      one.key == other.key
        ? one.named.patron.card.text < other.named.patron.card.text
        : one.key.lexicographicallyPrecedes(other.key)
    }
    return sorted.map(\.named)
  }

  /// The titles that a patron has on loan.
  package func titles(onLoanTo patron: Patron) throws -> Set<RecordID> {
    let select = try database.cachedStatement(
      sql: """
        SELECT record FROM items
        WHERE borrower IN (SELECT commitment FROM salts WHERE card = ?)
        """)
    return Set(
      try String.fetchAll(select, arguments: [patron.card.text]).compactMap { RecordID($0) })
  }

  /// Sets of titles that are handed out, in order of their identifiers.
  package func titleSets() throws -> [TitleSet] {
    try String.fetchAll(database, sql: "SELECT content FROM title_sets ORDER BY id").map {
      try JSONDecoder().decode(TitleSet.self, from: Data($0.utf8))
    }
  }

  /// Readings in the library on a day, by class and kind.
  package func readingCounts(on day: SchoolDay) throws -> [ReadingKey: Int] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT class, kind, readings FROM readings WHERE day = ?",
      arguments: [day.number])
    return rows.reduce(into: [:]) { counts, row in
      guard let kind = MaterialKind(rawValue: row["kind"]) else { return }
      let key = ReadingKey(
        day: day, schoolClass: SchoolClass(row["class"] as String), kind: kind)
      counts[key] = row["readings"]
    }
  }
}

extension JournalTransaction {
  /// Keeps a set of titles; one with the same identifier is replaced.
  package func save(_ set: TitleSet) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO title_sets (id, content) VALUES (?, ?)",
      arguments: [set.id, String(decoding: try JSONEncoder().encode(set), as: UTF8.self)])
  }

  package func removeTitleSet(_ id: String) throws {
    try database.execute(sql: "DELETE FROM title_sets WHERE id = ?", arguments: [id])
  }
}
