package import Labels

/// The one thing that a reconciliation says of an item.
package enum Heading: String, Hashable, Sendable, CaseIterable {
  /// Seen where the books have it.
  case present
  /// With a patron of the library where the books have it.
  case onLoan = "on-loan"
  case lost, withdrawn
  /// Received by a library that this sum is not about.
  case handedOver = "handed-over"
  /// Sent and not received.
  case onTheWay = "on-the-way"
  /// Not seen by the library that should have it.
  case missing
  /// Seen by another library than the books say.
  case elsewhere
  /// Seen on a shelf while it is lent.
  case seenWhileOnLoan = "seen-while-on-loan"
  /// Seen, though the books have it lost, withdrawn, on the way, or not at all.
  case unexpected
  /// Seen by two libraries.
  case seenTwice = "seen-twice"
  /// Waits for what a library has not sent in or counted yet.
  case notKnownYet = "not-known-yet"
  /// Neither in the books nor seen.
  case absent

  /// Whether somebody has to look into it, now or next term.
  package var isOpen: Bool {
    switch self {
    case .present, .onLoan, .lost, .withdrawn, .handedOver, .absent: false
    case .onTheWay, .missing, .elsewhere, .seenWhileOnLoan, .unexpected, .seenTwice,
      .notKnownYet:
      true
    }
  }
}

/// How much of a library's term is known here.
package struct LibraryKnowledge: Hashable, Sendable {
  /// Whether all its events of the term have come.
  package var hasReported: Bool
  /// Whether its stock-taking is finished and has come.
  package var hasCounted: Bool
  /// Whether the sum is about its shelves too; a station's is about its own library alone.
  package var isCovered: Bool

  package init(hasReported: Bool, hasCounted: Bool, isCovered: Bool = true) {
    self.hasReported = hasReported
    self.hasCounted = hasCounted
    self.isCovered = isCovered
  }

  /// A library of which only what others say is known.
  package static let fromOthers = LibraryKnowledge(
    hasReported: false, hasCounted: false, isCovered: false)
}

/// What a reconciliation says of one item, and on which grounds.
package struct Verdict: Hashable, Sendable {
  package let key: Int64
  package let heading: Heading
  /// Where the books have the item at the end.
  package let place: BooksPlace
  /// The libraries that saw it, each once, in order.
  package let seenAt: [Int]
  /// The library whose report or count is waited for.
  package let awaits: Int?
  /// The term's events of the item, in order; those that brought a difference are among them.
  package let references: [EventReference]
  /// The events that move the item from where the books did not have it.
  package let breaks: [EventReference]
}

extension ItemTerm {
  /// Judges the item by what is known of each library.
  package func verdict(knowing knowledge: [LibraryKnowledge]) -> Verdict {
    let (place, breaks) = replayed
    let seenAt = seenAt
    let awaits = awaits(place, seenAt, knowledge)
    let heading =
      awaits == nil
      ? heading(of: place, seenAt: seenAt, knowledge) : Heading.notKnownYet
    return Verdict(
      key: key, heading: heading, place: place, seenAt: seenAt, awaits: awaits,
      references: eventsOfActs + sightings.map(\.reference), breaks: breaks)
  }

  /// Each event once, also one that stands for two acts: out of one box and into the next.
  private var eventsOfActs: [EventReference] {
    acts.indices.filter { $0 == 0 || acts[$0].reference != acts[$0 - 1].reference }
      .map { acts[$0].reference }
  }

  /// The libraries that saw the item, each once; mostly there is one, which needs no sorting.
  private var seenAt: [Int] {
    let all = sightings.map(\.library)
    return all.count < 2 ? all : Set(all).sorted()
  }

  private var replayed: (place: BooksPlace, breaks: [EventReference]) {
    var place = opening
    var breaks: [EventReference] = []
    for act in acts {
      if !place.bearsOut(act.move), breaks.last != act.reference {
        breaks.append(act.reference)
      }
      place = place.after(act.move)
    }
    return (place, breaks)
  }

  private func heading(
    of place: BooksPlace, seenAt: [Int], _ knowledge: [LibraryKnowledge]
  ) -> Heading {
    if seenAt.count > 1 { return .seenTwice }
    if case .at(let library) = place, seenAt.isEmpty, !knowledge[library].isCovered {
      return .handedOver
    }
    switch (place, seenAt.first) {
    case (.at(let library), let seen?):
      if seen != library { return .elsewhere }
      return isOnLoan ? .seenWhileOnLoan : .present
    case (_, _?): return .unexpected
    case (.at, nil): return isOnLoan ? .onLoan : .missing
    case (.onTheWay, nil): return .onTheWay
    case (.lost, nil): return .lost
    case (.withdrawn, nil): return .withdrawn
    case (.nowhere, nil): return .absent
    }
  }

  /// The library without which nothing is sure: it may have sent, received or seen the item.
  ///
  /// What was seen where the books have it, or at two places, no report can change.
  private func awaits(
    _ place: BooksPlace, _ seenAt: [Int], _ knowledge: [LibraryKnowledge]
  ) -> Int? {
    guard seenAt.count < 2 else { return nil }
    switch place {
    case .at(let library):
      if seenAt == [library] { return nil }
      let known = knowledge[library]
      guard known.isCovered else { return nil }
      let isCounted = known.hasCounted && wasLookedFor || isOnLoan || !seenAt.isEmpty
      return known.hasReported && isCounted ? nil : library
    case .onTheWay(_, let to):
      return knowledge[to].hasReported ? nil : to
    case .nowhere, .lost, .withdrawn: return nil
    }
  }
}

extension Heading {
  /// What minutes say above the items.
  package func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnamese
    case .english: english
    }
  }

  private var vietnamese: String {
    switch self {
    case .present: "Có tại chỗ"
    case .onLoan: "Đang cho mượn"
    case .lost: "Đã ghi mất"
    case .withdrawn: "Đã thanh lý"
    case .handedOver: "Đã giao thư viện khác"
    case .onTheWay: "Đang trên đường"
    case .missing: "Thiếu khi kiểm kê"
    case .elsewhere: "Có ở thư viện khác"
    case .seenWhileOnLoan: "Có trên giá nhưng đang ghi cho mượn"
    case .unexpected: "Có nhưng sổ không ghi"
    case .seenTwice: "Hai nơi cùng ghi"
    case .notKnownYet: "Chưa đủ thông tin"
    case .absent: "Không có trong sổ"
    }
  }

  private var english: String {
    switch self {
    case .present: "Present"
    case .onLoan: "On loan"
    case .lost: "Recorded as lost"
    case .withdrawn: "Withdrawn"
    case .handedOver: "Handed over to another library"
    case .onTheWay: "On the way"
    case .missing: "Missing at the count"
    case .elsewhere: "At another library"
    case .seenWhileOnLoan: "On the shelf, but recorded as lent"
    case .unexpected: "Here, but not in the books"
    case .seenTwice: "Seen at two places"
    case .notKnownYet: "Not known yet"
    case .absent: "Not in the books"
    }
  }
}
