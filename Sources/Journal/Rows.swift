import Circulation
import Labels
import Ledger
import Storage

/// The table `items`, read back into the ledger's terms.
enum ItemRow {
  /// The columns that `holding` reads, in its order.
  static let columns = "id, record, place, version, borrower, checked_out, due, renewals, gaps"

  static func holding(_ row: BoundColumns) throws -> Holding {
    let id = row.text(0)
    guard let item = try? ItemID(id), let record = RecordID(row.text(1)),
      let place = Place(row.text(2)), let gaps = ActGaps(row.text(8))
    else { throw JournalError.damaged("item \(id)") }
    return Holding(
      item: item, record: record, place: place, loan: try loan(row, of: id),
      version: row.int(3), gaps: gaps)
  }

  static func loan(_ row: BoundColumns, of id: String) throws -> OpenLoan? {
    guard let bytes = row.blob(4) else { return nil }
    guard let borrower = PatronCommitment(bytes: bytes) else {
      throw JournalError.damaged("loan of item \(id)")
    }
    return OpenLoan(
      borrower: borrower, checkedOutMilliseconds: row.integer(5),
      due: SchoolDay(number: row.int(6)), renewals: row.int(7))
  }
}

/// The table `last_acts`, read back into the ledger's terms.
enum LastActRow {
  /// The columns that `act` reads, in its order; the loan stands where `ItemRow` has it.
  static let columns = "place, version, epoch, sequence, borrower, checked_out, due, renewals, gaps"

  static func act(_ row: BoundColumns, item: ItemID, record: RecordID) throws -> LastAct {
    guard let place = Place(row.text(0)), let epoch = Epoch(row.int(2)),
      let gaps = ActGaps(row.text(8))
    else {
      throw JournalError.damaged("last act on item \(item)")
    }
    let before = Holding(
      item: item, record: record, place: place, loan: try ItemRow.loan(row, of: item.text),
      version: row.int(1), gaps: gaps)
    return LastAct(epoch: epoch, sequence: row.integer(3), before: before)
  }
}

/// The table `records`, read back into the catalogue's terms.
enum RecordRow {
  /// The columns that `record` reads, in its order.
  static let columns =
    "id, title, author, publisher, year, kind, grade, on_site_only, isbn, subjects"

  static func record(_ row: BoundColumns) throws -> BibliographicRecord {
    let id = row.text(0)
    guard let recordID = RecordID(id), let kind = MaterialKind(rawValue: row.text(5)),
      let subjects = Subjects(list: row.text(9))
    else { throw JournalError.damaged("record \(id)") }
    return BibliographicRecord(
      id: recordID, title: row.text(1), author: row.optionalText(2),
      publisher: row.optionalText(3), year: row.optionalInt(4), kind: kind,
      grade: row.optionalInt(6), isOnSiteOnly: row.int(7) != 0, isbn: row.optionalText(8),
      subjects: subjects)
  }

  /// What a search matches: title, author and subjects without marks.
  static func folded(_ record: BibliographicRecord) -> String {
    let words = [record.title, record.author].compactMap(\.self) + record.subjects.words
    return VietnameseText.folded(words.joined(separator: " "))
  }
}

/// The table `patrons`, read back into circulation's terms.
enum PatronRow {
  /// The columns that `patron` reads, in its order.
  static let columns = "card, kind, class"

  static func patron(_ row: BoundColumns) throws -> Patron {
    guard let card = try? CardNumber(row.text(0)), let kind = PatronKind(rawValue: row.text(1))
    else { throw JournalError.damaged("a patron's row") }
    return Patron(
      card: card, kind: kind, schoolClass: row.optionalText(2).flatMap { SchoolClass($0) })
  }
}
