import Circulation
import Labels
import Ledger
package import Registry
import Rotation

/// A sum over the group for a terminal: a line for each library, way and heading.
package struct ReconciliationText: Sendable {
  private let group: GroupReconciliation
  private let pair: LibraryPair?

  package init(_ group: GroupReconciliation, pair: LibraryPair?) {
    self.group = group
    self.pair = pair
  }

  private var sum: Reconciliation { group.reconciliation }

  package var text: String {
    let rows = pair.map { sum.between($0.one, $0.other).rows } ?? sum.rows
    let ways = pair.map { sum.between($0.one, $0.other).traffic } ?? sum.traffic
    let waiting = sum.waitingFor.map(\.text).joined(separator: " ")
    var lines = ["term \(group.term)", "waiting \(waiting.isEmpty ? "-" : waiting)"]
    lines += rows.map { row in
      "row \(sum.libraries[row.library]) \(row.kind.rawValue) \(sum.libraries[row.home]) "
        + row.columns.map(String.init).joined(separator: " ")
    }
    lines += ways.map { way in
      "way \(sum.libraries[way.from]) \(sum.libraries[way.to]) "
        + way.columns.map(String.init).joined(separator: " ")
    }
    if pair == nil {
      lines += Heading.allCases.compactMap { heading in
        sum.headings[heading].map { "heading \(heading.rawValue) \($0)" }
      }
    }
    let open = pair.map(group.differences(between:)) ?? group.differences
    lines.append("open \(open.count)")
    lines += group.statements.map { said in
      let signers = said.signatures.map(\.library.text).joined(separator: ",")
      return "closed \(said.station) \(said.statement.day) \(said.hash) signed by "
        + "\(signers.isEmpty ? "-" : signers)\(said.deviations.isEmpty ? "" : ", differs")"
    }
    if let hash = group.closingHash { lines.append("sha256 \(hash)") }
    return lines.map { "\($0)\n" }.joined()
  }
}
