package import Circulation
import FoundationEssentials
import GRDB
package import Labels
package import Ledger
import Storage

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
    let select = try BoundStatement(
      database,
      sql: """
        SELECT \(ItemRow.columns) FROM items WHERE accession = ?
        ORDER BY id LIMIT \(Self.longestList)
        """)
    return try select.all({ $0.bind(accession.text) }, read: ItemRow.holding)
  }

  package func holdings(of record: RecordID) throws -> [Holding] {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT \(ItemRow.columns) FROM items WHERE record = ?
        ORDER BY id LIMIT \(Self.longestList)
        """)
    return try select.all({ $0.bind(record.text) }, read: ItemRow.holding)
  }

  package func record(_ id: RecordID) throws -> BibliographicRecord? {
    let select = try BoundStatement(
      database, sql: "SELECT \(RecordRow.columns) FROM records WHERE id = ?")
    return try select.first({ $0.bind(id.text) }, read: RecordRow.record)
  }

  package func records(isbn: ISBN) throws -> [BibliographicRecord] {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT \(RecordRow.columns) FROM records WHERE isbn = ?
        ORDER BY id LIMIT \(Self.longestList)
        """)
    return try select.all({ $0.bind(isbn.text) }, read: RecordRow.record)
  }

  /// Titles in which each word typed begins a word of title or author, in order of title.
  package func records(matching words: String, limit: Int) throws -> [BibliographicRecord] {
    let words = VietnameseText.folded(words).split(separator: " ").prefix(Self.mostWords)
    guard !words.isEmpty else { return [] }
    let patterns = words.map { word in
      "% \(word.map { "\\%_".contains($0) ? "\\\($0)" : "\($0)" }.joined())%"
    }
    let condition = patterns.map { _ in "' ' || folded LIKE ? ESCAPE '\\'" }
    let select = try BoundStatement(
      database,
      sql: """
        SELECT \(RecordRow.columns) FROM records WHERE \(condition.joined(separator: " AND "))
        ORDER BY folded LIMIT ?
        """)
    return try select.all(
      { row in
        for pattern in patterns { row.bind(pattern) }
        row.bind(min(limit, Self.longestList))
      }, read: RecordRow.record)
  }

  package func patron(_ card: CardNumber) throws -> Patron? {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT \(PatronRow.columns) FROM patrons
        WHERE card = coalesce((SELECT card FROM aliases WHERE barcode = ?1), ?1)
        """)
    return try select.first({ $0.bind(card.text) }, read: PatronRow.patron)
  }

  /// The patron's name, or `nil` where the patron is unknown or the key is another.
  package func name(of card: CardNumber) throws -> String? {
    let select = try BoundStatement(database, sql: "SELECT name FROM patrons WHERE card = ?")
    return try select.first({ $0.bind(card.text) }) { $0.blob(0) }
      .flatMap(\.self).flatMap { vault.open(Data($0), boundTo: card.text) }
  }

  /// The item that a replaced or older barcode stands for.
  package func item(alias barcode: String) throws -> ItemID? {
    let select = try BoundStatement(database, sql: "SELECT item FROM aliases WHERE barcode = ?")
    return try select.first({ $0.bind(barcode) }) { try? ItemID($0.text(0)) }.flatMap(\.self)
  }

  /// What a patron has on loan, soonest due first.
  package func loans(of card: CardNumber) throws -> [Loan] {
    let select = try BoundStatement(
      database,
      sql: """
        SELECT items.id, records.kind, items.due, items.renewals
        FROM items LEFT JOIN records ON records.id = items.record
        WHERE items.borrower IN (SELECT commitment FROM salts WHERE card = ?)
        ORDER BY items.due, items.id LIMIT \(Self.longestList)
        """)
    return try select.all({ $0.bind(card.text) }) { row in
      guard let item = try? ItemID(row.text(0)) else {
        throw JournalError.damaged("a loan's item")
      }
      return Loan(
        item: item, kind: MaterialKind(rawValue: row.text(1)) ?? MaterialKind(usualFor: item),
        due: SchoolDay(number: row.int(2)), renewals: row.int(3))
    }
  }

  /// Whose card stands behind a commitment, while its salt is kept.
  package func card(behind commitment: PatronCommitment) throws -> CardNumber? {
    let select = try BoundStatement(
      database, sql: "SELECT card FROM salts WHERE commitment = ?")
    return try select.first({ $0.bind(blob: commitment.bytes[...]) }) {
      try? CardNumber($0.text(0))
    }.flatMap(\.self)
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

  /// The last event of an epoch.
  package func lastEvent(of epoch: Epoch) throws -> Event? {
    let select = try database.cachedStatement(
      sql: "SELECT bytes FROM events WHERE epoch = ? ORDER BY sequence DESC LIMIT 1")
    return try Data.fetchOne(select, arguments: [epoch.number]).map {
      try Event(encoded: $0)
    }
  }

  /// Says whether somebody can sign in and change the settings.
  package func hasAdministrator() throws -> Bool {
    try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM accounts WHERE role = ?)",
      arguments: [Role.administrator.rawValue]) ?? false
  }

  /// How many open loans are due on each day.
  package func dueDays() throws -> [SchoolDay: Int] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT due, count(*) AS loans FROM items WHERE due IS NOT NULL GROUP BY due")
    return Dictionary(
      uniqueKeysWithValues: rows.map { (SchoolDay(number: $0["due"]), $0["loans"]) })
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
    let select = try BoundStatement(
      database, sql: "SELECT commitment FROM salts WHERE card = ? AND school_year = ?")
    let kept = try select.first {
      $0.bind(card.text)
      $0.bind(year.start)
    } read: {
      $0.blob(0).flatMap { PatronCommitment(bytes: $0) }
    }
    if let commitment = kept.flatMap(\.self) { return commitment }
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
