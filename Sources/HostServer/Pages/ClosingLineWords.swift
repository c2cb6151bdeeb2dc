import Circulation
import Labels
import Ledger
import Registry
import Rotation

/// A line of the group's closing in words that a librarian reads; one that is not known stays as it
/// is.
struct ClosingLineWords {
  let words: HostWords
  let name: (LibraryCode) -> String

  func sentence(for line: String) -> String {
    let read = ClosingLines(line)
    if let library = read.libraries.first {
      return "\(words.term("closing-library")) \(name(library))"
    }
    if let row = read.rows.first { return sentence(for: row) }
    if let way = read.ways.first { return sentence(for: way) }
    if let (heading, count) = read.headings.first {
      return "\(heading.words(in: words.language)): \(count)"
    }
    if let open = read.open.first {
      let at = open.library.map { ", \(name($0))" } ?? ""
      return "\(open.item): \(open.heading.words(in: words.language))\(at) (\(open.since))"
    }
    if read.unlistedCount > 0 {
      return UnlistedItems.words(read.unlistedCount, in: words.language)
    }
    return line
  }

  private func sentence(for row: ClosingLines.Row) -> String {
    let kind = words.material(row.kind.rawValue)
    return "\(name(row.library)) ← \(name(row.home)), \(kind): "
      + numbers(row.numbers, TermView.columns, always: ["expected", "counted"])
  }

  private func sentence(for way: TermStatement.Way) -> String {
    "\(name(way.from)) → \(name(way.to)): "
      + numbers(way.numbers, Self.wayColumns, always: ["on-the-way"])
  }

  private static let wayColumns = [
    "before-term", "sent", "received", "misdirected", "ended", "on-the-way",
  ]

  /// Numbers with what they count; a nought is told only where it means something.
  private func numbers(_ numbers: [Int], _ columns: [String], always: Set<String>) -> String {
    zip(columns, numbers).filter { $1 != 0 || always.contains($0) }
      .map { "\(words.term("column-\($0)")) \($1)" }.joined(separator: ", ")
  }
}
