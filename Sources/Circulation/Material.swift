package import Labels

/// What sort of material a title is, as Vietnamese school libraries register and count it.
package enum MaterialKind: String, CaseIterable, Codable, Sendable {
  /// Sách giáo khoa.
  case textbook = "SGK"
  /// Sách nghiệp vụ of teachers.
  case teacherBook = "SNV"
  /// Sách tham khảo.
  case reference = "STK"
  /// Sách thiếu nhi.
  case children = "TN"
  /// Báo, tạp chí.
  case periodical = "BTC"
  /// Tranh ảnh giáo dục.
  case picture = "TA"
  /// Bản đồ.
  case map = "BD"
  /// Băng đĩa.
  case disc = "BDIA"
}

extension MaterialKind {
  /// The kind that a register of a prefix is for, or `nil` where the prefix does not say.
  package init?(register prefix: String) {
    switch prefix {
    case "GK": self = .textbook
    case "NV": self = .teacherBook
    case "TK": self = .reference
    case "BC": self = .periodical
    case "DIA": self = .disc
    default: self.init(rawValue: prefix)
    }
  }

  /// The kind of a copy whose title nobody has told of.
  ///
  /// A register that does not say stands for children's books, which most are.
  package init(usualFor item: ItemID) {
    self = Self(register: item.accession.prefix) ?? .children
  }
}

/// A title's number in the group's catalogue, for example `TT.000123`.
package struct RecordID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// Bytes of text that a record's number may have.
  package static let longestText = 64

  /// Takes 1 to 64 printable ASCII characters, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    guard (1...Self.longestText).contains(text.utf8.count),
      text.utf8.allSatisfy({ (33...126).contains($0) })
    else { return nil }
    self.text = String(text)
  }

  private init(unchecked text: String) {
    self.text = text
  }

  /// Stands for the title of an item that was found before anybody described it.
  package static let unknownTitle = RecordID(unchecked: "?")

  package static func < (left: Self, right: Self) -> Bool {
    left.text < right.text
  }

  package var description: String { text }
}

/// A title: what all of its copies share.
package struct BibliographicRecord: Hashable, Sendable {
  package var id: RecordID
  package var title: String
  package var author: String?
  package var publisher: String?
  package var year: Int?
  package var kind: MaterialKind
  /// The class level, 1 to 12, of a title that is made for one.
  package var grade: Int?
  /// Dictionaries and the like are read in the library and not lent.
  package var isOnSiteOnly: Bool
  /// Thirteen digits, where the title has one.
  package var isbn: String?
  package var subjects: Subjects

  package init(
    id: RecordID, title: String, author: String? = nil, publisher: String? = nil,
    year: Int? = nil, kind: MaterialKind, grade: Int? = nil, isOnSiteOnly: Bool = false,
    isbn: String? = nil, subjects: Subjects = .none
  ) {
    self.id = id
    self.title = title
    self.author = author
    self.publisher = publisher
    self.year = year
    self.kind = kind
    self.grade = grade
    self.isOnSiteOnly = isOnSiteOnly
    self.isbn = isbn
    self.subjects = subjects
  }
}
