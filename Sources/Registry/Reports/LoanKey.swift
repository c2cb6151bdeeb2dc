package import Circulation
import Labels

/// Loans are summed by day, class and kind, as readings are.
package struct LoanKey: Hashable, Sendable {
  /// The day of the checkout by the station's clock, in Vietnam's time.
  package let day: SchoolDay
  /// `nil` for teachers and staff.
  package let schoolClass: SchoolClass?
  /// What the item's register is for, or else what its title is; `nil` where neither was known when
  /// the loan came.
  package let kind: MaterialKind?

  package init(day: SchoolDay, schoolClass: SchoolClass?, kind: MaterialKind?) {
    self.day = day
    self.schoolClass = schoolClass
    self.kind = kind
  }
}

/// What a report counts.
package enum UseCount: String, CaseIterable, Sendable {
  case loans, readings
}

/// What a report has a row for each of.
package enum UseGrouping: String, CaseIterable, Sendable {
  case library, schoolClass = "class", kind, day
}

/// Which uses a report is about.
package struct UseFilter: Hashable, Sendable {
  package var days: ClosedRange<SchoolDay>
  /// One library's, by its code; every library's where there is none.
  package var library: String?

  package init(days: ClosedRange<SchoolDay>, library: String? = nil) {
    self.days = days
    self.library = library
  }
}

/// One row of a report: a library's code, a class, a kind's code or a day's number, and how many.
package struct UseRow: Hashable, Sendable {
  package let key: String
  package let count: Int

  package init(key: String, count: Int) {
    self.key = key
    self.count = count
  }
}

/// What an item is, where, and until when it is lent.
package struct FoundItem: Hashable, Sendable {
  package let held: HeldItem
  /// The title, where somebody has described it.
  package let title: String?
}

/// What somebody looks for among the group's items.
package struct ItemSearch: Hashable, Sendable {
  /// A label's text, an accession number or part of a title; empty for any.
  package var text: String
  /// A place's name, as `Place.text` gives it; nothing for any.
  package var place: String?
  /// The libraries whose items are looked for.
  var libraries = LibrarySet.all
  /// The libraries whose titles are looked through.
  var titles = LibrarySet.all

  package init(text: String = "", place: String? = nil) {
    self.text = text
    self.place = place
  }

  /// Titles whose copies are looked for at once.
  static let titleLimit = 100
  /// Letters that a part of a title has at least: less is in nearly every title.
  package static let shortestTitle = 2

  /// Whether the text says too little for titles to be looked through.
  package var isTooShort: Bool { !text.isEmpty && !isCode && foldedTitle == nil }

  private var isCode: Bool {
    let code = text.uppercased()
    return (try? ItemID(code)) != nil || (try? AccessionNumber(code)) != nil
  }

  /// What titles are looked through for; nothing for less than ``shortestTitle``.
  var foldedTitle: String? {
    let folded = VietnameseText.folded(text).filter { !"%_\\".contains($0) }
    let letters = folded.count { $0.isLetter || $0.isNumber }
    return letters >= Self.shortestTitle ? folded : nil
  }
}
