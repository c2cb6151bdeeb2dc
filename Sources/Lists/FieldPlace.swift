package import Labels

/// Where in its row a field stands, as a person finds it in the spreadsheet.
package enum FieldPlace: Hashable, Sendable {
  /// Under a heading of the list.
  case heading(String)
  /// In a column that the list doesn't have.
  case missing(ListColumn)

  package func words(in language: Language) -> String {
    switch self {
    case .heading(let heading): heading
    case .missing(let column): column.words(in: language)
    }
  }
}
