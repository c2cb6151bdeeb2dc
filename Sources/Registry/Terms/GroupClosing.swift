package import Circulation
package import Labels
package import Ledger
package import Rotation

/// What a term over the group was closed with: kept once, when every library had closed it, and
/// never changed, whatever comes later.
package struct GroupClosing: Hashable, Sendable {
  package let term: Term
  /// Lines of text, as ``GroupReconciliation/closingText()`` gives them.
  package let text: String
  package let hash: StatementHash
  /// By the host's wall clock, in milliseconds since 1970.
  package let keptMilliseconds: Int64

  init(term: Term, text: String, hash: StatementHash, keptMilliseconds: Int64) {
    self.term = term
    self.text = text
    self.hash = hash
    self.keptMilliseconds = keptMilliseconds
  }

  init(term: Term, text: String, keptMilliseconds: Int64) {
    self.init(
      term: term, text: text, hash: StatementHash(of: text), keptMilliseconds: keptMilliseconds)
  }

  /// Whether the text is the one that the hash stands for, and of this term.
  var isSound: Bool {
    StatementHash(of: text) == hash
      && text.split(separator: "\n").dropFirst().first == "term \(term)"
  }
}

/// What a later sum of a closed term has otherwise than was kept.
package struct ClosingDeviation: Hashable, Sendable {
  /// Libraries that are waited for since.
  package let waitingFor: [LibraryCode]
  /// Lines that were kept and are not there any more, up to a limit, and how many there are.
  package let gone: [String]
  package let goneCount: Int
  /// Lines that are there now and were not kept, up to a limit, and how many there are.
  package let new: [String]
  package let newCount: Int

  /// Lines of each side that are told.
  package static let mostLines = 200

  /// Compares line by line; nothing where both say the same.
  init?(of kept: GroupClosing, from now: String, waitingFor: [LibraryCode]) {
    let before = kept.text.split(separator: "\n")
    let after = now.split(separator: "\n")
    let (known, found) = (Set(before), Set(after))
    let gone = before.filter { !found.contains($0) }
    let new = after.filter { !known.contains($0) }
    guard !(gone.isEmpty && new.isEmpty && waitingFor.isEmpty) else { return nil }
    self.waitingFor = waitingFor
    self.gone = gone.prefix(Self.mostLines).map(String.init)
    goneCount = gone.count
    self.new = new.prefix(Self.mostLines).map(String.init)
    newCount = new.count
  }
}

/// The text of a group's closing, read line by line.
package struct ClosingLines: Hashable, Sendable {
  /// The sum of a library for one kind and home.
  package struct Row: Hashable, Sendable {
    package let library: LibraryCode
    package let kind: MaterialKind
    package let home: LibraryCode
    /// As `TermStatement.Row` has them.
    package let numbers: [Int]
  }

  /// A difference that was carried over.
  package struct Open: Hashable, Sendable {
    package let since: Term
    package let item: ItemID
    package let heading: Heading
    package let library: LibraryCode?
  }

  package private(set) var libraries: [LibraryCode] = []
  package private(set) var rows: [Row] = []
  package private(set) var ways: [TermStatement.Way] = []
  package private(set) var headings: [Heading: Int] = [:]
  package private(set) var open: [Open] = []
  package private(set) var unlistedCount = 0

  /// Reads what ``GroupReconciliation/closingText()`` has written; a line that is none of its own
  /// is passed over.
  package init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch words.first {
      case "library": libraries += words.dropFirst().compactMap { try? LibraryCode($0) }
      case "row": rows += Self.row(words).map { [$0] } ?? []
      case "way": ways += Self.way(words).map { [$0] } ?? []
      case "heading":
        if words.count == 3, let heading = Heading(rawValue: String(words[1])) {
          headings[heading] = Int(words[2])
        }
      case "open": open += Self.open(words).map { [$0] } ?? []
      case "unlisted": unlistedCount = words.dropFirst().first.flatMap { Int($0) } ?? 0
      default: continue
      }
    }
  }

  private static func row(_ words: [Substring]) -> Row? {
    let numbers = words.dropFirst(4).compactMap { Int($0) }
    guard words.count == 4 + TermStatement.Row.columns,
      numbers.count == TermStatement.Row.columns, let library = try? LibraryCode(words[1]),
      let kind = MaterialKind(rawValue: String(words[2])), let home = try? LibraryCode(words[3])
    else { return nil }
    return Row(library: library, kind: kind, home: home, numbers: numbers)
  }

  private static func way(_ words: [Substring]) -> TermStatement.Way? {
    let numbers = words.dropFirst(3).compactMap { Int($0) }
    guard numbers.count == TermStatement.Way.columns, words.count == 3 + numbers.count,
      let from = try? LibraryCode(words[1]), let to = try? LibraryCode(words[2])
    else { return nil }
    return TermStatement.Way(from: from, to: to, numbers: numbers)
  }

  private static func open(_ words: [Substring]) -> Open? {
    guard words.count == 7, let since = Term(words[1]), let item = try? ItemID(words[2]),
      let heading = Heading(rawValue: String(words[5]))
    else { return nil }
    return Open(
      since: since, item: item, heading: heading, library: try? LibraryCode(words[6]))
  }
}

extension RegistryTransaction {
  /// Keeps the group's closing of a term, unless one is kept; gives the one that is kept.
  ///
  /// Several processes may come to it at once: the first one wins, and all give the same.
  func keep(_ closing: GroupClosing) throws -> GroupClosing {
    if let kept = try groupClosing(of: closing.term) { return kept }
    try save(closing)
    try write(
      .termClosed, by: AuditEntry.host, on: "\(closing.term)", detail: "\(closing.hash)",
      atMilliseconds: closing.keptMilliseconds)
    return closing
  }
}
