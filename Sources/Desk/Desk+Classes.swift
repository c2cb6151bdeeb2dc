package import Circulation
package import Journal
import Labels
package import Ledger

/// A pupil of a class on the librarian's screen.
package struct RosterEntry: Hashable, Sendable {
  package let patron: Patron
  package let name: String
  package let loanCount: Int
  package let overdueCount: Int
  /// Titles of the set that is handed out that the pupil still needs; empty without a set.
  package let missing: [BibliographicRecord]
}

extension Desk {
  /// A class in the order of its list, with what each pupil has and still needs of a set.
  ///
  /// - Throws: `DeskError` where there is no such class or set.
  package func roster(of classText: String, set id: String? = nil) async throws -> [RosterEntry] {
    guard let schoolClass = SchoolClass(classText) else { throw DeskError.badClass(classText) }
    let today = today
    return try await journal.read { view in
      let set = try id.map { try Self.set($0, in: view) }
      return try view.pupils(of: schoolClass).map { pupil in
        let loans = try view.loans(of: pupil.patron.card)
        let missing = try set.map {
          $0.missing(having: try view.titles(onLoanTo: pupil.patron))
        }
        return RosterEntry(
          patron: pupil.patron, name: pupil.name, loanCount: loans.count,
          overdueCount: loans.count { $0.isOverdue(on: today) },
          missing: try (missing ?? []).compactMap { try view.record($0) })
      }
    }
  }

  /// Everybody whose name has words that begin with the words typed, marks left out or not.
  ///
  /// Names are sealed in the store, so they are opened and compared one by one; a school's two
  /// thousand take some milliseconds.
  package func patrons(matching words: String, limit: Int = 20) async throws -> [NamedPatron] {
    let query = NameQuery(words)
    guard !query.isEmpty else { return [] }
    return try await journal.read { view in
      Array(try view.everybody().lazy.filter { query.matches($0.name) }.prefix(limit))
    }
  }

  private static func set(_ id: String, in view: JournalView) throws -> TitleSet {
    guard let set = try view.titleSets().first(where: { $0.id == id }) else {
      throw DeskError.noSuchSet(id)
    }
    return set
  }

  package func titleSets() async throws -> [(set: TitleSet, titles: [BibliographicRecord])] {
    try await journal.read { view in
      try view.titleSets().map { set in
        (set, try set.records.compactMap { RecordID($0) }.compactMap { try view.record($0) })
      }
    }
  }

  /// Keeps a set of titles; doing so again changes nothing.
  package func save(
    set id: String, name: String, records: [String], as operation: NamedOperation
  ) async throws {
    let ids = records.compactMap { RecordID($0) }
    guard ids.count == records.count, let set = TitleSet(id: id, name: name, records: ids) else {
      throw DeskError.badSet
    }
    try await journal.recordAll(operation) { transaction in
      for id in ids where try transaction.view.record(id) == nil { throw DeskError.badSet }
      try transaction.save(set)
      return []
    } telling: { _, _ in
    }
  }

  /// Forgets a set; the loans that were made of it stay as they are.
  package func remove(set id: String, as operation: NamedOperation) async throws {
    try await journal.recordAll(operation) { transaction in
      try transaction.removeTitleSet(id)
      return []
    } telling: { _, _ in
    }
  }

  /// Readings in the library today, by class and kind.
  package func readingsToday() async throws -> [(key: ReadingKey, count: Int)] {
    let today = today
    return try await journal.read { view in
      try view.readingCounts(on: today).map { (key: $0.key, count: $0.value) }.sorted {
        ($0.key.schoolClass?.text ?? "", $0.key.kind.rawValue)
          < ($1.key.schoolClass?.text ?? "", $1.key.kind.rawValue)
      }
    }
  }
}

/// Words that a name is searched by.
private struct NameQuery: Sendable {
  private let words: [String]

  init(_ text: String) {
    words = VietnameseText.folded(text).split(separator: " ").map(String.init)
  }

  var isEmpty: Bool { words.isEmpty }

  /// Each word typed begins some word of the name.
  func matches(_ name: String) -> Bool {
    let parts = VietnameseText.folded(name).split(separator: " ")
    return words.allSatisfy { word in parts.contains { $0.hasPrefix(word) } }
  }
}
