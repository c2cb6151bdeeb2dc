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
    if let words = group.unlistedWords(in: .english) { lines.append("unlisted \(words)") }
    lines += group.leftOut.map(line)
    lines += group.statements.map(line)
    if let hash = group.closingHash { lines.append("sha256 \(hash)") }
    if let obstacle = group.closingObstacle {
      lines.append("unkept \(obstacle.words(in: .english))")
    }
    lines += Self.lines(of: group.closingDeviation)
    return lines.map { "\($0)\n" }.joined()
  }

  private func line(_ left: LeftOutStation) -> String {
    switch left.reason {
    case .revoked: "left-out \(left.station) revoked"
    case .begunLater(let day): "left-out \(left.station) begun \(day)"
    }
  }

  private func line(_ said: GroupStatement) -> String {
    let signers = said.signatures.map { signature in
      signature.library.text + (signature.isValid ? "" : " (\(signature.verdict.name))")
    }.joined(separator: ",")
    let own = said.ownSignature == .valid ? "" : ", own signature \(said.ownSignature.name)"
    return "closed \(said.station) \(said.statement.day) \(said.hash) signed by "
      + "\(signers.isEmpty ? "-" : signers)\(own)\(said.deviations.isEmpty ? "" : ", differs")"
  }

  /// What the sum has otherwise than the term was closed with, in both languages and line by line.
  package static func lines(of deviation: ClosingDeviation?) -> [String] {
    guard let deviation else { return [] }
    var lines = [
      "deviates Sổ hiện cộng khác bản đã chốt; bản đã chốt giữ nguyên.",
      "deviates The sum is another by now than the term was closed with; that stays as it was.",
    ]
    if !deviation.waitingFor.isEmpty {
      let waiting = deviation.waitingFor.map(\.text).joined(separator: " ")
      lines.append("deviates waits for \(waiting)")
    }
    lines += deviation.gone.map { "- \($0)" } + deviation.new.map { "+ \($0)" }
    let rest =
      deviation.goneCount - deviation.gone.count + deviation.newCount - deviation.new.count
    if rest > 0 { lines.append("deviates in \(rest) more lines") }
    return lines
  }
}
