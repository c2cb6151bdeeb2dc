import Circulation

extension MaterialKind {
  /// The prefix of the kind's accession numbers in the sample group's registers.
  var registerPrefix: String {
    switch self {
    case .periodical: "BC"
    case .disc: "DIA"
    case .textbook, .teacherBook, .reference, .children, .picture, .map: rawValue
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
  let kind: MaterialKind
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
