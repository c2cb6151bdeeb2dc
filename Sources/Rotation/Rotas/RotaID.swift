package import Circulation

/// A rota's name in the group, such as `2026-TT`; it is printed on slips.
package struct RotaID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// How many characters a name has.
  package static let length = 1...16

  /// Takes letters A–Z, digits and dashes, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    guard Self.length.contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
      return nil
    }
    self.text = String(text)
  }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

  package var description: String { text }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || byte == UInt8(ascii: "-")
  }
}

/// One stage of one rota, as a box and its slip name it.
package struct StageReference: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let rota: RotaID
  /// From 1, in order of time.
  package let number: Int

  /// The numbers that a rota's stages may have.
  package static let numbers = 1...99

  /// Takes a number from 1 to 99, or gives `nil`.
  package init?(rota: RotaID, number: Int) {
    guard Self.numbers.contains(number) else { return nil }
    self.rota = rota
    self.number = number
  }

  /// Reads what ``description`` gives, such as `2026-TT/1`, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let rota = RotaID(parts[0]), let number = Int(parts[1]),
      String(number) == parts[1]
    else { return nil }
    self.init(rota: rota, number: number)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.rota, left.number) < (right.rota, right.number)
  }

  package var description: String { "\(rota)/\(number)" }
}

/// A term of a school year: học kỳ.
package struct Term: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let year: SchoolYear
  package let semester: Int

  /// The terms of a year.
  package static let semesters = 1...2

  /// Takes a semester, 1 or 2, or gives `nil`.
  package init?(year: SchoolYear, semester: Int) {
    guard Self.semesters.contains(semester) else { return nil }
    self.year = year
    self.semester = semester
  }

  /// The term after this one.
  package var following: Term? {
    semester < Self.semesters.upperBound
      ? Term(year: year, semester: semester + 1)
      : Term(year: SchoolYear(start: year.start + 1), semester: Self.semesters.lowerBound)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.semester) < (right.year, right.semester)
  }

  package var description: String { "\(year)/\(semester)" }
}
