/// A text with its place on a page, in points from the upper left corner.
struct PlacedText: Hashable, Sendable {
  /// Where the lines of a text stand in its width.
  enum Alignment: Hashable, Sendable {
    case left, centre
  }

  let text: String
  let x: Double
  let y: Double
  let width: Double
  let size: Double
  var isBold = false
  var alignment = Alignment.left
}

/// A black rectangle.
struct PlacedBox: Hashable, Sendable {
  let x: Double
  let y: Double
  let width: Double
  let height: Double
}

/// What stands on one page.
struct PrintedPage: Hashable, Sendable {
  let width: Double
  var height: Double
  var texts: [PlacedText] = []
  var boxes: [PlacedBox] = []
}

/// Puts texts, codes and rows one below the other, page by page.
///
/// A text takes one line and is cut where it is too long, so that no font decides where a page
/// ends.
struct PageLayout {
  private let paper: Paper
  private let footer: String
  private var pages: [PrintedPage]
  private var y: Double

  /// Pages that a document may have.
  static let mostPages = 100
  /// The height of a line, in sizes of its text.
  private static let leading = 1.45
  private static let codeGap = 10.0
  private static let signatureHeight = 60.0

  init(_ paper: Paper, footer: String) {
    self.paper = paper
    self.footer = footer
    pages = [PrintedPage(width: paper.width, height: paper.height ?? 0)]
    y = paper.margin
  }

  var contentWidth: Double { paper.width - 2 * paper.margin }
  var textSize: Double { paper.textSize }
  private var footerHeight: Double { paper.textSize * 2 }

  private var page: PrintedPage {
    get { pages[pages.count - 1] }
    set { pages[pages.count - 1] = newValue }
  }

  /// Begins a new page where so much does not fit on this one, and says whether it did.
  @discardableResult
  mutating func need(_ height: Double) -> Bool {
    guard let limit = paper.height, y + height > limit - paper.margin - footerHeight,
      y > paper.margin
    else { return false }
    pages.append(PrintedPage(width: paper.width, height: limit))
    y = paper.margin
    return true
  }

  /// Puts a text beside others at the present height, counted from the left margin.
  mutating func place(
    _ text: String, x: Double, width: Double, size: Double, isBold: Bool,
    alignment: PlacedText.Alignment, below: Double = 0
  ) {
    page.texts.append(
      PlacedText(
        text: text, x: paper.margin + x, y: y + below, width: width, size: size, isBold: isBold,
        alignment: alignment))
  }

  /// Draws a rectangle at the present height, counted from the left margin.
  mutating func box(x: Double, width: Double, height: Double) {
    page.boxes.append(PlacedBox(x: paper.margin + x, y: y, width: width, height: height))
  }

  mutating func space(_ height: Double) {
    y += height
  }

  /// Adds one line of text.
  mutating func add(
    _ text: String, size: Double, isBold: Bool = false,
    alignment: PlacedText.Alignment = .left
  ) {
    need(size * Self.leading)
    page.texts.append(
      PlacedText(
        text: text, x: paper.margin, y: y, width: contentWidth, size: size, isBold: isBold,
        alignment: alignment))
    y += size * Self.leading
  }

  /// Adds a line code in the middle.
  mutating func add(label code: PrintedCode) {
    let module = min(contentWidth * 0.8 / Double(code.width), 1.2)
    need(code.rowHeight * module)
    draw(code, x: (paper.width - module * Double(code.width)) / 2, module: module)
    y += code.rowHeight * module + 2
  }

  /// Adds QR codes side by side, each with its number.
  mutating func add(codes: [PrintedCode]) {
    let columns = min(paper.codeColumns, codes.count)
    let width = (contentWidth - Double(columns - 1) * Self.codeGap) / Double(max(columns, 1))
    for start in stride(from: 0, to: codes.count, by: max(columns, 1)) {
      let row = Array(codes[start..<min(start + columns, codes.count)])
      let height = row.map { side(of: $0, in: width) }.max() ?? 0
      need(height + paper.textSize * Self.leading)
      for (column, code) in row.enumerated() {
        let x = paper.margin + Double(column) * (width + Self.codeGap)
        add(code, number: start + column + 1, of: codes.count, x: x, width: width)
      }
      y += height + paper.textSize * Self.leading + 2
    }
  }

  private func module(of code: PrintedCode, in width: Double) -> Double {
    min(width / Double(code.width + 2 * PrintedCode.quietModules), paper.largestModule)
  }

  private func side(of code: PrintedCode, in width: Double) -> Double {
    module(of: code, in: width) * Double(code.width + 2 * PrintedCode.quietModules)
  }

  private mutating func add(
    _ code: PrintedCode, number: Int, of count: Int, x: Double, width: Double
  ) {
    let (module, side) = (module(of: code, in: width), side(of: code, in: width))
    let quiet = module * Double(PrintedCode.quietModules)
    let top = y
    y += quiet
    draw(code, x: x + (width - side) / 2 + quiet, module: module)
    y = top
    page.texts.append(
      PlacedText(
        text: "\(number)/\(count)", x: x, y: top + side, width: width, size: paper.textSize,
        isBold: true, alignment: .centre))
  }

  /// Draws runs of dark modules at the present height.
  private mutating func draw(_ code: PrintedCode, x: Double, module: Double) {
    for (index, row) in code.rows.enumerated() {
      var column = 0
      while column < row.count {
        let start = column
        while column < row.count, row[column] { column += 1 }
        if column > start {
          page.boxes.append(
            PlacedBox(
              x: x + Double(start) * module, y: y + Double(index) * module * code.rowHeight,
              width: Double(column - start) * module, height: module * code.rowHeight))
        }
        column += 1
      }
    }
  }

  /// Adds a line of a list: its number, the label and the title.
  mutating func add(row number: String, _ label: String, _ title: String) {
    let size = paper.textSize
    need(size * Self.leading)
    let widths = (size * 2.6, size * 11)
    let texts = [
      (number, 0.0, widths.0), (label, widths.0, widths.1),
      (title, widths.0 + widths.1, contentWidth - widths.0 - widths.1),
    ]
    for (text, offset, width) in texts {
      page.texts.append(
        PlacedText(text: text, x: paper.margin + offset, y: y, width: width, size: size))
    }
    y += size * Self.leading
  }

  /// Adds places to sign, side by side.
  mutating func add(signatures: [String]) {
    need(Self.signatureHeight)
    let width = contentWidth / Double(max(signatures.count, 1))
    for (index, name) in signatures.enumerated() {
      page.texts.append(
        PlacedText(
          text: name, x: paper.margin + Double(index) * width, y: y, width: width,
          size: paper.textSize, alignment: .centre))
    }
    y += Self.signatureHeight
  }

  /// The pages with their numbers.
  func finished() throws(PrintingError) -> [PrintedPage] {
    guard pages.count <= Self.mostPages else {
      throw .tooLong(pages: pages.count, limit: Self.mostPages)
    }
    guard let height = paper.height else {
      var page = page
      page.height = y + paper.margin
      return [page]
    }
    return pages.enumerated().map { index, page in
      var page = page
      page.texts.append(
        PlacedText(
          text: "\(footer) · \(index + 1)/\(pages.count)", x: paper.margin,
          y: height - paper.margin - paper.textSize, width: contentWidth, size: paper.textSize,
          alignment: .centre))
      return page
    }
  }
}
