import Circulation
import Labels
package import Ledger
import Printing
import Rotation

/// Every item of a term as a table: each once, under the one heading that it has.
package struct TermList: Sendable {
  private let sum: TermSum

  package init(sum: TermSum) {
    self.sum = sum
  }

  package var csv: [UInt8] {
    let head = ["item", "title", "kind", "home", "heading", "mục", "events", "breaks"]
    let rows = sum.lines.map { line in
      [
        line.item.text, line.title, line.kind.rawValue, line.item.library.text,
        line.heading.rawValue, line.heading.words(in: .vietnamese),
        line.events.map(\.description).joined(separator: " "),
        line.breaks.map(\.description).joined(separator: " "),
      ]
    }
    return CSVText.bytes(of: [head] + rows)
  }
}
