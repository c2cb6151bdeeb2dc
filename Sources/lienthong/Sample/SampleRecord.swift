/// The kind of material in a school library, with the code that the library's registers use.
enum SampleKind: String, CaseIterable {
  /// Sách giáo khoa: textbooks.
  case textbook = "SGK"
  /// Sách nghiệp vụ: books for teachers.
  case teacherBook = "SNV"
  /// Sách tham khảo: reference books.
  case reference = "STK"
  /// Sách thiếu nhi: children's books.
  case children = "TN"
  /// Báo – tạp chí: periodicals.
  case periodical = "BTC"
  /// Tranh ảnh: pictures for lessons.
  case picture = "TA"
  /// Bản đồ: maps.
  case map = "BD"
  /// Băng đĩa: discs and tapes.
  case disc = "BDia"

  /// The prefix of the kind's accession numbers.
  var registerPrefix: String {
    switch self {
    case .periodical: "BC"
    case .disc: "DIA"
    default: rawValue
    }
  }
}

/// One title of the sample group's catalogue.
struct SampleRecord: Hashable {
  /// 1, 2, 3 … in the order of the catalogue.
  let number: Int
  let title: String
  /// Empty where a title has no author, or none that is sure.
  let author: String
  let kind: SampleKind
  /// Dictionaries are read in the library and not lent.
  let isDictionary: Bool
  /// The class level, 1…5, of a title that is made for one.
  let grade: Int?
  let publisher: String?
}

/// A line of the sample data that can't be read.
enum SampleError: Error, Hashable {
  case badTitle(line: String)
}
