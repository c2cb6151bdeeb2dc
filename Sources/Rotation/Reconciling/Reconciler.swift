import Circulation
package import Labels

/// Why a reconciliation can't go on: its input is not what it asked for.
package enum ReconcilerError: Error, Hashable, Sendable {
  /// An item came twice, or after one with a larger key.
  case outOfOrder(key: Int64, after: Int64)
  /// A number that is no library's.
  case unknownLibrary(Int, key: Int64)
}

/// Adds a term up, one item after the other, without keeping the items that are in order.
///
/// Each item is given once, in the order of keys, so that each is judged once. Memory goes with
/// the rows and the open differences, not with the items.
package struct Reconciler {
  private let term: Term
  private let libraries: [LibraryCode]
  private let knowledge: [LibraryKnowledge]
  private var rows: [StockRow] = []
  /// A row's place by its packed library, kind and home.
  private var rowPlaces: [Int: Int] = [:]
  private var traffic: [Int: Traffic] = [:]
  private var headings: [Heading: Int] = [:]
  private var open: [Verdict] = []
  private var brokenTrails: [Verdict] = []
  private var unlistedCount = 0
  private var lastKey: Int64?
  private let listing: Listing

  /// Which items are listed one by one, so that memory has a limit whatever comes.
  package struct Listing: Hashable, Sendable {
    /// Open items that are listed, and again as many broken trails.
    package let limit: Int
    /// Whether items of a library that has not reported are listed, which are all that it has; what
    /// was moved from where it was not is listed in any case.
    package let includesUnreported: Bool

    package init(limit: Int, includesUnreported: Bool) {
      self.limit = limit
      self.includesUnreported = includesUnreported
    }

    package static let everything = Listing(limit: .max, includesUnreported: true)
  }

  /// Begins the sum of a term.
  ///
  /// `libraries` names each library and what is known of it; a library's number is its place
  /// in the order of codes.
  package init(
    term: Term, libraries: [LibraryCode: LibraryKnowledge], listing: Listing = .everything
  ) {
    self.term = term
    self.listing = listing
    let ordered = libraries.sorted { $0.key < $1.key }
    self.libraries = ordered.map(\.key)
    knowledge = ordered.map(\.value)
  }

  /// Items that are listed one by one so far.
  package var listedCount: Int { open.count + brokenTrails.count }

  /// Adds an item and gives what is said of it.
  @discardableResult
  package mutating func add(_ item: ItemTerm) throws(ReconcilerError) -> Verdict {
    if let lastKey, item.key <= lastKey {
      throw .outOfOrder(key: item.key, after: lastKey)
    }
    try refuseWhenLibraryUnknown(item)
    lastKey = item.key
    let verdict = item.verdict(knowing: knowledge)
    post(item)
    count(item, verdict)
    headings[verdict.heading, default: 0] += 1
    list(verdict)
    return verdict
  }

  /// Says that of the items that were counted without a look at each, so many were on loan.
  package mutating func noteOnLoan(_ count: Int) {
    let moved = min(count, headings[.present] ?? 0)
    guard moved > 0 else { return }
    headings[.present, default: 0] -= moved
    headings[.onLoan, default: 0] += moved
  }

  private mutating func list(_ verdict: Verdict) {
    if verdict.heading.isOpen {
      let waitsForAll =
        verdict.heading == .notKnownYet && verdict.breaks.isEmpty
        && verdict.awaits == verdict.place.library
        && verdict.awaits.map { !knowledge[$0].hasReported } ?? false
      if open.count < listing.limit, listing.includesUnreported || !waitsForAll {
        open.append(verdict)
      } else {
        unlistedCount += 1
      }
    } else if !verdict.breaks.isEmpty {
      if brokenTrails.count < listing.limit {
        brokenTrails.append(verdict)
      } else {
        unlistedCount += 1
      }
    }
  }

  /// The sum, once every item was added.
  package func finished() -> Reconciliation {
    Reconciliation(
      term: term, libraries: libraries, knowledge: knowledge,
      rows: rows.sorted {
        ($0.library, $0.kind.number, $0.home) < ($1.library, $1.kind.number, $1.home)
      },
      traffic: traffic.values.sorted { ($0.from, $0.to) < ($1.from, $1.to) },
      headings: headings.filter { $0.value > 0 }, open: open, brokenTrails: brokenTrails,
      unlistedCount: unlistedCount)
  }

  private func refuseWhenLibraryUnknown(_ item: ItemTerm) throws(ReconcilerError) {
    func check(_ number: Int) throws(ReconcilerError) {
      guard libraries.indices.contains(number) else {
        throw .unknownLibrary(number, key: item.key)
      }
    }
    try check(item.home)
    switch item.opening {
    case .nowhere: break
    case .at(let library), .lost(let library), .withdrawn(let library): try check(library)
    case .onTheWay(let from, let to):
      try check(from)
      try check(to)
    }
    for act in item.acts {
      switch act.move {
      case .registered(let library), .received(let library), .withdrawn(let library),
        .lost(let library), .found(let library):
        try check(library)
      case .sent(let from, let to):
        try check(from)
        try check(to)
      }
    }
    for sighting in item.sightings { try check(sighting.library) }
  }
}

extension Reconciler {
  /// Enters the item's way in the columns, from where the books had it to where they have it.
  ///
  /// The columns follow the books and not what an event claims, so the sum holds whatever came.
  private mutating func post(_ item: ItemTerm) {
    if case .at(let library) = item.opening { self[library, item].opening += 1 }
    if case .onTheWay(let from, let to) = item.opening {
      self[from, to].onTheWayBefore += 1
    }
    var place = item.opening
    for act in item.acts {
      let next = place.after(act.move)
      if next != place {
        leave(place, for: next, item)
        enter(next, from: place, by: act.move, item)
      }
      place = next
    }
  }

  private mutating func leave(_ place: BooksPlace, for next: BooksPlace, _ item: ItemTerm) {
    switch (place, next) {
    case (.at(let library), .lost): self[library, item].lost += 1
    case (.at(let library), .withdrawn): self[library, item].withdrawn += 1
    case (.at(let library), _): self[library, item].sent += 1
    case (.onTheWay(let from, let to), .at(let library)):
      if library == to { self[from, to].received += 1 } else { self[from, to].misdirected += 1 }
    case (.onTheWay(let from, let to), _): self[from, to].ended += 1
    case (.nowhere, _), (.lost, _), (.withdrawn, _): break
    }
  }

  private mutating func enter(
    _ place: BooksPlace, from before: BooksPlace, by move: TermMove, _ item: ItemTerm
  ) {
    switch (place, before) {
    case (.at(let library), .nowhere):
      // Where the books begin with something else than a registration, the event is on the list
      // of breaks.
      switch move {
      case .registered: self[library, item].registered += 1
      case .received: self[library, item].received += 1
      case .sent, .withdrawn, .lost, .found: self[library, item].found += 1
      }
    case (.at(let library), .lost), (.at(let library), .withdrawn):
      self[library, item].found += 1
    case (.at(let library), .at(let other)):
      // Received without having been sent: the missing half is entered with it.
      self[library, item].received += 1
      self[other, library].sent += 1
      self[other, library].received += 1
    case (.at(let library), .onTheWay): self[library, item].received += 1
    case (.onTheWay(let from, let to), _): self[from, to].sent += 1
    case (.nowhere, _), (.lost, _), (.withdrawn, _): break
    }
  }

  private mutating func count(_ item: ItemTerm, _ verdict: Verdict) {
    let holder = verdict.place.library
    for library in verdict.seenAt {
      self[library, item].counted += 1
      if library != holder { self[library, item].strangers += 1 }
    }
    guard let holder, !verdict.seenAt.contains(holder) else { return }
    if verdict.heading == .onLoan {
      self[holder, item].counted += 1
    } else {
      self[holder, item].notCounted[verdict.heading, default: 0] += 1
    }
  }

  private subscript(library: Int, item: ItemTerm) -> StockRow {
    mutating get { rows[place(of: library, item)] }
    _modify { yield &rows[place(of: library, item)] }
  }

  /// A row's place, which is looked up once; a row that is not there yet is made.
  private mutating func place(of library: Int, _ item: ItemTerm) -> Int {
    let packed = (library * MaterialKind.count + item.kind.number) * libraries.count + item.home
    if let place = rowPlaces[packed] { return place }
    rowPlaces[packed] = rows.count
    rows.append(StockRow(library: library, kind: item.kind, home: item.home))
    return rows.count - 1
  }

  private subscript(from: Int, to: Int) -> Traffic {
    get { traffic[from * libraries.count + to] ?? Traffic(from: from, to: to) }
    _modify {
      yield &traffic[from * libraries.count + to, default: Traffic(from: from, to: to)]
    }
  }
}

extension MaterialKind {
  /// How many kinds there are.
  fileprivate static let count = 8

  /// The kind's place in the order of registers.
  fileprivate var number: Int {
    switch self {
    case .textbook: 0
    case .teacherBook: 1
    case .reference: 2
    case .children: 3
    case .periodical: 4
    case .picture: 5
    case .map: 6
    case .disc: 7
    }
  }
}
