import Circulation
import Desk
import Journal
import Labels
import Ledger
import Serving

/// The bodies that the API answers with; `openapi.json` describes each by the same name.
enum Answer {
  struct Item: Encodable, Sendable {
    let item: String
    /// What is printed on the item, check character and all; the form to send back.
    let label: String
    let library: String
    let accession: String
    let title: String
    let author: String?
    let kind: String
    let onSiteOnly: Bool
    let place: String
    let due: String?
    let overdue: Bool
    let renewals: Int
    /// As a librarian last noted it.
    let condition: String?
    let words: Words
  }

  /// Who is signed in at a page.
  struct Session: Encodable, Sendable {
    let role: String
    let name: String?
  }

  /// A patron whose card was scanned; no other answer has a name in it.
  ///
  /// A kiosk gets the first name and no loans: the next child in the queue reads along.
  struct Patron: Encodable, Sendable {
    let card: String
    let name: String
    let kind: String
    let schoolClass: String?
    let itemLimit: Int
    let loans: [Item]
  }

  struct Title: Encodable, Sendable {
    let record: String
    let title: String
    let author: String?
    let publisher: String?
    let year: Int?
    let kind: String
    let grade: Int?
    let isbn: String?
    let onSiteOnly: Bool
    let copies: [Item]
  }

  /// What a code turned out to be: `kind` says which of the other fields is there.
  struct Recognition: Encodable, Sendable {
    let kind: String
    let words: Words
    var patron: Patron?
    var item: Item?
    var choices: [Item]?
    var title: Title?
    var box: String?
    var command: String?
    /// What to record as found, where the code is an item's that nobody has registered here: empty
    /// where the code doesn't say the number.
    var unknownItem: String?
  }

  /// What librarians wrote about an item, latest first.
  struct Notes: Encodable, Sendable {
    struct Note: Encodable, Sendable {
      let time: String
      let text: String
    }

    let item: Item
    let notes: [Note]
  }

  /// One code of a picture.
  struct PictureCode: Encodable, Sendable {
    let text: String
    let symbology: String?
    let recognition: Recognition
  }

  struct Picture: Encodable, Sendable {
    let codes: [PictureCode]
    let words: Words
  }

  struct Titles: Encodable, Sendable {
    let titles: [Title]
  }

  /// Where in the chain an act is recorded.
  struct Event: Encodable, Sendable {
    let station: String
    let epoch: Int
    let sequence: Int64
    let time: String
    /// What brought the scan: a device's name, or `page`.
    let device: String?
  }

  /// An act that is on disk.
  struct Act: Encodable, Sendable {
    let operation: String
    let repeated: Bool
    let act: String
    let event: Event
    let words: Words
    let due: String?
    let item: Item?
    let patron: Patron?
  }
}

extension Answer.Item {
  init(_ summary: ItemSummary) {
    item = summary.item.text
    label = summary.item.label
    library = summary.item.library.text
    accession = summary.item.accession.text
    title = summary.title
    author = summary.author
    kind = summary.kind.rawValue
    onSiteOnly = summary.isOnSiteOnly
    place = summary.place.text
    due = summary.due?.description
    overdue = summary.isOverdue
    renewals = summary.renewals
    condition = summary.condition?.rawValue
    words = Words { PlaceWords.text(of: summary, in: $0) }
  }
}

extension Answer.Session {
  init(_ account: Account?) {
    role = (account?.role ?? .kiosk).rawValue
    name = account?.name
  }
}

extension Answer.Patron {
  init(_ summary: PatronSummary, seenBy role: Role) {
    let isKiosk = role == .kiosk
    card = summary.patron.card.label
    name = isKiosk ? summary.firstName : summary.name
    kind = summary.patron.kind.rawValue
    schoolClass = summary.patron.schoolClass?.text
    itemLimit = summary.itemLimit
    loans = isKiosk ? [] : summary.loans.map { Answer.Item($0) }
  }
}

extension Answer.Title {
  init(_ record: BibliographicRecord, copies: [ItemSummary]) {
    self.record = record.id.text
    title = record.title
    author = record.author
    publisher = record.publisher
    year = record.year
    kind = record.kind.rawValue
    grade = record.grade
    isbn = record.isbn
    onSiteOnly = record.isOnSiteOnly
    self.copies = copies.map { Answer.Item($0) }
  }
}

extension Answer.Recognition {
  init(_ recognition: Recognition, seenBy role: Role) {
    let words = Words { recognition.words(in: $0) }
    switch recognition {
    case .patron(let patron):
      self.init(kind: "patron", words: words, patron: Answer.Patron(patron, seenBy: role))
    case .item(let item):
      self.init(kind: "item", words: words, item: Answer.Item(item))
    case .choice(let items):
      self.init(kind: "choice", words: words, choices: items.map { Answer.Item($0) })
    case .title(let record, let copies):
      self.init(kind: "title", words: words, title: Answer.Title(record, copies: copies))
    case .box(let box):
      self.init(kind: "box", words: words, box: box.text)
    case .command(let command):
      self.init(kind: "command", words: words, command: command.rawValue)
    case .elsewhere(let items, let label):
      self.init(
        kind: "elsewhere", words: words, choices: items.map { Answer.Item($0) },
        unknownItem: Self.item(of: label))
    case .stranger(let label):
      self.init(kind: "stranger", words: words, unknownItem: Self.item(of: label))
    case .unreadable:
      self.init(kind: "unreadable", words: words)
    }
  }

  private static func item(of label: Label) -> String? {
    switch label {
    case .item(.id(let item)): item.label
    case .item(.accession(let accession)): accession.text
    case .item(.barcode): ""
    case .card, .box, .isbn, .command, .unknown: nil
    }
  }
}

extension Answer.Notes {
  init(_ summary: ItemSummary, notes: [NoteOnItem], offsetMinutes: Int) {
    item = Answer.Item(summary)
    self.notes = notes.map { note in
      Note(
        time: RFC3339.text(
          unixMilliseconds: note.unixMilliseconds, offsetMinutes: offsetMinutes),
        text: note.text)
    }
  }
}
