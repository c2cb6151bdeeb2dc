import Circulation
package import Labels

/// Why a term can't be closed yet.
package enum ClosingRefusal: Error, Hashable, Sendable {
  /// These libraries have not sent in all events, or not finished their count.
  case waitingFor([LibraryCode])

  /// What the librarian reads, and what to do next.
  package func words(in language: Language) -> String {
    switch (self, language) {
    case (.waitingFor(let libraries), .vietnamese):
      "Chưa đủ số liệu của \(list(libraries)). Hãy kiểm kê và gửi nốt rồi mới chốt kỳ."
    case (.waitingFor(let libraries), .english):
      "\(list(libraries)) has not sent everything. Finish the count and send it, then close."
    }
  }

  private func list(_ libraries: [LibraryCode]) -> String {
    libraries.map(\.text).joined(separator: ", ")
  }
}

extension Reconciliation {
  /// The bytes that are hashed, and whose hash both sides sign, when a term is closed.
  ///
  /// They are lines of text, so that a person can read what was signed. The same sum gives the
  /// same bytes anywhere: keys and event references, which each machine numbers for itself, are
  /// left out.
  ///
  /// `carried` are the differences that go into the next term.
  package func closingBytes(carrying carried: [OpenDifference]) throws(ClosingRefusal) -> [UInt8] {
    let waiting = waitingFor
    guard waiting.isEmpty else { throw .waitingFor(waiting) }
    var lines = ["lienthong reconciliation 1", "term \(term)"]
    lines += libraries.map { "library \($0)" }
    lines += rows.map(line)
    lines += traffic.map(line)
    lines += Heading.allCases.map { "heading \($0.rawValue) \(headings[$0] ?? 0)" }
    lines += carried.sorted { ($0.item, $0.name) < ($1.item, $1.name) }.map {
      "open \($0.name) now \($0.heading.rawValue) \($0.library?.text ?? "-")"
    }
    return Array(lines.map { "\($0)\n" }.joined().utf8)
  }

  private func line(_ row: StockRow) -> String {
    let numbers = [
      row.opening, row.received, row.registered, row.found, row.sent, row.withdrawn, row.lost,
      row.expected, row.counted,
    ]
    return "row \(libraries[row.library]) \(row.kind.rawValue) \(libraries[row.home]) "
      + numbers.map(String.init).joined(separator: " ")
  }

  private func line(_ traffic: Traffic) -> String {
    let numbers = [
      traffic.onTheWayBefore, traffic.sent, traffic.received, traffic.misdirected, traffic.ended,
      traffic.onTheWay,
    ]
    return "way \(libraries[traffic.from]) \(libraries[traffic.to]) "
      + numbers.map(String.init).joined(separator: " ")
  }
}
