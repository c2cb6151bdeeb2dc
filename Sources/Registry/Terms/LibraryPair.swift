package import Labels
package import Ledger
package import Rotation

/// Two libraries whose dealings with each other are looked at.
package struct LibraryPair: Hashable, Sendable {
  package let one: LibraryCode
  package let other: LibraryCode

  package init(_ one: LibraryCode, _ other: LibraryCode) {
    self.one = one
    self.other = other
  }

  package func contains(_ library: LibraryCode) -> Bool { library == one || library == other }
}

/// An item that one of two libraries states to have sent or received, and the other does not.
package struct DisputedPassage: Hashable, Sendable {
  package let item: ItemID
  package let from: LibraryCode
  package let to: LibraryCode
  package let saidBy: LibraryCode
  package let event: EventReference
}

extension GroupReconciliation {
  /// What is open of the books of either of two libraries, at the other or on the way between them.
  package func differences(between pair: LibraryPair) -> [GroupDifference] {
    differences.filter { concerns($0, pair) }
  }

  package func brokenTrails(between pair: LibraryPair) -> [GroupDifference] {
    brokenTrails.filter { concerns($0, pair) }
  }

  private func concerns(_ difference: GroupDifference, _ pair: LibraryPair) -> Bool {
    var libraries = Set(difference.events.map(\.station.library))
    libraries.formUnion(self.libraries(of: difference.place))
    libraries.insert(difference.item.library)
    return libraries.contains(pair.one) && libraries.contains(pair.other)
  }

  private func libraries(of place: BooksPlace) -> [LibraryCode] {
    switch place {
    case .nowhere: []
    case .at(let library), .lost(let library), .withdrawn(let library): [libraries[library]]
    case .onTheWay(let from, let to): [libraries[from], libraries[to]]
    }
  }

  /// A place for programs: `at:TT`, `on-the-way:TT:TT1`, `lost:TT`, `withdrawn:TT` or `nowhere`.
  package func text(of place: BooksPlace) -> String {
    let codes = libraries(of: place).map(\.text).joined(separator: ":")
    return switch place {
    case .nowhere: "nowhere"
    case .at: "at:\(codes)"
    case .onTheWay: "on-the-way:\(codes)"
    case .lost: "lost:\(codes)"
    case .withdrawn: "withdrawn:\(codes)"
    }
  }
}

extension GroupRegistry {
  /// Items that two libraries' statements tell otherwise.
  ///
  /// They were sent by one and did not come to the other, or came to one and were not sent by the
  /// other. What a statement carries over as sent in an earlier term, since the other's signature
  /// came after that was closed, may have come there in an earlier term too. What was passed on
  /// unopened in its box went where the box did, whatever its sender states. Nothing while either
  /// has not closed the term.
  package func disputedPassages(
    of term: Term, between pair: LibraryPair
  ) async throws -> [DisputedPassage] {
    try await store.read { books in
      let closings = try books.closings().filter { $0.term <= term }
      guard let one = try books.stated(by: pair.one, in: term, closings),
        let other = try books.stated(by: pair.other, in: term, closings)
      else { return [] }
      let disputed = [(one, other), (other, one)].map { ($0.0, Self.disputed($0.0, $0.1)) }
      guard disputed.contains(where: { !$0.1.isEmpty }) else { return [] }
      let frame = try TermFrame(of: term, in: books)
      let follower = PassageFollower(frame: frame, ways: BoxWays(frame), books: books)
      return try disputed.flatMap { sender, passages in
        try passages.filter { try !follower.wasPassedOn($0, by: sender) }
      }
    }
  }

  /// What goes from the first to the second.
  private static func disputed(_ sender: Stated, _ receiver: Stated) -> [DisputedPassage] {
    let (from, to) = (sender.library, receiver.library)
    let sent = sender.items(.sent, to)
    let came = receiver.items(.came, from)
    let carried = sender.carried(to: to)
    let cameBefore = Set(receiver.before.flatMap { $0.came(from: from) })
    let sentBefore = Set(sender.before.flatMap { $0.sent(to: to) }).subtracting(cameBefore)
    let notCome = sent.subtracting(came).subtracting(carried.intersection(cameBefore))
    let notSent = came.subtracting(sent).subtracting(sentBefore)
    func passages(
      of stated: Stated, _ direction: TermStatement.Passage.Direction, _ wanted: Set<ItemID>
    ) -> [DisputedPassage] {
      let other = direction == .sent ? to : from
      return stated.passages(direction, other).filter { wanted.contains($0.item) }.map {
        DisputedPassage(
          item: $0.item, from: from, to: to, saidBy: stated.library, event: $0.event)
      }
    }
    return passages(of: sender, .sent, notCome) + passages(of: receiver, .came, notSent)
  }

  /// The events that references name, those that can be read.
  package func events(
    _ references: [EventReference]
  ) async throws -> [EventReference: Event] {
    let wanted = Array(Set(references).prefix(Self.mostEventsAsked))
    return try await store.read { books in
      var events: [EventReference: Event] = [:]
      for reference in wanted { events[reference] = try books.event(reference) }
      return events
    }
  }

  private static let mostEventsAsked = 1_000
}

/// Follows boxes that were passed on unopened to where they went.
private struct PassageFollower {
  let frame: TermFrame
  let ways: BoxWays
  let books: any RegistryReader

  /// Whether an item went to another library than its sender states, since its box was passed on:
  /// to the one that says that it came, or away from the one that says nothing.
  func wasPassedOn(_ passage: DisputedPassage, by sender: Stated) throws -> Bool {
    if passage.saidBy == passage.from {
      return try destination(of: passage.event).map { $0 != passage.to } ?? false
    }
    let elsewhere = sender.events(sending: passage.item, elsewhereThan: passage.to)
    return try elsewhere.contains { try destination(of: $0) == passage.to }
  }

  /// Where the box went in which an event packed an item, or `nil` where it is no packing.
  private func destination(of reference: EventReference) throws -> LibraryCode? {
    guard let event = try books.event(reference), case .box(.packed(let move)) = event.fact,
      let box = move.to.box
    else { return nil }
    let stay = BoxWays.Stay(
      box: box.text, station: try frame.station(reference.station.text), packed: reference.mark,
      next: nil, isInTerm: true)
    return ways.destination(of: stay) { _ in false }
  }
}

/// What a library's stations have stated of a term, and of those before it.
private struct Stated {
  let library: LibraryCode
  /// Each station's statement of the term.
  let parts: [(station: StationID, statement: TermStatement)]
  let before: [TermStatement]

  typealias Passage = (item: ItemID, event: EventReference)

  func passages(
    _ direction: TermStatement.Passage.Direction, _ other: LibraryCode
  ) -> [Passage] {
    parts.flatMap { part in
      part.statement.passages.filter { $0.direction == direction && $0.other == other }
        .map { ($0.item, Self.reference($0, of: part.station)) }
    }
  }

  func items(
    _ direction: TermStatement.Passage.Direction, _ other: LibraryCode
  ) -> Set<ItemID> {
    Set(passages(direction, other).map(\.item))
  }

  /// What was sent in an earlier term, and is carried over as it is not known to have come.
  func carried(to other: LibraryCode) -> Set<ItemID> {
    Set(
      parts.flatMap { part in
        part.statement.passages.filter {
          $0.direction == .sent && $0.other == other && $0.event == part.statement.after
        }.map(\.item)
      })
  }

  /// The events by which an item was sent to any other library than one.
  func events(sending item: ItemID, elsewhereThan other: LibraryCode) -> [EventReference] {
    parts.flatMap { part in
      part.statement.passages.filter {
        $0.direction == .sent && $0.item == item && $0.other != other
      }.map { Self.reference($0, of: part.station) }
    }
  }

  private static func reference(
    _ passage: TermStatement.Passage, of station: StationID
  ) -> EventReference {
    EventReference(
      station: station, epoch: passage.event.epoch, sequence: passage.event.sequence)
  }
}

extension RegistryReader {
  /// Nothing where no station of the library has closed the term.
  fileprivate func stated(
    by library: LibraryCode, in term: Term, _ closings: [KeptClosing]
  ) throws -> Stated? {
    let own = closings.filter { $0.library == library }
    let last = Dictionary(own.filter { $0.term == term }.map { ($0.event.station, $0) }) { $1 }
    let parts = try last.sorted { $0.key < $1.key }.compactMap { station, closing in
      try statement(of: closing).map { (station: station, statement: $0) }
    }
    guard !parts.isEmpty else { return nil }
    return Stated(
      library: library, parts: parts,
      before: try own.filter { $0.term < term }.compactMap { try statement(of: $0) })
  }

  private func statement(of closing: KeptClosing) throws -> TermStatement? {
    try text(of: closing).flatMap { try? TermStatement($0) }
  }
}
