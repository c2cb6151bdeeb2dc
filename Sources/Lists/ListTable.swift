/// A list whose columns are known.
package struct ListTable: Sendable {
  package let kind: ListKind
  package let headings: [String]
  /// What each column tells; `nil` is passed over.
  package let columns: [ListColumn?]
  package let rows: [ListRow]

  /// Reads a file and recognises its columns by the headings in its first row.
  package init(_ bytes: [UInt8]) throws(ListError) {
    let all = try CSVReader.rows(of: try ListText.decode(bytes))
    guard let first = all.first else { throw .empty }
    headings = first.fields
    rows = Array(all.dropFirst())
    let items = ListColumn.guess(first.fields, of: .items)
    let patrons = ListColumn.guess(first.fields, of: .patrons)
    if items.contains(.accession), items.contains(.title) {
      (kind, columns) = (.items, items)
    } else if patrons.contains(.name) || patrons.contains(.givenName) {
      (kind, columns) = (.patrons, patrons)
    } else {
      throw .unknownColumns(first.fields)
    }
  }

  /// The field of a column; empty where the row or the list has none.
  package func field(_ column: ListColumn, of row: ListRow) -> String {
    guard let index = columns.firstIndex(of: column), index < row.fields.count else { return "" }
    return row.fields[index]
  }

  /// Where a person finds a column in the list.
  package func place(of column: ListColumn) -> FieldPlace {
    columns.firstIndex(of: column).map { .heading(headings[$0]) } ?? .missing(column)
  }
}
