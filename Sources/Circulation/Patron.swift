package import Labels

/// Who somebody is to the library; loan rules go by it.
package enum PatronKind: String, CaseIterable, Codable, Sendable {
  case pupil, teacher, staff
}

/// A class such as `3B`: the grade and a letter or a short name.
package struct SchoolClass: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// Takes a grade from 1 to 12 followed by up to four letters or digits, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    self.init(name: String(text))
  }

  private init?(name: String) {
    let digits = name.utf8.prefix { (48...57).contains($0) }
    let rest = name.utf8[digits.endIndex...]
    guard digits.count <= 2, let grade = Int(String(Substring(digits))),
      (1...12).contains(grade), rest.count <= 4,
      rest.allSatisfy({ $0.isASCIIUppercaseOrDigit })
    else { return nil }
    text = name
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.text < right.text
  }

  package var description: String { text }
}

/// Somebody who may borrow: the card, and what the rules need to know; the name is kept apart.
package struct Patron: Hashable, Sendable {
  package let card: CardNumber
  package let kind: PatronKind
  /// A pupil's class; teachers and staff have none.
  package let schoolClass: SchoolClass?

  package init(card: CardNumber, kind: PatronKind, schoolClass: SchoolClass? = nil) {
    self.card = card
    self.kind = kind
    self.schoolClass = schoolClass
  }
}

extension UInt8 {
  fileprivate var isASCIIUppercaseOrDigit: Bool {
    (48...57).contains(self) || (65...90).contains(self)
  }
}
