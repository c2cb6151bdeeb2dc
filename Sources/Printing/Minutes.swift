/// Minutes of the usual Vietnamese form: national title, the school's name, who took part, tables,
/// places to sign.
///
/// All texts are given, so that printing the same minutes again gives the same file.
package struct Minutes: Hashable, Sendable {
  /// The school whose library draws the minutes up.
  package let schoolName: String
  /// In capitals, such as `BIÊN BẢN KIỂM KÊ`.
  package let title: String
  package let subtitle: String
  /// One line each: when, where, who, what for.
  package let introduction: [String]
  package let tables: [Table]
  package let conclusion: [String]
  /// Who signs, side by side.
  package let signers: [String]
  /// What stands at the foot of every page beside its number.
  package let footer: String
  /// The date that the file bears, in RFC 3339.
  package let timestamp: String

  package init(
    schoolName: String, title: String, subtitle: String, introduction: [String],
    tables: [Table], conclusion: [String], signers: [String], footer: String, timestamp: String
  ) {
    self.schoolName = schoolName
    self.title = title
    self.subtitle = subtitle
    self.introduction = introduction
    self.tables = tables
    self.conclusion = conclusion
    self.signers = signers
    self.footer = footer
    self.timestamp = timestamp
  }

  /// A column of a table: its heading, and its share of the page's width.
  package struct Column: Hashable, Sendable {
    package let name: String
    package let share: Double
    /// Numbers and marks stand in the middle.
    package let isCentred: Bool

    package init(_ name: String, _ share: Double, isCentred: Bool = false) {
      self.name = name
      self.share = share
      self.isCentred = isCentred
    }
  }

  /// A table with what stands above it; its headings are repeated on every page.
  package struct Table: Hashable, Sendable {
    package let heading: String
    package let columns: [Column]
    package let rows: [[String]]

    package init(heading: String, columns: [Column], rows: [[String]]) {
      self.heading = heading
      self.columns = columns
      self.rows = rows
    }
  }
}

extension Minutes {
  private static let country = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
  private static let motto = "Độc lập - Tự do - Hạnh phúc"

  /// The minutes as a PDF file of A4 pages.
  package func pdf() throws(PrintingError) -> [UInt8] {
    let paper = Paper.a4
    var layout = PageLayout(paper, footer: footer)
    layout.addPair(schoolName, Self.country, size: paper.textSize * 1.1, isBold: true)
    layout.addPair("THƯ VIỆN", Self.motto, size: paper.textSize * 1.15, isBold: true)
    layout.addRules()
    layout.space(14)
    layout.add(title, size: paper.textSize * 1.8, isBold: true, alignment: .centre)
    if !subtitle.isEmpty {
      layout.add(subtitle, size: paper.textSize * 1.15, alignment: .centre)
    }
    layout.space(8)
    for line in introduction { layout.add(paragraph: line, size: paper.textSize * 1.1) }
    for table in tables {
      layout.space(8)
      layout.add(table)
    }
    layout.space(8)
    for line in conclusion { layout.add(paragraph: line, size: paper.textSize * 1.1) }
    layout.space(10)
    layout.addPlaces(toSign: signers)
    return try PDFFile.bytes(of: layout.finished(), title: title, created: timestamp)
  }

  /// The tables as text for a spreadsheet: a line for each row, in UTF-8 with a byte order mark.
  ///
  /// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
  package var csv: [UInt8] {
    var lines = [[title], [subtitle]] + introduction.map { [$0] }
    for table in tables {
      lines += [[], [table.heading], table.columns.map(\.name)] + table.rows
    }
    return CSVText.bytes(of: lines + [[]] + conclusion.map { [$0] })
  }
}

/// Rows as comma-separated values (RFC 4180).
package enum CSVText {
  private static let formulaMarks: Set<Character> = ["=", "+", "-", "@", "\t", "\r"]

  /// The rows with a byte order mark before them, by which spreadsheets know UTF-8.
  package static func bytes(of rows: [[String]]) -> [UInt8] {
    let text = rows.map { row in row.map(cell).joined(separator: ",") + "\r\n" }.joined()
    return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
  }

  private static func cell(_ text: String) -> String {
    // A number is no formula, even below zero.
    let isFormula = text.first.map(formulaMarks.contains) == true && Int(text) == nil
    let safe = isFormula ? "'\(text)" : text
    guard safe.contains(where: { "\",\n\r".contains($0) }) else { return safe }
    return "\"\(safe.replacing("\"", with: "\"\""))\""
  }
}
