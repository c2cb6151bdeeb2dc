/// Titles that every pupil of a class gets one of each of, such as the textbooks of a year.
package struct TitleSet: Hashable, Sendable, Codable {
  /// Short and stable, such as `SGK-3`.
  package let id: String
  package let name: String
  /// In the order in which they are handed out.
  package let records: [String]

  /// Titles that a set may have.
  package static let sizes = 1...40
  /// Characters that a set's name may have.
  package static let longestName = 80

  /// Takes an identifier of up to 20 letters, digits and dashes, a name and titles without a
  /// repeat, or gives `nil`.
  package init?(id: String, name: String, records: [RecordID]) {
    let name = VietnameseText.composed(name)
    guard (1...20).contains(id.utf8.count), id.utf8.allSatisfy(Self.isIdentifier),
      (1...Self.longestName).contains(name.count), Self.sizes.contains(records.count),
      Set(records).count == records.count
    else { return nil }
    self.id = id
    self.name = name
    self.records = records.map(\.text)
  }

  /// The titles of the set that somebody with these titles on loan still needs, in order.
  package func missing(having titles: Set<RecordID>) -> [RecordID] {
    records.compactMap { RecordID($0) }.filter { !titles.contains($0) }
  }

  private static func isIdentifier(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || byte == UInt8(ascii: "-")
  }
}
