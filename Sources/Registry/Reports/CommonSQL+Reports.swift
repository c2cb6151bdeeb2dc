import Circulation
import Labels
import Ledger

/// Reports for the coordinator, the same in both databases.
extension CommonSQL {
  func uses(
    _ count: UseCount, by grouping: UseGrouping, _ filter: UseFilter
  ) throws -> [UseRow] {
    let key = grouping == .day ? "CAST(day AS text)" : grouping.rawValue
    var values: [SQLValue] = [
      .int(filter.days.lowerBound.number), .int(filter.days.upperBound.number),
    ]
    var condition = "day BETWEEN $1 AND $2"
    if let library = filter.library {
      values.append(.text(library))
      condition += " AND library = $3"
    }
    return try rows(
      """
      SELECT \(key), CAST(sum(\(count.rawValue)) AS bigint) FROM \(count.rawValue)
      WHERE \(condition) GROUP BY \(grouping.rawValue) ORDER BY \(grouping.rawValue)
      """, values
    ) { UseRow(key: $0.string(0), count: Int($0.int64(1))) }
  }

  func loanCounts() throws -> [LibraryCode: Int] {
    let counts = try rows(
      "SELECT library, CAST(sum(loans) AS bigint) FROM loans GROUP BY library", []
    ) { row in
      guard let library = try? LibraryCode(row.string(0)) else {
        throw RegistryError.damaged("table loans")
      }
      return (library, Int(row.int64(1)))
    }
    return Dictionary(counts, uniquingKeysWith: +)
  }

  /// The titles of records, as one of these libraries has described them.
  func titles(
    of records: [RecordID], describedBy libraries: LibrarySet
  ) throws -> [RecordID: String] {
    var titles: [RecordID: String] = [:]
    for record in Set(records) where record != .unknownTitle {
      var values: [SQLValue] = [.text(record.text)]
      let condition = Self.condition(libraries, &values)
      titles[record] = try rows(
        "SELECT title FROM records WHERE id = $1 AND \(condition) ORDER BY library LIMIT 1",
        values
      ) { $0.string(0) }.first
    }
    return titles
  }

  /// The condition that a row is of some libraries, with the values that it needs.
  private static func condition(_ libraries: LibrarySet, _ values: inout [SQLValue]) -> String {
    let named = libraries.named
    guard !named.isEmpty else { return libraries.isNamed ? "1 = 0" : "1 = 1" }
    let places = named.indices.map { "$\(values.count + 1 + $0)" }.joined(separator: ", ")
    values += named.map { .text($0.text) }
    return "library \(libraries.isNamed ? "IN" : "NOT IN") (\(places))"
  }

  /// Items that fit a search, in order of their labels, from an offset on.
  func items(_ search: ItemSearch, offset: Int, limit: Int) throws -> [ItemID] {
    var parts: [String] = []
    var values: [SQLValue] = []
    if let place = search.place {
      values.append(.text(place))
      parts.append("place = $\(values.count)")
    }
    if !search.text.isEmpty { try narrow(to: search, &parts, &values) }
    if search.libraries != .all { parts.append(Self.condition(search.libraries, &values)) }
    let condition = parts.isEmpty ? "" : "WHERE " + parts.joined(separator: " AND ")
    return try rows(
      """
      SELECT library, accession FROM holdings \(condition)
      ORDER BY library, accession LIMIT $\(values.count + 1) OFFSET $\(values.count + 2)
      """, values + [.int(limit), .int(offset)]
    ) { row in
      guard let item = try? ItemID("\(row.string(0)).\(row.string(1))") else {
        throw RegistryError.damaged("table holdings")
      }
      return item
    }
  }

  /// A whole label names one item, a number one of each library; anything else is part of a title.
  ///
  /// A title that is hidden is not found: neither by what a library that hides its titles says of
  /// it, nor among the copies of such a library.
  private func narrow(
    to search: ItemSearch, _ parts: inout [String], _ values: inout [SQLValue]
  ) throws {
    let code = search.text.uppercased()
    if let item = try? ItemID(code) {
      values += [.text(item.library.text), .text(item.accession.text)]
      parts.append("library = $\(values.count - 1) AND accession = $\(values.count)")
    } else if let accession = try? AccessionNumber(code) {
      values.append(.text(accession.text))
      parts.append("accession = $\(values.count)")
    } else {
      if search.titles != .all { parts.append(Self.condition(search.titles, &values)) }
      let records = try recordIDs(of: search)
      let places = records.indices.map { "$\(values.count + 1 + $0)" }
      parts.append(places.isEmpty ? "1 = 0" : "record IN (\(places.joined(separator: ", ")))")
      values += records.map { .text($0) }
    }
  }

  private func recordIDs(of search: ItemSearch) throws -> [String] {
    guard let folded = search.foldedTitle else { return [] }
    var values: [SQLValue] = [.text("%\(folded)%")]
    let condition = Self.condition(search.titles, &values)
    return try rows(
      """
      SELECT DISTINCT id FROM records WHERE folded LIKE $1 AND \(condition)
      ORDER BY id LIMIT $\(values.count + 1)
      """, values + [.int(ItemSearch.titleLimit)]
    ) { $0.string(0) }
  }

  /// Fills in what titles are searched by, for those that were kept before there was a search.
  func foldTitles() throws {
    let titles = try rows("SELECT library, id, title FROM records WHERE folded = ''", []) {
      ($0.string(0), $0.string(1), $0.string(2))
    }
    for (library, id, title) in titles {
      try run(
        "UPDATE records SET folded = $1 WHERE library = $2 AND id = $3",
        [.text(VietnameseText.folded(title)), .text(library), .text(id)])
    }
  }
}
