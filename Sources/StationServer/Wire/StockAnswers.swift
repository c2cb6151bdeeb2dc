import Desk
import Journal
import Labels
import Ledger
import Serving

/// The bodies about stock-taking that the API answers with.
extension Answer {
  struct StockSession: Encodable, Sendable {
    let session: String
    let range: String
    let opened: String
    let paused: Bool
    let closed: Bool
  }

  struct StockSessions: Encodable, Sendable {
    let sessions: [StockSession]
  }

  /// A scan on a shelf; also told live to every page that is open.
  struct StockScan: Encodable, Sendable {
    let operation: String
    let session: String
    let label: String
    let finding: String
    let words: Words
    let repeated: Bool
    let item: Item?
    /// Different labels that were scanned so far, by finding.
    let counts: [String: Int]
  }

  struct StockLine: Encodable, Sendable {
    let label: String
    let finding: String
    let words: Words
    let item: Item?
    /// What the closing may record of it; nothing where it can't be settled.
    let settling: String?
  }

  struct StockReport: Encodable, Sendable {
    let session: StockSession
    let expected: Int
    let counts: [String: Int]
    let missing: [Item]
    let unusual: [StockLine]
  }
}

extension Answer.StockSession {
  init(_ session: StockSession, offsetMinutes: Int) {
    self.session = session.id.description
    range = session.range.description
    opened = RFC3339.text(
      unixMilliseconds: session.openedMilliseconds, offsetMinutes: offsetMinutes)
    paused = session.isPaused
    closed = session.isClosed
  }
}

extension Answer.StockScan {
  init(_ outcome: StockScanOutcome) {
    operation = outcome.scan.operation.description
    session = outcome.scan.session.description
    label = outcome.scan.label
    finding = outcome.scan.finding.rawValue
    words = Words { outcome.scan.finding.words(in: $0) }
    repeated = outcome.isRepeat
    item = outcome.item.map { Answer.Item($0) }
    counts = Self.named(outcome.counts)
  }

  static func named(_ counts: [StockFinding: Int]) -> [String: Int] {
    counts.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
  }
}

extension Answer.StockReport {
  init(_ report: StockReport, offsetMinutes: Int) {
    session = Answer.StockSession(report.session, offsetMinutes: offsetMinutes)
    expected = report.expectedCount
    counts = Answer.StockScan.named(report.counts)
    missing = report.missing.map { Answer.Item($0) }
    unusual = report.unusual.map { line in
      Answer.StockLine(
        label: line.scan.label, finding: line.scan.finding.rawValue,
        words: Words { line.scan.finding.words(in: $0) },
        item: line.item.map { Answer.Item($0) }, settling: line.settling?.rawValue)
    }
  }
}

extension StockFinding {
  /// What the person at the shelf should know and do.
  func words(in language: Language) -> String {
    switch (self, language) {
    case (.present, .vietnamese): "Đúng chỗ."
    case (.present, .english): "Where it should be."
    case (.misplaced, .vietnamese): "Sai chỗ: không thuộc giá đang kiểm kê."
    case (.misplaced, .english): "Misplaced: not of the shelves that are counted."
    case (.onLoan, .vietnamese): "Đang ghi là cho mượn, nhưng có trên giá."
    case (.onLoan, .english): "Recorded as on loan, but it is on the shelf."
    case (.wasMissing, .vietnamese): "Đang ghi là mất, nay thấy lại."
    case (.wasMissing, .english): "Recorded as missing, and here it is."
    case (.elsewhere, .vietnamese): "Đang ghi ở thư viện khác hoặc trong thùng. Để riêng."
    case (.elsewhere, .english): "Recorded at another library or in a box. Put it aside."
    case (.withdrawn, .vietnamese): "Đã thanh lý. Để riêng."
    case (.withdrawn, .english): "It was withdrawn. Put it aside."
    case (.unregistered, .vietnamese): "Chưa có trong sổ. Để riêng."
    case (.unregistered, .english): "In no register here. Put it aside."
    }
  }
}
