package import Labels

/// A difference that has a name, and keeps it from term to term until it is settled.
package struct OpenDifference: Hashable, Sendable {
  package let item: ItemID
  /// The term in which it was first found.
  package let since: Term
  /// What was said of it then.
  package let firstHeading: Heading
  /// What is said of it now.
  package let heading: Heading
  /// The library that has to look first.
  package let library: LibraryCode?
  /// The events that speak of the item, of all terms since.
  package let references: [EventReference]

  package init(
    item: ItemID, since: Term, firstHeading: Heading, heading: Heading, library: LibraryCode?,
    references: [EventReference]
  ) {
    self.item = item
    self.since = since
    self.firstHeading = firstHeading
    self.heading = heading
    self.library = library
    self.references = references
  }

  /// The name under which both sides speak of it: `2026-2027/1 TT.TK.00123 missing`.
  package var name: String { "\(since) \(item) \(firstHeading.rawValue)" }

  /// The same difference, a term later.
  fileprivate func continued(as later: OpenDifference) -> OpenDifference {
    let known = Set(references)
    return OpenDifference(
      item: item, since: since, firstHeading: firstHeading, heading: later.heading,
      library: later.library,
      references: references + later.references.filter { !known.contains($0) })
  }
}

/// What became of an earlier term's open differences, and what is new.
package struct CarryOver: Hashable, Sendable {
  /// Open before and still, under their first names.
  package let stillOpen: [OpenDifference]
  package let new: [OpenDifference]
  package let settled: [OpenDifference]
  /// Open before, of items that this term's sum did not have: they stay open.
  package let notLookedAt: [OpenDifference]

  /// Everything that goes into the next term.
  package var open: [OpenDifference] {
    (stillOpen + new + notLookedAt).sorted { ($0.item, $0.name) < ($1.item, $1.name) }
  }

  /// Carries differences over from a term to the next.
  ///
  /// `wasAdded` says whether this term's sum had an item.
  package init(
    from previous: [OpenDifference], to current: [OpenDifference], wasAdded: (ItemID) -> Bool
  ) {
    let now = Dictionary(current.map { ($0.item, $0) }) { first, _ in first }
    let before = Set(previous.map(\.item))
    stillOpen = previous.compactMap { difference in
      now[difference.item].map(difference.continued(as:))
    }
    new = current.filter { !before.contains($0.item) }
    let gone = previous.filter { now[$0.item] == nil }
    settled = gone.filter { wasAdded($0.item) }
    notLookedAt = gone.filter { !wasAdded($0.item) }
  }
}
