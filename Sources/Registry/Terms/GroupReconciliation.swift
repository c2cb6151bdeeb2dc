package import Circulation
package import Labels
package import Ledger
package import Rotation

/// A term over the group: what every library's events and statements come to together.
///
/// It is right about what has come to the host, and says of which libraries something is awaited.
package struct GroupReconciliation: Sendable {
  package let reconciliation: Reconciliation
  /// Everything that somebody must look into, in order of items, up to a limit.
  package let differences: [GroupDifference]
  /// What is in order at last, though an event moved it from where it was not; up to a limit.
  package let brokenTrails: [GroupDifference]
  /// What was closed, in order of stations.
  package let statements: [GroupStatement]
  /// Terms that any library has closed, the last one first.
  package let closedTerms: [Term]
  /// Stations that the term does not wait for, in order.
  package let leftOut: [LeftOutStation]
  /// What the term was closed with, once every library had closed it; it stays as it was.
  package let closing: GroupClosing?
  /// Set where a station was left out of which something may still come: from this day on the term
  /// is closed without it.
  package let openUntil: SchoolDay?

  package var term: Term { reconciliation.term }
  package var libraries: [LibraryCode] { reconciliation.libraries }

  /// What the term was closed with, as lines that a person can read.
  ///
  /// - Throws: `ClosingRefusal`, which names the libraries that are waited for, or says that it
  ///   could not be kept.
  package func closingText() throws(ClosingRefusal) -> String {
    if let closing { return closing.text }
    _ = try completeText()
    throw .notKept
  }

  /// Why the term is not closed, though it waits for no library; `nil` otherwise.
  package var closingObstacle: ClosingRefusal? {
    guard closing == nil, !statements.isEmpty, reconciliation.waitingFor.isEmpty else { return nil }
    return openUntil.map { .mayStillCome(unsureLibraries, until: $0) } ?? .notKept
  }

  private var unsureLibraries: [LibraryCode] {
    Set(leftOut.filter { !$0.isSure }.map(\.station.library)).sorted()
  }

  /// The hash of what the term was closed with.
  package var closingHash: StatementHash? { closing?.hash }

  /// What this sum has otherwise than what the term was closed with.
  package var closingDeviation: ClosingDeviation? {
    closing.flatMap {
      ClosingDeviation(of: $0, from: sumText, waitingFor: reconciliation.waitingFor)
    }
  }

  /// This sum as lines, once every library has closed the term.
  func completeText() throws(ClosingRefusal) -> String {
    guard !statements.isEmpty else { throw .nothingClosed }
    let waiting = reconciliation.waitingFor
    guard waiting.isEmpty else { throw .waitingFor(waiting) }
    if let openUntil { throw .mayStillCome(unsureLibraries, until: openUntil) }
    return sumText
  }

  private var sumText: String {
    String(
      decoding: reconciliation.lines(carrying: differences.map(\.difference)), as: UTF8.self)
  }

  /// The same sum with what the term was closed with.
  func closed(with closing: GroupClosing) -> GroupReconciliation {
    GroupReconciliation(
      reconciliation: reconciliation, differences: differences, brokenTrails: brokenTrails,
      statements: statements, closedTerms: closedTerms, leftOut: leftOut, closing: closing,
      openUntil: openUntil)
  }

  /// How many items are to be looked into and not named one by one, and what to do about them;
  /// nothing where all are named.
  package func unlistedWords(in language: Language) -> String? {
    let count = reconciliation.unlistedCount
    guard count > 0 else { return nil }
    return UnlistedItems.words(count, in: language)
  }
}

/// What is said of items that no list has room for.
package enum UnlistedItems {
  package static func words(_ count: Int, in language: Language) -> String {
    switch language {
    case .vietnamese:
      "Còn \(count) bản cần xem chưa nêu ở đây. Hãy xem trang đối chiếu và biên bản chốt kỳ của "
        + "từng thư viện, xử lý những bản đã nêu rồi cộng lại."
    case .english:
      "Not listed here: \(count) more to look into. See each library's own page and closed "
        + "statement, settle those that are listed, then add the term up again."
    }
  }
}

/// An item that somebody must look into, and the events that it comes from.
package struct GroupDifference: Sendable {
  package let difference: OpenDifference
  package let title: String
  /// Where the books have the item at the end.
  package let place: BooksPlace
  /// The events of the term that speak of it; one that closed the term stands for a count.
  package let events: [EventReference]
  /// Those that moved it from where it was not.
  package let breaks: [EventReference]

  package var item: ItemID { difference.item }
}

/// What a station has closed a term with, and who has signed it.
package struct GroupStatement: Sendable {
  package let station: StationID
  package let statement: TermStatement
  package let hash: StatementHash
  package let event: EventReference
  /// What the host makes of the station's own signature.
  package let ownSignature: SignedManifest.Verdict
  /// Other libraries' signatures, in order.
  package let signatures: [StatementSignature]
  /// Numbers that the sum has otherwise: the group's, or that of the station's own events where its
  /// library has several stations.
  package let deviations: [Deviation]

  /// A number of a statement that the sum has otherwise.
  package struct Deviation: Hashable, Sendable {
    package let kind: MaterialKind
    package let home: LibraryCode
    /// The number's place in the sum, as `TermStatement.Row` has them.
    package let column: Int
    package let stated: Int
    package let summed: Int
  }
}

extension GroupStatement {
  init(
    _ scope: StationScope, _ closing: KeptClosing, _ statement: TermStatement,
    _ told: [KeptSignature], by reader: SignatureReader, in sum: Reconciliation
  ) {
    station = scope.station
    self.statement = statement
    hash = closing.closing.hash
    event = closing.event
    ownSignature = reader.verdict(on: closing.closing, of: scope.station.library)
    signatures = reader.signatures(told, besides: scope.station.library)
    deviations = Self.deviations(of: statement, from: sum)
  }

  private struct RowKey: Hashable {
    let kind: MaterialKind
    let home: LibraryCode
  }

  private static func deviations(
    of statement: TermStatement, from sum: Reconciliation
  ) -> [Deviation] {
    let none = [Int](repeating: 0, count: TermStatement.Row.columns)
    let stated = Dictionary(
      statement.rows.map { (RowKey(kind: $0.kind, home: $0.home), $0.numbers) }
    ) { $1 }
    let summed = Dictionary(
      sum.rows(of: statement.library).map {
        (RowKey(kind: $0.kind, home: sum.libraries[$0.home]), $0.columns)
      }
    ) { $1 }
    let keys = Set(stated.keys).union(summed.keys).sorted {
      ($0.home, $0.kind.rawValue) < ($1.home, $1.kind.rawValue)
    }
    return keys.flatMap { key in
      zip(stated[key] ?? none, summed[key] ?? none).enumerated()
        .filter { $0.element.0 != $0.element.1 }
        .map {
          Deviation(
            kind: key.kind, home: key.home, column: $0.offset, stated: $0.element.0,
            summed: $0.element.1)
        }
    }
  }
}
