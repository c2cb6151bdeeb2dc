import Circulation
import Desk
import Labels
import Ledger
import Rotation
import Serving

/// The bodies about the end of a term that the API answers with.
extension Answer {
  /// The sum of a term for one kind and home.
  struct StockSum: Encodable, Sendable {
    let kind: String
    let name: Words
    let home: String
    let opening: Int
    let received: Int
    let registered: Int
    let found: Int
    let sent: Int
    let withdrawn: Int
    let lost: Int
    let expected: Int
    let counted: Int
  }

  struct Traffic: Encodable, Sendable {
    let from: String
    let to: String
    let before: Int
    let sent: Int
    let received: Int
    let misdirected: Int
    let ended: Int
    let onTheWay: Int
  }

  struct HeadingCount: Encodable, Sendable {
    let heading: String
    let words: Words
    let open: Bool
    let items: Int
  }

  /// A difference that goes into the next term under its name.
  struct TermDifference: Encodable, Sendable {
    let item: String
    let title: String
    let name: String
    let since: String
    let heading: String
    let words: Words
    /// The library that has to look first.
    let library: String?
    /// Events by epoch and number.
    let events: [String]
  }

  struct TermSignature: Encodable, Sendable {
    let library: String
    let notReceived: [String]
  }

  struct ClosedTerm: Encodable, Sendable {
    let day: String
    let hash: String
    let event: String
    let signatures: [TermSignature]
  }

  struct Reconciliation: Encodable, Sendable {
    let term: String
    let library: String
    /// Left out while the term is open.
    let closed: ClosedTerm?
    let closedTerms: [String]
    let after: String?
    let through: String
    let items: Int
    let rows: [StockSum]
    let traffic: [Traffic]
    let headings: [HeadingCount]
    let open: [TermDifference]
    /// Names of differences that the term before left open and this one settled.
    let settled: [String]
    /// Items that are in order, with the events that moved them from where they were not.
    let brokenTrails: [TermTrail]
    /// Libraries without whose word some item is not known of.
    let waitingFor: [String]
    /// Items whose shelf no finished stock-taking of the term went over.
    let uncounted: Int
    let openCounts: Int
  }

  struct TermTrail: Encodable, Sendable {
    let item: String
    let title: String
    let events: [String]
  }

  /// A statement's file with all signatures that are known here.
  struct SignedStatement: Encodable, Sendable {
    let term: String
    let library: String
    let own: Bool
    let signers: [String]
    let notReceived: [String]
    let repeated: Bool
    let words: Words
    let file: String
  }
}

extension Answer.Reconciliation {
  init(_ report: TermReport, offsetMinutes: Int) {
    let statement = report.statement
    term = statement.term.description
    library = statement.library.text
    closed = report.closed.map {
      Answer.ClosedTerm($0, report.signatures, offsetMinutes: offsetMinutes)
    }
    closedTerms = report.closedTerms.map(\.description)
    after = statement.after?.description
    through = statement.through.description
    items = statement.headings.values.reduce(0, +)
    rows = statement.rows.map { Answer.StockSum($0) }
    traffic = statement.ways.map { Answer.Traffic($0) }
    headings = Heading.allCases.compactMap { heading in
      statement.headings[heading].map { count in
        Answer.HeadingCount(
          heading: heading.rawValue, words: Words { heading.words(in: $0) },
          open: heading.isOpen, items: count)
      }
    }
    open = statement.open.map { Answer.TermDifference($0) }
    settled = report.settled.map(\.name)
    brokenTrails = report.breaks.map {
      Answer.TermTrail(
        item: $0.item.text, title: $0.title, events: $0.breaks.map(\.description))
    }
    waitingFor = report.waitingFor.map(\.text)
    uncounted = report.uncounted
    openCounts = report.openCounts
  }
}

extension Answer.ClosedTerm {
  init(_ closed: Ledger.ClosedTerm, _ signatures: [Countersignature], offsetMinutes: Int) {
    day =
      SchoolDay(
        unixMilliseconds: closed.wallMilliseconds, offsetMinutes: offsetMinutes
      ).description
    hash = closed.closing.hash.description
    event = closed.mark.description
    self.signatures = signatures.map {
      Answer.TermSignature(library: $0.library.text, notReceived: $0.exceptions.map(\.text))
    }
  }
}

extension Answer.StockSum {
  init(_ row: TermStatement.Row) {
    let numbers = row.numbers
    self.init(
      kind: row.kind.rawValue, name: Words { row.kind.name(in: $0) }, home: row.home.text,
      opening: numbers[0], received: numbers[1], registered: numbers[2], found: numbers[3],
      sent: numbers[4], withdrawn: numbers[5], lost: numbers[6], expected: numbers[7],
      counted: numbers[8])
  }
}

extension Answer.Traffic {
  init(_ way: TermStatement.Way) {
    let numbers = way.numbers
    self.init(
      from: way.from.text, to: way.to.text, before: numbers[0], sent: numbers[1],
      received: numbers[2], misdirected: numbers[3], ended: numbers[4], onTheWay: numbers[5])
  }
}

extension Answer.TermDifference {
  init(_ open: TermStatement.Open) {
    let difference = open.difference
    item = difference.item.text
    title = open.title
    name = difference.name
    since = difference.since.description
    heading = difference.heading.rawValue
    words = Words { difference.heading.words(in: $0) }
    library = difference.library?.text
    events = difference.references.compactMap { EventMark($0)?.description }
  }
}

extension Answer.SignedStatement {
  init(_ outcome: StatementOutcome, at library: LibraryCode) {
    term = outcome.statement.term.description
    self.library = outcome.statement.library.text
    own = outcome.statement.library == library
    signers = outcome.signers.map(\.text)
    notReceived = outcome.exceptions.map(\.text)
    repeated = outcome.isRepeat
    words = Words { outcome.words(at: library, in: $0) }
    file = outcome.file
  }
}

extension StatementOutcome {
  /// What the librarian reads, and what to do next.
  fileprivate func words(at library: LibraryCode, in language: Language) -> String {
    let (maker, term) = (statement.library, statement.term)
    let isOwn = maker == library
    let names = signers.filter { $0 != maker }.map(\.text).joined(separator: ", ")
    switch language {
    case .vietnamese where isOwn && names.isEmpty:
      return "Tệp chưa có chữ ký của trường khác. Hãy đưa tệp cho họ ký."
    case .english where isOwn && names.isEmpty:
      return "No other school has signed this file yet. Give it to them."
    case .vietnamese where isOwn: return "Học kỳ \(term) đã có chữ ký của \(names)."
    case .english where isOwn: return "Term \(term) is signed by \(names) too."
    case .vietnamese:
      return "Đã ký bản đối chiếu \(term) của thư viện \(maker). Hãy gửi tệp đã ký cho họ."
    case .english: return "Signed term \(term) of library \(maker). Give them the signed file."
    }
  }
}

/// The bodies about the end of a term that the API takes.
extension Posted {
  struct TermClosing: ActRequest {
    let operation: String
    let device: String?
    let term: String
  }
}
