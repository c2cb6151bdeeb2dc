/// What minutes need beside lines and codes: two columns at the head, paragraphs, ruled tables.
extension PageLayout {
  private static let ruleWidth = 0.5
  private static let cellPadding = 3.0
  /// The height of a table's row, in sizes of its text.
  private static let rowLeading = 1.7
  /// Characters that a line of a paragraph holds at the text's size: measured on Noto Sans, with
  /// room for wide letters, so that no font decides where a page ends.
  private static let widthOfCharacter = 0.52

  /// Adds two texts side by side, each in the middle of its half.
  mutating func addPair(_ left: String, _ right: String, size: Double, isBold: Bool) {
    let half = contentWidth / 2
    need(size * 1.45)
    place(left, x: 0, width: half, size: size, isBold: isBold, alignment: .centre)
    place(right, x: half, width: half, size: size, isBold: isBold, alignment: .centre)
    space(size * 1.45)
  }

  /// Rules off the school's name and the motto.
  mutating func addRules() {
    let half = contentWidth / 2
    for (centre, length) in [(half / 2, half * 0.3), (half * 1.5, half * 0.55)] {
      rule(x: centre - length / 2, width: length)
    }
    space(4)
  }

  /// Adds a text over as many lines as it needs.
  mutating func add(paragraph text: String, size: Double) {
    let limit = max(Int(contentWidth / (size * Self.widthOfCharacter)), 20)
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.count + 1 + word.count > limit {
        add(line, size: size)
        line = ""
      }
      line += line.isEmpty ? "\(word)" : " \(word)"
    }
    add(line, size: size)
  }

  /// Adds a ruled table, with its headings again at the top of every page.
  mutating func add(_ table: Minutes.Table) {
    let height = textSize * Self.rowLeading
    // A heading is not left alone at the foot of a page.
    need(textSize * 1.6 + 3 * height)
    if !table.heading.isEmpty { add(table.heading, size: textSize * 1.15, isBold: true) }
    add(row: table.columns.map(\.name), of: table, isHeading: true)
    for row in table.rows {
      if need(height) { add(row: table.columns.map(\.name), of: table, isHeading: true) }
      add(row: row, of: table, isHeading: false)
    }
  }

  private mutating func add(row: [String], of table: Minutes.Table, isHeading: Bool) {
    let height = textSize * Self.rowLeading
    let shares = table.columns.map(\.share).reduce(0, +)
    if isHeading { rule(x: 0, width: contentWidth) }
    var x = 0.0
    for (column, text) in zip(table.columns, row) {
      let width = contentWidth * column.share / shares
      upright(x: x, height: height)
      place(
        text, x: x + Self.cellPadding, width: width - 2 * Self.cellPadding, size: textSize,
        isBold: isHeading, alignment: isHeading || column.isCentred ? .centre : .left,
        below: (height - textSize * 1.35) / 2)
      x += width
    }
    upright(x: contentWidth - Self.ruleWidth, height: height)
    space(height)
    rule(x: 0, width: contentWidth)
  }

  /// Adds places to sign, with what is written in them by hand.
  mutating func addPlaces(toSign signers: [String]) {
    let width = contentWidth / Double(max(signers.count, 1))
    need(textSize * 9)
    for (index, name) in signers.enumerated() {
      place(
        name, x: Double(index) * width, width: width, size: textSize * 1.1, isBold: true,
        alignment: .centre)
      place(
        "(Ký, ghi rõ họ tên)", x: Double(index) * width, width: width, size: textSize,
        isBold: false, alignment: .centre, below: textSize * 1.6)
    }
    space(textSize * 9)
  }

  private mutating func rule(x: Double, width: Double) {
    box(x: x, width: width, height: Self.ruleWidth)
  }

  private mutating func upright(x: Double, height: Double) {
    box(x: x, width: Self.ruleWidth, height: height)
  }
}
