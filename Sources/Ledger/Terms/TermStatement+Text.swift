import Circulation
import Labels
import Rotation

/// Why a text is no statement: the number of the line that can't be read.
package struct StatementError: Error, Hashable, Sendable {
  package let line: Int
}

extension TermStatement {
  private static let title = "lienthong term statement 1"
  private static let end = "end"

  /// The statement's lines; its hash is taken over their bytes.
  package var text: String {
    var lines = [
      Self.title, "library \(library) \(libraryName)", "term \(term)", "day \(day)",
      "events \(after.map { "\($0)" } ?? "-") \(through)",
    ]
    lines += counts.map {
      "count \($0.session) \($0.range.description.isEmpty ? "*" : "\($0.range)")"
    }
    lines += rows.map { "row \($0.kind.rawValue) \($0.home) \(Self.joined($0.numbers))" }
    lines += ways.map { "way \($0.from) \($0.to) \(Self.joined($0.numbers))" }
    lines += Heading.allCases.compactMap { heading in
      headings[heading].map { "heading \(heading.rawValue) \($0)" }
    }
    lines += passages.map { "\($0.direction.rawValue) \($0.other) \($0.item) \($0.event)" }
    lines += open.map(line)
    return (lines + [Self.end]).map { "\($0)\n" }.joined()
  }

  private static func joined(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: " ")
  }

  private func line(_ open: Open) -> String {
    let difference = open.difference
    let events = difference.references.compactMap { EventMark($0)?.description }
    return "open \(difference.since) \(difference.item) \(difference.firstHeading.rawValue) "
      + "\(difference.heading.rawValue) \(difference.library?.text ?? "-") "
      + "\(events.isEmpty ? "-" : events.joined(separator: ",")) \(open.title)"
  }

  package var hash: StatementHash { StatementHash(of: text) }

  /// Reads a statement's text.
  package init(_ text: String) throws(StatementError) {
    var reader = StatementReader(text)
    self = try reader.statement()
    // What would be written otherwise has another hash, and can't be what was signed.
    guard self.text == text else { throw StatementError(line: reader.number) }
  }

  /// Takes a file apart: the statement's text, and the lines after it.
  package static func split(_ file: String) -> (text: String, rest: [String])? {
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
    guard let index = lines.firstIndex(of: Substring(end)) else { return nil }
    return (
      lines[...index].map { "\($0)\n" }.joined(),
      lines[(index + 1)...].filter { !$0.isEmpty }.map(String.init)
    )
  }

  fileprivate static let firstLine = title
  fileprivate static let lastLine = end
}

/// Reads a statement line by line, each of which begins with what it is about.
private struct StatementReader {
  private var lines: ArraySlice<Substring>
  private(set) var number = 0

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
  }

  mutating func statement() throws(StatementError) -> TermStatement {
    guard next().map(String.init) == TermStatement.firstLine else { throw failure }
    let named = try words(of: "library", in: 2)
    let library = try value(try? LibraryCode(named[0]))
    let term = try value(Term(try words(of: "term", in: 1)[0]))
    let day = try value(try? SchoolDay(try words(of: "day", in: 1)[0]))
    let events = try words(of: "events", in: 2)
    let after = events[0] == "-" ? nil : try value(EventMark(events[0]))
    let through = try value(EventMark(events[1]))
    let counts = try all("count", in: 2) { Self.count($0) }
    let rows = try all("row", in: 2 + TermStatement.Row.columns) { Self.row($0) }
    let ways = try all("way", in: 2 + TermStatement.Way.columns) { Self.way($0) }
    let headings = try all("heading", in: 2) { Self.heading($0) }
    let sent = try all("sent", in: 3) { Self.passage(.sent, $0) }
    let came = try all("came", in: 3) { Self.passage(.came, $0) }
    let differences = try all("open", in: 7) { Self.open($0) }
    guard next().map(String.init) == TermStatement.lastLine else { throw failure }
    return TermStatement(
      library: library, libraryName: String(named[1]), term: term, day: day, after: after,
      through: through, counts: counts, rows: rows, ways: ways,
      headings: Dictionary(headings.map { ($0.heading, $0.count) }) { $1 },
      passages: sent + came, open: differences)
  }

  private var failure: StatementError { StatementError(line: number) }

  private mutating func next() -> Substring? {
    number += 1
    return lines.popFirst()
  }

  /// The words of a line after its first; the last takes what is left.
  private mutating func words(
    of name: String, in count: Int
  ) throws(StatementError) -> [Substring] {
    guard let line = next() else { throw failure }
    let words = line.split(
      separator: " ", maxSplits: count, omittingEmptySubsequences: false)
    guard words.count == count + 1, words[0] == name else { throw failure }
    return Array(words.dropFirst())
  }

  /// All lines of a name that follow each other.
  private mutating func all<Value>(
    _ name: String, in count: Int, read: ([Substring]) -> Value?
  ) throws(StatementError) -> [Value] {
    var values: [Value] = []
    while let line = lines.first, line.hasPrefix("\(name) ") {
      values.append(try value(read(try words(of: name, in: count))))
    }
    return values
  }

  private func value<Value>(_ value: Value?) throws(StatementError) -> Value {
    guard let value else { throw failure }
    return value
  }

  private static func count(_ words: [Substring]) -> TermStatement.Count? {
    guard let session = OperationID(String(words[0])),
      let range = words[1] == "*" ? .all : StockRange(words[1])
    else { return nil }
    return TermStatement.Count(session: session, range: range)
  }

  private static func row(_ words: [Substring]) -> TermStatement.Row? {
    guard let kind = MaterialKind(rawValue: String(words[0])),
      let home = try? LibraryCode(words[1]), let numbers = numbers(words.dropFirst(2))
    else { return nil }
    return TermStatement.Row(kind: kind, home: home, numbers: numbers)
  }

  private static func way(_ words: [Substring]) -> TermStatement.Way? {
    guard let from = try? LibraryCode(words[0]), let to = try? LibraryCode(words[1]),
      let numbers = numbers(words.dropFirst(2))
    else { return nil }
    return TermStatement.Way(from: from, to: to, numbers: numbers)
  }

  private static func numbers(_ words: ArraySlice<Substring>) -> [Int]? {
    let numbers = words.compactMap { Int($0) }.filter(possibleNumbers.contains)
    return numbers.count == words.count ? numbers : nil
  }

  /// Numbers that a statement may have, so that sums of many hold.
  private static let possibleNumbers = -1_000_000_000...1_000_000_000

  private static func heading(_ words: [Substring]) -> (heading: Heading, count: Int)? {
    guard let heading = Heading(rawValue: String(words[0])), let count = Int(words[1]),
      possibleNumbers.contains(count)
    else { return nil }
    return (heading, count)
  }

  private static func passage(
    _ direction: TermStatement.Passage.Direction, _ words: [Substring]
  ) -> TermStatement.Passage? {
    guard let other = try? LibraryCode(words[0]), let item = try? ItemID(words[1]),
      let event = EventMark(words[2])
    else { return nil }
    return TermStatement.Passage(direction: direction, other: other, item: item, event: event)
  }

  private static func open(_ words: [Substring]) -> TermStatement.Open? {
    let library = words[4] == "-" ? nil : try? LibraryCode(words[4])
    let events = words[5] == "-" ? [] : words[5].split(separator: ",").map { EventMark($0) }
    guard let since = Term(words[0]), let item = try? ItemID(words[1]),
      let first = Heading(rawValue: String(words[2])),
      let heading = Heading(rawValue: String(words[3])), library != nil || words[4] == "-",
      !events.contains(nil)
    else { return nil }
    return TermStatement.Open(
      difference: OpenDifference(
        item: item, since: since, firstHeading: first, heading: heading, library: library,
        references: events.compactMap { $0?.reference }),
      title: String(words[6]))
  }
}
