package import Circulation
package import Labels
package import Rotation

/// A term as a library closes it: lines of text, so that a person can read what was signed.
///
/// The text says all that minutes print, so that they are the same whenever they are printed. It is
/// read back line by line; one that would be written in another way is refused.
package struct TermStatement: Hashable, Sendable {
  package let library: LibraryCode
  package let libraryName: String
  package let term: Term
  /// The day of the closing, by the station's clock.
  package let day: SchoolDay
  /// The last event before the term; nothing where the books begin with it.
  package let after: EventMark?
  /// The last event that was added up.
  package let through: EventMark
  package let counts: [Count]
  package let rows: [Row]
  package let ways: [Way]
  /// How many items stand under each heading; headings without one are left out.
  package let headings: [Heading: Int]
  package let passages: [Passage]
  package let open: [Open]

  /// A stock-taking that the sum goes by, and what it found at its end.
  package struct Count: Hashable, Sendable {
    package let session: OperationID
    package let range: StockRange

    package init(session: OperationID, range: StockRange) {
      self.session = session
      self.range = range
    }
  }

  /// The sum for one kind and home: opening, received, registered, found, sent, withdrawn, lost,
  /// expected, counted.
  package struct Row: Hashable, Sendable {
    package let kind: MaterialKind
    package let home: LibraryCode
    package let numbers: [Int]

    package static let columns = 9

    package init(kind: MaterialKind, home: LibraryCode, numbers: [Int]) {
      self.kind = kind
      self.home = home
      self.numbers = numbers
    }
  }

  /// What went from one library to another: on the way before, sent, received, misdirected, ended,
  /// on the way now.
  package struct Way: Hashable, Sendable {
    package let from: LibraryCode
    package let to: LibraryCode
    package let numbers: [Int]

    package static let columns = 6

    package init(from: LibraryCode, to: LibraryCode, numbers: [Int]) {
      self.from = from
      self.to = to
      self.numbers = numbers
    }
  }

  /// An item that was sent to another library or came from it.
  package struct Passage: Hashable, Sendable {
    /// Seen from the library whose statement it is.
    package enum Direction: String, Hashable, Sendable {
      case sent, came
    }

    package let direction: Direction
    package let other: LibraryCode
    package let item: ItemID
    package let event: EventMark

    package init(direction: Direction, other: LibraryCode, item: ItemID, event: EventMark) {
      self.direction = direction
      self.other = other
      self.item = item
      self.event = event
    }
  }

  /// A difference that goes into the next term under its name.
  package struct Open: Hashable, Sendable {
    package let difference: OpenDifference
    package let title: String

    package init(difference: OpenDifference, title: String) {
      self.difference = difference
      self.title = String(title.map { $0.isNewline ? " " : $0 })
    }
  }

  package init(
    library: LibraryCode, libraryName: String, term: Term, day: SchoolDay, after: EventMark?,
    through: EventMark, counts: [Count], rows: [Row], ways: [Way], headings: [Heading: Int],
    passages: [Passage], open: [Open]
  ) {
    self.library = library
    self.libraryName = String(libraryName.map { $0.isNewline ? " " : $0 })
    self.term = term
    self.day = day
    self.after = after
    self.through = through
    self.counts = counts
    self.rows = rows
    self.ways = ways
    self.headings = headings.filter { $0.value > 0 }
    self.passages = passages
    self.open = open
  }

  /// Items that were sent to a library, each once, in order.
  package func sent(to other: LibraryCode) -> [ItemID] {
    Set(passages.filter { $0.direction == .sent && $0.other == other }.map(\.item)).sorted()
  }

  /// Items that came from a library, each once, in order.
  package func came(from other: LibraryCode) -> [ItemID] {
    Set(passages.filter { $0.direction == .came && $0.other == other }.map(\.item)).sorted()
  }
}

extension EventMark: CustomStringConvertible {
  /// Bits of a reference that the sequence takes; the epoch stands above them.
  private static let sequenceBits: Int64 = 40

  /// The epoch and the number within it: `1.1024`.
  package var description: String { "\(epoch).\(sequence)" }

  /// The number under which a reconciliation keeps the event.
  package var reference: EventReference {
    EventReference(Int64(epoch.number) << Self.sequenceBits | sequence)
  }

  /// The event that a reference stands for, or `nil`.
  package init?(_ reference: EventReference) {
    guard let epoch = Epoch(Int(reference.number >> Self.sequenceBits)) else { return nil }
    self.init(epoch: epoch, sequence: reference.number & (1 << Self.sequenceBits - 1))
  }

  /// Reads `1.1024`, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count == 2, let number = Int(words[0]), let epoch = Epoch(number),
      let sequence = Int64(words[1]), sequence >= 0
    else { return nil }
    self.init(epoch: epoch, sequence: sequence)
  }
}

extension Term {
  /// Reads `2026-2027/1`, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    let words = text.split(whereSeparator: { "-/".contains($0) })
    guard words.count == 3, let start = Int(words[0]), FactLimits.year.contains(start),
      let semester = Int(words[2])
    else { return nil }
    self.init(year: SchoolYear(start: start), semester: semester)
    guard description == text else { return nil }
  }
}
