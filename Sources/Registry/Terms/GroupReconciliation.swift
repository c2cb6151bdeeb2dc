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

  package var term: Term { reconciliation.term }
  package var libraries: [LibraryCode] { reconciliation.libraries }

  /// What is hashed once every library has closed the term, as lines that a person can read.
  ///
  /// - Throws: `ClosingRefusal`, which names the libraries that are waited for.
  package func closingText() throws(ClosingRefusal) -> String {
    let bytes = try reconciliation.closingBytes(carrying: differences.map(\.difference))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The hash of the group's closing, once every library has closed the term.
  package var closingHash: StatementHash? {
    (try? closingText()).map { StatementHash(of: $0) }
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
  /// Other libraries' signatures, in order.
  package let signatures: [Countersignature]
  /// Numbers that the group's sum has otherwise.
  package let deviations: [Deviation]

  /// A number of a statement that the group's sum has otherwise.
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
    _ signatures: [Countersignature], in sum: Reconciliation
  ) {
    station = scope.station
    self.statement = statement
    hash = closing.closing.hash
    event = closing.event
    self.signatures = signatures.filter { $0.library != scope.station.library }
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
