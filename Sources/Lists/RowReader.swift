import Circulation
import Labels

/// Reads the fields of one row, each with the problem that it may have.
struct RowReader {
  let table: ListTable
  let row: ListRow

  func text(_ column: ListColumn) -> String {
    table.field(column, of: row)
  }

  func problem(
    _ column: ListColumn, _ reason: RowProblem.Reason, text: String? = nil
  ) -> RowProblem {
    RowProblem(
      line: row.line, place: table.place(of: column), text: text ?? self.text(column),
      reason: reason)
  }

  /// Refuses a row with a field under no heading: what it is can't be known, and where a title has
  /// an unquoted comma, everything to its right has slipped.
  func refuseStray() throws(RowProblem) {
    guard let index = table.strayField(of: row) else { return }
    let text = index < row.fields.count ? row.fields[index] : ""
    throw RowProblem(line: row.line, place: .unnamed(index), text: text, reason: .stray)
  }

  /// A title, an author or a publisher: any visible text.
  func words(_ column: ListColumn) throws(RowProblem) -> String? {
    let text = text(column)
    if text.isEmpty { return nil }
    try refuseHidden(text, column)
    guard text.count <= ListLimits.titleCharacters else {
      throw problem(column, .tooLong(limitCharacters: ListLimits.titleCharacters))
    }
    guard !LegacyText.isSuspect(text) else { throw problem(column, .legacyFont) }
    guard !LegacyText.hasLostLetters(text) else { throw problem(column, .lostLetters) }
    return text
  }

  /// A person's name: letters of the Vietnamese alphabet, and what stands between them.
  func personName() throws(RowProblem) -> String {
    let isWhole = !text(.name).isEmpty
    let column: ListColumn = isWhole || !table.columns.contains(.givenName) ? .name : .givenName
    let name =
      isWhole
      ? text(.name)
      : [text(.familyName), text(.givenName)].filter { !$0.isEmpty }.joined(separator: " ")
    guard !name.isEmpty else { throw problem(column, .missing) }
    try refuseHidden(name, column)
    guard name.count <= ListLimits.nameCharacters else {
      throw problem(
        column, .tooLong(limitCharacters: ListLimits.nameCharacters), text: name)
    }
    guard !LegacyText.isSuspect(name), !name.contains(where: Self.isForeignLatin) else {
      throw problem(column, .legacyFont, text: name)
    }
    guard !LegacyText.hasLostLetters(name) else {
      throw problem(column, .lostLetters, text: name)
    }
    guard name.allSatisfy({ VietnameseText.isLetter($0) || " '’.-".contains($0) }),
      name.contains(where: \.isLetter)
    else { throw problem(column, .strangeCharacters, text: name) }
    return name
  }

  /// Letters and signs of Latin-1 that no Vietnamese name has: most come from an old font.
  private static func isForeignLatin(_ character: Character) -> Bool {
    character.unicodeScalars.contains { (0xA1...0xFF).contains($0.value) }
      && !VietnameseText.isLetter(character)
  }

  private func refuseHidden(_ text: String, _ column: ListColumn) throws(RowProblem) {
    let isHidden = text.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
    // The soft hyphen is a letter of TCVN3 fonts.
    if isHidden, !LegacyText.isSuspect(text) {
      throw problem(column, .hiddenCharacters, text: text)
    }
  }

  /// Checks a date's column; the date itself is not kept.
  func checkDate(_ column: ListColumn) throws(RowProblem) {
    let text = text(column)
    if text.isEmpty { return }
    var parts = text.split { "/-.".contains($0) }
    let numbers = parts.compactMap { Int($0) }
    guard parts.count == 3, numbers.count == 3 else { throw problem(column, .noSuchDate) }
    // The year stands last, or first where no day can be so large.
    if numbers[0] > 31 { parts.reverse() }
    guard parts[2].count >= 4 else { throw problem(column, .shortYear) }
    guard let day = Int(parts[0]), let year = Int(parts[2]),
      (try? SchoolDay(year: year, month: numbers[1], day: day)) != nil
    else { throw problem(column, .noSuchDate) }
  }

  func number(
    _ column: ListColumn, in range: ClosedRange<Int>, else reason: RowProblem.Reason
  ) throws(RowProblem) -> Int? {
    let text = text(column)
    if text.isEmpty { return nil }
    guard let number = Int(text), range.contains(number) else { throw problem(column, reason) }
    return number
  }
}
