package import Labels

/// Where in its row a field stands, as a person finds it in the spreadsheet.
package enum FieldPlace: Hashable, Sendable {
  /// Under a heading of the list.
  case heading(String)
  /// In a column that the list doesn't have.
  case missing(ListColumn)
  /// Under no heading; columns count from 0.
  case unnamed(Int)

  package func words(in language: Language) -> String {
    switch self {
    case .heading(let heading): heading
    case .missing(let column): column.words(in: language)
    case .unnamed(let index):
      switch language {
      case .vietnamese: "cột \(Self.letters(of: index))"
      case .english: "column \(Self.letters(of: index))"
      }
    }
  }

  /// The letters by which spreadsheets name a column: A to Z, then AA.
  private static func letters(of index: Int) -> String {
    let (tens, ones) = index.quotientAndRemainder(dividingBy: 26)
    let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(ones)))
    return tens > 0 ? letters(of: tens - 1) + letter : letter
  }
}
