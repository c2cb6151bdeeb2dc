/// A list whose columns are known.
package struct ListTable: Sendable {
  package let kind: ListKind
  package let headings: [String]
  /// What each column tells; `nil` is passed over.
  package let columns: [ListColumn?]
  /// What stands below the headings.
  package let rows: [ListRow]
  /// Fields that a row has as a rule.
  private let usualWidth: Int

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
    usualWidth = Self.usualWidth(of: all.dropFirst(found.index))
  }

  /// How many fields most rows have; the smaller of two numbers that are as frequent.
  private static func usualWidth(of rows: ArraySlice<ListRow>) -> Int {
    let counts = rows.reduce(into: [Int: Int]()) { $0[$1.fields.count, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
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
    guard let index = columns.firstIndex(of: column) else { return .missing(column) }
    // The second column below a merged heading is found by that heading.
    return .heading(headings[index].isEmpty && index > 0 ? headings[index - 1] : headings[index])
  }

  /// The first field of a row that stands under no heading and should not be there: it has text,
  /// or there are more fields than other rows have, since some have slipped to the right.
  func strayField(of row: ListRow) -> Int? {
    let stray = row.fields.indices.first { index in
      !row.fields[index].isEmpty
        && (index >= headings.count || (headings[index].isEmpty && columns[index] == nil))
    }
    if let stray { return stray }
    let width = max(headings.count, usualWidth)
    return row.fields.count > width ? width : nil
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
