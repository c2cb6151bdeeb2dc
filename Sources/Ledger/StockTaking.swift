package import Labels

/// The part of a register whose shelves are counted: all of it, a prefix, or some numbers of one.
///
/// Its text form is `TK`, `TK.1-500`, or empty for all.
package struct StockRange: Hashable, Sendable, CustomStringConvertible {
  package let prefix: String?
  package let numbers: ClosedRange<Int>?

  package static let all = StockRange()

  private init() {
    prefix = nil
    numbers = nil
  }

  /// Reads the text form, in either case and with spaces around its parts, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    let parts = text.uppercased().filter { !$0.isWhitespace }
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty else {
      guard parts.count == 1 else { return nil }
      self = .all
      return
    }
    guard AccessionGrammar.prefixLength.contains(first.utf8.count),
      first.utf8.allSatisfy({ (65...90).contains($0) })
    else { return nil }
    prefix = String(first)
    guard parts.count == 2 else {
      numbers = nil
      return
    }
    guard let numbers = Self.numbers(parts[1]) else { return nil }
    self.numbers = numbers
  }

  /// One number, or two with a dash between them.
  private static func numbers(_ text: Substring) -> ClosedRange<Int>? {
    let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(bounds.count), let low = bounds.first ?? nil,
      let high = bounds.last ?? nil, low >= 0, low <= high,
      text.utf8.count <= 2 * AccessionGrammar.digitsLimit.upperBound + 1
    else { return nil }
    return low...high
  }

  package func contains(_ item: ItemID) -> Bool {
    guard let prefix else { return true }
    guard item.accession.prefix == prefix else { return false }
    return numbers.map { range in
      Int(item.accession.digits).map { range.contains($0) } ?? false
    } ?? true
  }

  package var description: String {
    guard let prefix else { return "" }
    return prefix + (numbers.map { ".\($0.lowerBound)-\($0.upperBound)" } ?? "")
  }
}

/// What a scan on a shelf tells, held against what the books say.
package enum StockFinding: String, CaseIterable, Sendable {
  /// Where it should be.
  case present
  /// On a shelf here, but not of the part that is counted.
  case misplaced
  /// Somebody is said to have it, but here it stands.
  case onLoan = "on-loan"
  /// It was recorded as missing.
  case wasMissing = "was-missing"
  /// Recorded at another library or in a box.
  case elsewhere
  case withdrawn
  /// In nobody's register here.
  case unregistered

  /// Judges an item that lies on a shelf of a library; `nil` is an item that nobody registered.
  package init(_ holding: Holding?, in range: StockRange, at library: LibraryCode) {
    guard let holding else {
      self = .unregistered
      return
    }
    self =
      switch holding.place {
      case .shelf(library): range.contains(holding.item) ? .present : .misplaced
      case .patron(library): .onLoan
      case .missing(library): .wasMissing
      case .withdrawn: .withdrawn
      case .shelf, .patron, .missing, .box, .outside: .elsewhere
      }
  }
}

/// What a stock-taking came to, as the yearly register has it.
package struct StockCount: Hashable, Sendable {
  /// The stock-taking: the operation that opened it.
  package let session: OperationID
  package let range: StockRange
  /// Items that the books had on these shelves.
  package let expected: Int
  /// Items that were scanned, by what was found; kinds that were not met are left out.
  package let found: [StockFinding: Int]
  /// Items that were neither scanned nor moved meanwhile.
  package let missing: Int

  /// Items that one number of a count may have.
  package static let counts = 0...10_000_000

  package init(
    session: OperationID, range: StockRange, expected: Int, found: [StockFinding: Int],
    missing: Int
  ) {
    self.session = session
    self.range = range
    self.expected = expected
    self.found = found.filter { $0.value > 0 }
    self.missing = missing
  }
}

extension StockCount {
  /// Session, range, expected, missing, then a number for each finding in order of their names.
  package func write(to writer: inout CBORWriter) {
    let findings = Self.findings
    writer.beginArray(count: 4 + findings.count)
    writer.write(bytes: session.bytes)
    writer.write(range.description)
    writer.write(expected)
    writer.write(missing)
    for finding in findings { writer.write(found[finding] ?? 0) }
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 4 + Self.findings.count)
    let bytes = try reader.readBytes(exactly: OperationID.byteCount)
    guard let session = OperationID(bytes: bytes) else { throw .badValue(field: "stock-taking") }
    let text = try reader.readText(limit: FactLimits.identifier)
    guard let range = StockRange(text), range.description == text else {
      throw .badValue(field: "range")
    }
    let expected = try reader.readInt(in: Self.counts, field: "expected")
    let missing = try reader.readInt(in: Self.counts, field: "missing")
    var found: [StockFinding: Int] = [:]
    for finding in Self.findings {
      found[finding] = try reader.readInt(in: Self.counts, field: finding.rawValue)
    }
    self.init(session: session, range: range, expected: expected, found: found, missing: missing)
  }

  private static let findings = StockFinding.allCases.sorted { $0.rawValue < $1.rawValue }
}
