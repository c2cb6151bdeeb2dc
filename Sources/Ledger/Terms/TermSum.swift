package import Circulation
package import Labels
package import Rotation

/// A stock-taking of the term, and the items whose labels were scanned.
package struct TermCount: Hashable, Sendable {
  package let session: OperationID
  package let range: StockRange
  /// Where the journal stood when it was opened.
  package let opened: EventMark
  package let isClosed: Bool
  package let seen: Set<ItemID>

  package init(
    session: OperationID, range: StockRange, opened: EventMark, isClosed: Bool, seen: Set<ItemID>
  ) {
    self.session = session
    self.range = range
    self.opened = opened
    self.isClosed = isClosed
    self.seen = seen
  }
}

/// A term of one library added up, with each item under its heading.
package struct TermSum: Sendable {
  /// An item and the one thing that is said of it.
  package struct Line: Hashable, Sendable {
    package let item: ItemID
    package let title: String
    package let kind: MaterialKind
    package let heading: Heading
    /// The events of the term that speak of it, in order.
    package let events: [EventMark]
    /// Those that moved it from where the books did not have it.
    package let breaks: [EventMark]
  }

  package let library: LibraryCode
  package let term: Term
  package let after: EventMark?
  package let through: EventMark
  package let counts: [TermCount]
  package let reconciliation: Reconciliation
  /// Each item once, in order.
  package let lines: [Line]
  package let passages: [TermStatement.Passage]
  package let carryOver: CarryOver

  /// The library's own rows.
  package var rows: [StockRow] { reconciliation.rows(of: library) }

  /// Items of the library whose shelf was not counted to the end, or not at all.
  package var uncounted: Int {
    reconciliation.open.count { $0.heading == .notKnownYet && $0.awaits == hereNumber }
  }

  /// Libraries without whose word some item is not known of.
  package var waitingFor: [LibraryCode] {
    Set(reconciliation.open.compactMap(\.awaits)).sorted()
      .map { reconciliation.libraries[$0] }.filter { $0 != library }
  }

  private var hereNumber: Int? { reconciliation.libraries.firstIndex(of: library) }

  /// The statement that the library closes the term with.
  package func statement(libraryName: String, day: SchoolDay) -> TermStatement {
    let libraries = reconciliation.libraries
    let titles = Dictionary(lines.map { ($0.item, $0.title) }) { $1 }
    return TermStatement(
      library: library, libraryName: libraryName, term: term, day: day, after: after,
      through: through,
      counts: counts.filter(\.isClosed).map {
        TermStatement.Count(session: $0.session, range: $0.range)
      },
      rows: rows.map { row in
        TermStatement.Row(kind: row.kind, home: libraries[row.home], numbers: row.columns)
      },
      ways: reconciliation.traffic.map { way in
        TermStatement.Way(from: libraries[way.from], to: libraries[way.to], numbers: way.columns)
      },
      headings: reconciliation.headings, passages: passages,
      open: carryOver.open.map {
        TermStatement.Open(difference: $0, title: titles[$0.item] ?? "")
      })
  }
}

extension StockRow {
  /// The sum's numbers in the order of its words.
  package var columns: [Int] {
    [opening, received, registered, found, sent, withdrawn, lost, expected, counted]
  }
}

extension Traffic {
  /// The numbers in the order in which a statement has them.
  package var columns: [Int] {
    [onTheWayBefore, sent, received, misdirected, ended, onTheWay]
  }
}

extension TermBooks {
  /// Adds the term up.
  ///
  /// `previous` are the differences that the term before left open.
  package func sum(
    _ term: Term, counts: [TermCount], previous: [OpenDifference]
  ) throws(ReconcilerError) -> TermSum {
    let homes = Set(tracks.keys.map(\.library)).union(counts.flatMap(\.seen).map(\.library))
    let codes = Set(libraries).union(homes).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(codes, 0...))
    let renumbered = libraries.map { places[$0] ?? 0 }
    let own = LibraryKnowledge(hasReported: true, hasCounted: counts.contains(where: \.isClosed))
    var reconciler = Reconciler(
      term: term,
      libraries: Dictionary(
        uniqueKeysWithValues: codes.map { ($0, $0 == library ? own : .fromOthers) }))
    var lines: [TermSum.Line] = []
    var items: [ItemID] = []
    for item in Set(tracks.keys).union(counts.flatMap(\.seen)).sorted() {
      var itemTerm = self.term(of: item, key: items.count, counts, renumbered)
      itemTerm.home = places[item.library] ?? 0
      guard isOurs(item, itemTerm, places[library] ?? 0) else { continue }
      let verdict = try reconciler.add(itemTerm)
      items.append(item)
      lines.append(line(item, itemTerm.kind, verdict))
    }
    let reconciliation = reconciler.finished()
    let known = Set(items)
    return TermSum(
      library: library, term: term, after: after,
      through: through ?? EventMark(epoch: .first, sequence: 0), counts: counts,
      reconciliation: reconciliation, lines: lines, passages: passages(of: items),
      carryOver: CarryOver(
        from: previous,
        to: reconciliation.openDifferences { items[Int($0)] }, wasAdded: known.contains))
  }

  /// Whether the library's books have had to do with the item in the term.
  ///
  /// What went through unopened in a box of other libraries has only been near.
  private func isOurs(_ item: ItemID, _ term: ItemTerm, _ here: Int) -> Bool {
    switch term.opening {
    case .at(let place) where place != here:
      return term.acts.contains { $0.move.concerns(here) } || !term.sightings.isEmpty
    case .onTheWay(let from, let to) where from != here && to != here:
      return term.acts.contains { $0.move.concerns(here) } || !term.sightings.isEmpty
    default: return true
    }
  }

  private func term(
    of item: ItemID, key: Int, _ counts: [TermCount], _ renumbered: [Int]
  ) -> ItemTerm {
    let track = tracks[item] ?? Track(opening: .nowhere, place: .nowhere)
    let holding = accounts.holdings[item]
    let isOnLoan = holding?.place == .patron(library)
    return ItemTerm(
      key: Int64(key), home: 0, kind: kind(of: item),
      opening: track.opening.renumbered(renumbered),
      acts: track.acts.map { TermAct($0.move.renumbered(renumbered), $0.mark.reference) },
      sightings: sightings(of: item, track, counts, isOnLoan: isOnLoan).map {
        Sighting(at: renumbered[Self.here], $0.reference)
      },
      isOnLoan: isOnLoan,
      wasLookedFor: counts.contains { $0.isClosed && $0.range.contains(item) })
  }

  /// Where a count saw the item: its scan, or what was done with it in somebody's hand since.
  private func sightings(
    of item: ItemID, _ track: Track, _ counts: [TermCount], isOnLoan: Bool
  ) -> [EventMark] {
    let handled = track.handled
    let scanned = counts.filter { count in
      count.seen.contains(item) && handled.map { $0 <= count.opened } ?? true
    }
    guard scanned.isEmpty else { return scanned.map(\.opened) }
    guard let handled, !isOnLoan, track.place == .at(Self.here) else { return [] }
    let wasMoved = counts.contains { count in
      handled > count.opened
        && (count.seen.contains(item) || count.isClosed && count.range.contains(item))
    }
    return wasMoved ? [handled] : []
  }

  private func record(of item: ItemID) -> BibliographicRecord? {
    accounts.holdings[item].flatMap { accounts.records[$0.record] }
  }

  /// By the label first: every library reads it there, whether or not it knows the title, so two
  /// libraries and the host have the item in the same row.
  private func kind(of item: ItemID) -> MaterialKind {
    MaterialKind(register: item.accession.prefix) ?? record(of: item)?.kind ?? .children
  }

  private func line(_ item: ItemID, _ kind: MaterialKind, _ verdict: Verdict) -> TermSum.Line {
    TermSum.Line(
      item: item, title: record(of: item)?.title ?? "", kind: kind, heading: verdict.heading,
      events: verdict.references.compactMap { EventMark($0) },
      breaks: verdict.breaks.compactMap { EventMark($0) })
  }

  /// What went to other libraries and came from them, the way of earlier terms included.
  private func passages(of items: [ItemID]) -> [TermStatement.Passage] {
    var sent: [TermStatement.Passage] = []
    var came: [TermStatement.Passage] = []
    for item in items {
      guard let track = tracks[item] else { continue }
      if case .onTheWay(Self.here, let to) = track.opening, let after {
        sent.append(passage(.sent, to, item, after))
      }
      for (index, act) in track.acts.enumerated() {
        let before = track.acts[..<index].reduce(track.opening) { $0.after($1.move) }
        switch (act.move, before) {
        case (.sent(Self.here, let to), _) where to != Self.here:
          sent.append(passage(.sent, to, item, act.mark))
        case (.received(Self.here), .onTheWay(let from, _)) where from != Self.here,
          (.received(Self.here), .at(let from)) where from != Self.here:
          came.append(passage(.came, from, item, act.mark))
        default: break
        }
      }
    }
    return sent + came
  }

  private func passage(
    _ direction: TermStatement.Passage.Direction, _ other: Int, _ item: ItemID,
    _ mark: EventMark
  ) -> TermStatement.Passage {
    TermStatement.Passage(
      direction: direction, other: libraries[other], item: item, event: mark)
  }
}

extension BooksPlace {
  fileprivate func renumbered(_ numbers: [Int]) -> BooksPlace {
    switch self {
    case .nowhere: .nowhere
    case .at(let library): .at(numbers[library])
    case .onTheWay(let from, let to): .onTheWay(from: numbers[from], to: numbers[to])
    case .lost(let library): .lost(at: numbers[library])
    case .withdrawn(let library): .withdrawn(at: numbers[library])
    }
  }
}

extension TermMove {
  /// Whether a library is an end of the move.
  fileprivate func concerns(_ here: Int) -> Bool {
    switch self {
    case .sent(let from, let to): from == here || to == here
    case .registered(let library), .received(let library), .withdrawn(let library),
      .lost(let library), .found(let library):
      library == here
    }
  }

  fileprivate func renumbered(_ numbers: [Int]) -> TermMove {
    switch self {
    case .registered(let library): .registered(at: numbers[library])
    case .sent(let from, let to): .sent(from: numbers[from], to: numbers[to])
    case .received(let library): .received(at: numbers[library])
    case .withdrawn(let library): .withdrawn(at: numbers[library])
    case .lost(let library): .lost(at: numbers[library])
    case .found(let library): .found(at: numbers[library])
    }
  }
}
