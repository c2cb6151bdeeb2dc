package import Circulation
import FoundationEssentials
import GRDB
package import Labels
package import Ledger

/// What a station knows, read in one consistent state.
package struct JournalView {
  let database: Database
  let vault: NameVault

  /// Rows that one list may have.
  package static let longestList = 100
  /// Words of a search that are looked at.
  package static let mostWords = 8

  package func holding(_ item: ItemID) throws -> Holding? {
    try Projection(database: database).holding(item)
  }

  /// The items that carry an accession number, of whatever library, in order.
  package func holdings(accession: AccessionNumber) throws -> [Holding] {
    let select = try database.cachedStatement(
      sql: "SELECT * FROM items WHERE accession = ? ORDER BY id LIMIT \(Self.longestList)")
    return try Row.fetchAll(select, arguments: [accession.text]).map(ItemRow.holding)
  }

  package func holdings(of record: RecordID) throws -> [Holding] {
    let select = try database.cachedStatement(
      sql: "SELECT * FROM items WHERE record = ? ORDER BY id LIMIT \(Self.longestList)")
    return try Row.fetchAll(select, arguments: [record.text]).map(ItemRow.holding)
  }

  package func record(_ id: RecordID) throws -> BibliographicRecord? {
    let select = try database.cachedStatement(sql: "SELECT * FROM records WHERE id = ?")
    return try Row.fetchOne(select, arguments: [id.text]).map(RecordRow.record)
  }

  package func records(isbn: ISBN) throws -> [BibliographicRecord] {
    let select = try database.cachedStatement(
      sql: "SELECT * FROM records WHERE isbn = ? ORDER BY id LIMIT \(Self.longestList)")
    return try Row.fetchAll(select, arguments: [isbn.text]).map(RecordRow.record)
  }

  /// Titles in which each word typed begins a word of title or author, in order of title.
  package func records(matching words: String, limit: Int) throws -> [BibliographicRecord] {
    let words = VietnameseText.folded(words).split(separator: " ").prefix(Self.mostWords)
    guard !words.isEmpty else { return [] }
    let patterns = words.map { word in
      "% \(word.map { "\\%_".contains($0) ? "\\\($0)" : "\($0)" }.joined())%"
    }
    let condition = patterns.map { _ in "' ' || folded LIKE ? ESCAPE '\\'" }
    let select = try database.cachedStatement(
      sql: """
        SELECT * FROM records WHERE \(condition.joined(separator: " AND "))
        ORDER BY folded LIMIT \(min(limit, Self.longestList))
        """)
    return try Row.fetchAll(select, arguments: StatementArguments(patterns))
      .map(RecordRow.record)
  }

  package func patron(_ card: CardNumber) throws -> Patron? {
    let select = try database.cachedStatement(
      sql: """
        SELECT card, kind, class FROM patrons
        WHERE card = coalesce((SELECT card FROM aliases WHERE barcode = ?1), ?1)
        """)
    return try Row.fetchOne(select, arguments: [card.text]).map(PatronRow.patron)
  }

  /// The patron's name, or `nil` where the patron is unknown or the key is another.
  package func name(of card: CardNumber) throws -> String? {
    let select = try database.cachedStatement(sql: "SELECT name FROM patrons WHERE card = ?")
    return try Data.fetchOne(select, arguments: [card.text]).flatMap {
      vault.open($0, boundTo: card.text)
    }
  }

  /// The item that a replaced or older barcode stands for.
  package func item(alias barcode: String) throws -> ItemID? {
    let select = try database.cachedStatement(sql: "SELECT item FROM aliases WHERE barcode = ?")
    return try String.fetchOne(select, arguments: [barcode]).flatMap { try? ItemID($0) }
  }

  /// What a patron has on loan, soonest due first.
  package func loans(of card: CardNumber) throws -> [Loan] {
    let select = try database.cachedStatement(
      sql: """
        SELECT items.id, items.due, items.renewals, records.kind
        FROM items LEFT JOIN records ON records.id = items.record
        WHERE items.borrower IN (SELECT commitment FROM salts WHERE card = ?)
        ORDER BY items.due, items.id LIMIT \(Self.longestList)
        """)
    return try Row.fetchAll(select, arguments: [card.text]).map { row in
      guard let item = try? ItemID(row["id"] as String) else {
        throw JournalError.damaged("a loan's item")
      }
      return Loan(
        item: item, kind: (row["kind"] as String?).flatMap(MaterialKind.init) ?? .children,
        due: SchoolDay(number: row["due"]), renewals: row["renewals"])
    }
  }

  /// Whose card stands behind a commitment, while its salt is kept.
  package func card(behind commitment: PatronCommitment) throws -> CardNumber? {
    let select = try database.cachedStatement(
      sql: "SELECT card FROM salts WHERE commitment = ?")
    return try String.fetchOne(select, arguments: [Data(commitment.bytes)])
      .flatMap { try? CardNumber($0) }
  }

  /// Why a rule was overridden, or `nil` where no reason is kept.
  package func overrideReason(of operation: OperationID) throws -> String? {
    let select = try database.cachedStatement(
      sql: "SELECT reason FROM override_reasons WHERE operation = ?")
    return try Data.fetchOne(select, arguments: [Data(operation.bytes)])
      .flatMap { vault.open($0, boundTo: operation.description) }
  }

  /// How many items each place holds; places that hold none are left out.
  package func balances() throws -> [Place: Int] {
    try Self.balances(in: database)
  }

  static func balances(in database: Database) throws -> [Place: Int] {
    let rows = try Row.fetchAll(database, sql: "SELECT place, items FROM balances")
    var balances: [Place: Int] = [:]
    for row in rows {
      guard let place = Place(row["place"] as String) else {
        throw JournalError.damaged("table balances")
      }
      balances[place] = row["items"] == 0 ? nil : row["items"]
    }
    return balances
  }

  /// Readings in the library on a day, over all classes and kinds.
  package func readings(on day: SchoolDay) throws -> Int {
    try Int.fetchOne(
      database, sql: "SELECT coalesce(sum(readings), 0) FROM readings WHERE day = ?",
      arguments: [day.number]) ?? 0
  }

  /// Loans that are overdue on a day.
  package func overdueCount(on day: SchoolDay) throws -> Int {
    try Int.fetchOne(
      database,
      sql: "SELECT count(*) FROM items WHERE borrower IS NOT NULL AND due < ?",
      arguments: [day.number]) ?? 0
  }

  package func patronCount() throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM patrons") ?? 0
  }

  /// The classes that have pupils, in order.
  package func classes() throws -> [SchoolClass] {
    try String.fetchAll(
      database, sql: "SELECT DISTINCT class FROM patrons WHERE class IS NOT NULL ORDER BY class"
    ).compactMap { SchoolClass($0) }
  }

  /// A setting's text, or `nil` where it was never set.
  package func setting(_ name: String) throws -> String? {
    let select = try database.cachedStatement(sql: "SELECT value FROM settings WHERE name = ?")
    return try String.fetchOne(select, arguments: [name])
  }
}

/// A state that is being changed: all that a view shows, and what may be made on the way.
package struct JournalTransaction {
  let database: Database
  let vault: NameVault
  /// The act that the transaction is for.
  let operation: OperationID

  /// Bytes of UTF-8 that the reason for an override may have.
  package static let longestReason = 500

  /// Keeps the reason for going against a rule, sealed, beside the event that names the rule.
  package func keepReason(_ reason: String) throws {
    try database.cachedStatement(
      sql: "INSERT INTO override_reasons (operation, reason) VALUES (?, ?)"
    ).execute(arguments: [
      Data(operation.bytes), vault.seal(reason, boundTo: operation.description),
    ])
  }

  package var view: JournalView {
    JournalView(database: database, vault: vault)
  }

  /// The patron's commitment for a school year; its salt is drawn when it is first needed.
  package func commitment(
    of card: CardNumber, in year: SchoolYear
  ) throws -> PatronCommitment {
    let select = try database.cachedStatement(
      sql: "SELECT commitment FROM salts WHERE card = ? AND school_year = ?")
    let bytes = try Data.fetchOne(select, arguments: [card.text, year.start])
    if let commitment = bytes.flatMap({ PatronCommitment(bytes: $0) }) { return commitment }
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<PatronCommitment.saltByteCount).map { _ in
      UInt8.random(in: 0...255, using: &generator)
    }
    let commitment = PatronCommitment(to: card, salt: salt)
    try database.execute(
      sql: "INSERT INTO salts (commitment, card, school_year, salt) VALUES (?, ?, ?, ?)",
      arguments: [Data(commitment.bytes), card.text, year.start, Data(salt)])
    return commitment
  }
}
