package import Circulation
package import Labels

/// A person of a class list, with every field checked.
package struct PatronLine: Hashable, Sendable {
  package let line: Int
  package let name: String
  package let kind: PatronKind
  package let schoolClass: SchoolClass?
  /// The card that the list gives, or `nil` for one that the station gives out.
  package let card: CardNumber?

  /// Reads a row, naming the first field that is wrong.
  ///
  /// A date of birth is checked, since a wrong one shows that columns have slipped, and not kept.
  package init(_ row: ListRow, of table: ListTable) throws(RowProblem) {
    let reader = RowReader(table: table, row: row)
    line = row.line
    try reader.refuseStray()
    name = try reader.personName()
    schoolClass = try Self.schoolClass(reader)
    kind = try Self.kind(reader, hasClass: schoolClass != nil)
    card = try Self.card(reader)
    try reader.checkDate(.birthDate)
  }

  private static func schoolClass(_ reader: RowReader) throws(RowProblem) -> SchoolClass? {
    var text = reader.text(.schoolClass).uppercased().filter { !$0.isWhitespace }
    if text.isEmpty { return nil }
    for prefix in ["LỚP", "LOP"] where text.hasPrefix(prefix) {
      text.removeFirst(prefix.count)
    }
    guard let schoolClass = SchoolClass(text) else {
      throw reader.problem(.schoolClass, .badClass)
    }
    return schoolClass
  }

  private static func kind(
    _ reader: RowReader, hasClass: Bool
  ) throws(RowProblem) -> PatronKind {
    switch VietnameseText.folded(reader.text(.patronKind)) {
    case "":
      guard hasClass else { throw reader.problem(.schoolClass, .missing) }
      return .pupil
    case "hoc sinh", "hs", "pupil", "student": return .pupil
    case "giao vien", "gv", "teacher": return .teacher
    case "nhan vien", "nv", "can bo", "staff": return .staff
    default: throw reader.problem(.patronKind, .badKind)
    }
  }

  private static func card(_ reader: RowReader) throws(RowProblem) -> CardNumber? {
    let text = reader.text(.card)
    if text.isEmpty { return nil }
    guard let card = try? CardNumber(label: text) else { throw reader.problem(.card, .badCard) }
    return card
  }
}
