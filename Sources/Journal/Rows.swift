import Circulation
import FoundationEssentials
import GRDB
import Labels
import Ledger

/// The table `items`, read back into the ledger's terms.
enum ItemRow {
  static func holding(_ row: Row) throws -> Holding {
    let id: String = row["id"]
    let placeText: String = row["place"]
    guard let item = try? ItemID(id), let record = RecordID(row["record"] as String),
      let place = Place(placeText)
    else { throw JournalError.damaged("item \(id)") }
    return Holding(
      item: item, record: record, place: place, loan: try loan(row, of: id),
      version: row["version"])
  }

  static func loan(_ row: Row, of id: String) throws -> OpenLoan? {
    guard let bytes = row["borrower"] as Data? else { return nil }
    guard let borrower = PatronCommitment(bytes: bytes) else {
      throw JournalError.damaged("loan of item \(id)")
    }
    return OpenLoan(
      borrower: borrower, checkedOutMilliseconds: row["checked_out"],
      due: SchoolDay(number: row["due"]), renewals: row["renewals"])
  }
}

/// The table `last_acts`, read back into the ledger's terms.
enum LastActRow {
  static func act(_ row: Row, item: ItemID, record: RecordID) throws -> LastAct {
    guard let epoch = Epoch(row["epoch"]), let place = Place(row["place"] as String) else {
      throw JournalError.damaged("last act on item \(item)")
    }
    let before = Holding(
      item: item, record: record, place: place, loan: try ItemRow.loan(row, of: item.text),
      version: row["version"])
    return LastAct(epoch: epoch, sequence: row["sequence"], before: before)
  }
}

/// The table `records`, read back into the catalogue's terms.
enum RecordRow {
  static func record(_ row: Row) throws -> BibliographicRecord {
    let id: String = row["id"]
    guard let recordID = RecordID(id), let kind = MaterialKind(rawValue: row["kind"]) else {
      throw JournalError.damaged("record \(id)")
    }
    return BibliographicRecord(
      id: recordID, title: row["title"], author: row["author"], publisher: row["publisher"],
      year: row["year"], kind: kind, grade: row["grade"], isOnSiteOnly: row["on_site_only"],
      isbn: row["isbn"])
  }

  /// What a search matches: title and author without marks.
  static func folded(_ record: BibliographicRecord) -> String {
    VietnameseText.folded([record.title, record.author].compactMap(\.self).joined(separator: " "))
  }
}

/// The table `patrons`, read back into circulation's terms.
enum PatronRow {
  static func patron(_ row: Row) throws -> Patron {
    guard let card = try? CardNumber(row["card"] as String),
      let kind = PatronKind(rawValue: row["kind"])
    else { throw JournalError.damaged("a patron's row") }
    return Patron(
      card: card, kind: kind, schoolClass: (row["class"] as String?).flatMap { SchoolClass($0) })
  }
}
