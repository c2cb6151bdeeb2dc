import Circulation
import Desk
import Journal
import Labels
import Ledger
import Serving

/// The bodies about classes, sets and readings that the API answers with.
extension Answer {
  struct Pupil: Encodable, Sendable {
    let card: String
    let name: String
    let schoolClass: String?
    let loans: Int
    let overdue: Int
    /// Titles of the set that the pupil still needs.
    let missing: [String]
  }

  struct Roster: Encodable, Sendable {
    let schoolClass: String
    let pupils: [Pupil]
  }

  /// A patron as a search by name finds one.
  struct FoundPatron: Encodable, Sendable {
    let card: String
    let name: String
    let kind: String
    let schoolClass: String?
  }

  struct FoundPatrons: Encodable, Sendable {
    let patrons: [FoundPatron]
  }

  struct SetOfTitles: Encodable, Sendable {
    let id: String
    let name: String
    let titles: [SetTitle]
  }

  struct SetTitle: Encodable, Sendable {
    let record: String
    let title: String
  }

  struct Sets: Encodable, Sendable {
    let sets: [SetOfTitles]
  }

  struct ReadingCount: Encodable, Sendable {
    let schoolClass: String?
    let kind: String
    let kindName: Words
    let count: Int
  }

  struct Readings: Encodable, Sendable {
    let day: String
    let readings: [ReadingCount]
  }
}

extension Answer.Pupil {
  init(_ entry: RosterEntry) {
    card = entry.patron.card.label
    name = entry.name
    schoolClass = entry.patron.schoolClass?.text
    loans = entry.loanCount
    overdue = entry.overdueCount
    missing = entry.missing.map(\.title)
  }
}

extension Answer.FoundPatron {
  init(_ found: NamedPatron) {
    card = found.patron.card.label
    name = found.name
    kind = found.patron.kind.rawValue
    schoolClass = found.patron.schoolClass?.text
  }
}

extension Answer.SetOfTitles {
  init(_ set: TitleSet, titles: [BibliographicRecord]) {
    id = set.id
    name = set.name
    self.titles = titles.map { Answer.SetTitle(record: $0.id.text, title: $0.title) }
  }
}

extension Answer.ReadingCount {
  init(_ key: ReadingKey, count: Int) {
    schoolClass = key.schoolClass?.text
    kind = key.kind.rawValue
    kindName = Words { key.kind.name(in: $0) }
    self.count = count
  }
}
