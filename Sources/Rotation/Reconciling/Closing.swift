package import Circulation
package import Labels

/// Why a term can't be closed yet.
package enum ClosingRefusal: Error, Hashable, Sendable {
  /// These libraries have not sent in all events, or not finished their count.
  case waitingFor([LibraryCode])
  /// No library has closed the term.
  case nothingClosed
  /// Stations of these libraries were left out, of which something may still come until a day.
  case mayStillCome([LibraryCode], until: SchoolDay)
  /// Every library has closed the term, but that could not be written down.
  case notKept

  /// What the librarian reads, and what to do next.
  package func words(in language: Language) -> String {
    switch (self, language) {
    case (.waitingFor(let libraries), .vietnamese):
      "Chưa đủ số liệu của \(list(libraries)). Hãy kiểm kê và gửi nốt rồi mới chốt kỳ."
    case (.waitingFor(let libraries), .english):
      "\(list(libraries)) has not sent everything. Finish the count and send it, then close."
    case (.nothingClosed, .vietnamese):
      "Chưa thư viện nào chốt kỳ này. Hãy chốt kỳ ở từng thư viện trước."
    case (.nothingClosed, .english):
      "No library has closed this term. Close it at each library first."
    case (.mayStillCome(let libraries, let day), .vietnamese):
      "Chưa chốt kỳ toàn nhóm: máy trạm của \(list(libraries)) còn có thể gửi thêm. Hãy ghi danh "
        + "máy thay và chốt kỳ ở đó; từ ngày \(day.vietnameseText) thì chốt không cần máy ấy."
    case (.mayStillCome(let libraries, let day), .english):
      "Not closed over the group yet: something may still come from \(list(libraries)). Enrol "
        + "another machine there and close the term at it; from \(day) on it is closed without."
    case (.notKept, .vietnamese):
      "Chưa ghi được bản chốt của toàn nhóm. Hãy dọn chỗ trên đĩa của máy chủ trì rồi làm lại."
    case (.notKept, .english):
      "The group's closing could not be written down. Make room on the host's disk, then try again."
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
  /// left out, and so are libraries that the sum is not about.
  ///
  /// `carried` are the differences that go into the next term.
  package func closingBytes(carrying carried: [OpenDifference]) throws(ClosingRefusal) -> [UInt8] {
    let waiting = waitingFor
    guard waiting.isEmpty else { throw .waitingFor(waiting) }
    return lines(carrying: carried)
  }

  /// The same bytes, whether or not a library is waited for.
  package func lines(carrying carried: [OpenDifference]) -> [UInt8] {
    var lines = ["lienthong reconciliation 1", "term \(term)"]
    lines += involvedLibraries.map { "library \($0)" }
    lines += rows.map(line)
    lines += traffic.map(line)
    lines += Heading.allCases.map { "heading \($0.rawValue) \(headings[$0] ?? 0)" }
    lines += carried.sorted { ($0.item, $0.name) < ($1.item, $1.name) }.map {
      "open \($0.name) now \($0.heading.rawValue) \($0.library?.text ?? "-")"
    }
    if unlistedCount > 0 {
      lines.append(
        "unlisted \(unlistedCount) more to look into; see each library's own statement")
    }
    return Array(lines.map { "\($0)\n" }.joined().utf8)
  }

  /// The libraries whose shelves the sum is about, or of which it has a number or a difference.
  private var involvedLibraries: [LibraryCode] {
    let numbered = Set(rows.flatMap { [$0.library, $0.home] })
      .union(traffic.flatMap { [$0.from, $0.to] })
    return libraries.indices.filter { knowledge[$0].isCovered || numbered.contains($0) }
      .map { libraries[$0] }
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
