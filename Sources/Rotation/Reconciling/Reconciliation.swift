package import Labels

/// A term added up: what the books expect, what was counted, and what is open.
///
/// It is right about what is known here, and says of which libraries something is still to come.
package struct Reconciliation: Hashable, Sendable {
  package let term: Term
  /// In order; a library's number is its place here.
  package let libraries: [LibraryCode]
  package let knowledge: [LibraryKnowledge]
  /// By library, kind and home.
  package let rows: [StockRow]
  /// By sending and receiving library.
  package let traffic: [Traffic]
  /// How many items stand under each heading; they are all items that were added.
  package let headings: [Heading: Int]
  /// Everything that somebody must look into, in the order of keys.
  package let open: [Verdict]
  /// Items that are in order at last, though an event moved them from where they were not.
  package let brokenTrails: [Verdict]
  /// Items that somebody must look into and that are in neither list.
  package let unlistedCount: Int
}

extension Reconciliation {
  /// How many items were added.
  package var itemCount: Int { headings.values.reduce(0, +) }

  /// The libraries whose report or count is still to come.
  package var waitingFor: [LibraryCode] {
    zip(libraries, knowledge).filter { !$1.hasReported || !$1.hasCounted }.map(\.0)
  }

  /// The rows of one library: its own sum.
  package func rows(of library: LibraryCode) -> [StockRow] {
    rows.filter { libraries[$0.library] == library }
  }

  /// What two libraries sent to each other, and what each has of the other's.
  package func between(
    _ one: LibraryCode, _ other: LibraryCode
  ) -> (traffic: [Traffic], rows: [StockRow]) {
    let pair = Set([one, other])
    return (
      traffic.filter { Set([libraries[$0.from], libraries[$0.to]]) == pair },
      rows.filter {
        $0.library != $0.home && Set([libraries[$0.library], libraries[$0.home]]) == pair
      }
    )
  }

  /// The open differences with the names of their items.
  ///
  /// `item` is the item of a key.
  package func openDifferences(naming item: (Int64) -> ItemID) -> [OpenDifference] {
    open.map { verdict in
      OpenDifference(
        item: item(verdict.key), since: term, firstHeading: verdict.heading,
        heading: verdict.heading, library: library(of: verdict).map { libraries[$0] },
        references: verdict.references)
    }
  }

  /// Who has to look first: whoever is waited for, saw the item, or should have it.
  package func library(of verdict: Verdict) -> Int? {
    if let awaits = verdict.awaits { return awaits }
    if let seen = verdict.seenAt.first { return seen }
    switch verdict.place {
    case .at(let library), .lost(let library), .withdrawn(let library): return library
    case .onTheWay(let from, _): return from
    case .nowhere: return nil
    }
  }
}
