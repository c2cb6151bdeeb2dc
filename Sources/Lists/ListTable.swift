/// A list whose columns are known.
package struct ListTable: Sendable {
  package let kind: ListKind
  package let headings: [String]
  /// What each column tells; `nil` is passed over.
  package let columns: [ListColumn?]
  /// What stands below the headings.
  package let rows: [ListRow]

  /// Reads a file and recognises its columns by their headings.
  ///
  /// The headings are looked for in the first ``ListLimits/headingRows`` rows, since the school's
  /// name and the list's title often stand above them.
  package init(_ bytes: [UInt8]) throws(ListError) {
    let text = Array(try ListText.decode(bytes).utf8)
    let separator = Self.separator(of: text)
    let all = try CSVReader.rows(of: text, separatedBy: separator)
    guard let first = all.first else { throw .empty }
    guard let found = HeadingRow(in: all) else { throw .unknownColumns(first.fields) }
    kind = found.kind
    columns = found.columns
    headings = all[found.index].fields
    rows = Array(all.dropFirst(found.index + 1))
  }

  /// The separator by which most columns are recognised, whatever a title above them is made of.
  private static func separator(of text: [UInt8]) -> UInt8 {
    let candidates = CSVReader.separators(of: text)
    let found = candidates.map { candidate in
      let rows = CSVReader.firstRows(
        ListLimits.headingRows, of: text, separatedBy: candidate)
      return (candidate, HeadingRow(in: rows)?.recognisedCount ?? 0)
    }
    // Of two that recognise as many columns, the first counts.
    return found.reduce(found[0]) { $1.1 > $0.1 ? $1 : $0 }.0
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

/// The row among the first ones that has the headings.
private struct HeadingRow {
  let index: Int
  let kind: ListKind
  let columns: [ListColumn?]

  var recognisedCount: Int { columns.count { $0 != nil } }

  /// The row by which most columns are recognised; the first of two that are equal.
  init?(in rows: [ListRow]) {
    let found = rows.prefix(ListLimits.headingRows).indices.compactMap { index in
      HeadingRow(rows[index].fields, at: index)
    }
    guard let first = found.first else { return nil }
    self = found.reduce(first) { $1.recognisedCount > $0.recognisedCount ? $1 : $0 }
  }

  private init?(_ fields: [String], at index: Int) {
    self.index = index
    let items = ListColumn.guess(fields, of: .items)
    let patrons = ListColumn.guess(fields, of: .patrons)
    if items.contains(.accession), items.contains(.title) {
      (kind, columns) = (.items, items)
    } else if patrons.contains(.name) || patrons.contains(.givenName) {
      (kind, columns) = (.patrons, patrons)
    } else {
      return nil
    }
  }
}
