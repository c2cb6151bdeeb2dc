import Circulation
package import Labels
import Rotation

/// A station's books over a term: where they had each item at its beginning, and what happened.
///
/// It is fed with all of the station's events, in order, and told where the term begins. Custody
/// says where an item went; a slip that was read says that its sender had the item and sent it;
/// a signature of another library says that it received what was sent to it.
package struct TermBooks: Sendable {
  package let library: LibraryCode
  package private(set) var accounts = Accounts()
  private(set) var tracks: [ItemID: Track] = [:]
  /// Libraries by the order in which they were met; the sum numbers them anew.
  private(set) var libraries: [LibraryCode]
  private var numbers: [LibraryCode: Int]
  /// The last event before the term.
  package private(set) var after: EventMark?
  package private(set) var through: EventMark?

  /// One item's way.
  struct Track: Hashable, Sendable {
    var opening: BooksPlace
    var place: BooksPlace
    var acts: [Act] = []
    /// The last event for which the item was in somebody's hand.
    var handled: EventMark?
  }

  struct Act: Hashable, Sendable {
    var move: TermMove
    let mark: EventMark
    /// The box that the item went into or came out of.
    var box: BoxNumber?
    /// The sealing under which the box then left with it.
    var seal: Int?
  }

  /// The number of the station's own library.
  static let here = 0

  package init(of library: LibraryCode) {
    self.library = library
    libraries = [library]
    numbers = [library: Self.here]
  }

  /// What comes from now on is of the term.
  package mutating func beginTerm() {
    after = through
    tracks = tracks.mapValues {
      Track(opening: $0.place, place: $0.place, handled: $0.handled)
    }
  }

  package mutating func apply(_ event: Event) {
    let mark = EventMark(event)
    through = mark
    let item = event.fact.move?.item
    let before = item.flatMap { accounts.holdings[$0] }
    accounts.apply(event)
    switch event.fact {
    case .box(.slipRead(let slip)): note(slip.manifest, at: mark)
    case .box(.sent(let route)): leave(route)
    case .term(.countersigned(let signature)): note(signature, at: mark)
    default: break
    }
    guard let item, let after = accounts.holdings[item] else { return }
    // What came late has happened before, and moves nothing now.
    guard after.version != before?.version || after.place != before?.place else { return }
    if after.place != before?.place || event.fact.packs {
      note(item, from: before?.place, event, to: after.place)
    }
    tracks[item]?.handled = mark
  }

  /// The number of a library.
  private mutating func number(_ library: LibraryCode) -> Int {
    if let number = numbers[library] { return number }
    numbers[library] = libraries.count
    libraries.append(library)
    return libraries.count - 1
  }
}

// MARK: - What moves an item

extension TermBooks {
  private mutating func note(
    _ item: ItemID, from: Place?, _ event: Event, to place: Place
  ) {
    let mark = EventMark(event)
    switch place {
    case .shelf(let library), .patron(let library):
      come(item, from: from, to: number(library), event)
    case .box(let box):
      // What is packed once more has evidently come out of the box that the books have it in.
      if let before = from?.box, !takeBack(item, from: before) {
        add(.received(at: Self.here), of: item, at: mark, in: before)
      }
      let from = number(from?.library ?? library)
      let to = number(accounts.boxes[box]?.box.to ?? box.library)
      add(.sent(from: from, to: to), of: item, at: mark, in: box)
    case .missing(let library): add(.lost(at: number(library)), of: item, at: mark)
    case .withdrawn(let library): add(.withdrawn(at: number(library)), of: item, at: mark)
    case .outside: return
    }
  }

  private mutating func come(_ item: ItemID, from: Place?, to library: Int, _ event: Event) {
    let mark = EventMark(event)
    switch from {
    case nil, .outside:
      guard case .box(.received(let finding)) = event.fact else {
        return add(.registered(at: library), of: item, at: mark)
      }
      add(.received(at: library), of: item, at: mark, in: finding.step.box)
    case .shelf(let other), .patron(let other):
      if number(other) != library { add(.received(at: library), of: item, at: mark) }
    case .box(let box):
      if event.fact.unpacksWhatCame || !takeBack(item, from: box) {
        add(.received(at: library), of: item, at: mark, in: box)
      }
    case .missing, .withdrawn: add(.found(at: library), of: item, at: mark)
    }
  }

  /// What was packed and is taken out again, or whose packing is undone, was never sent, as long as
  /// the box has not left since: what then turns up here has been away and come home in it.
  private mutating func takeBack(_ item: ItemID, from box: BoxNumber) -> Bool {
    guard var track = tracks[item], let last = track.acts.last, last.box == box,
      case .sent = last.move, last.seal == nil
    else { return false }
    track.acts.removeLast()
    track.place = track.acts.reduce(track.opening) { $0.after($1.move) }
    tracks[item] = track
    return true
  }

  private mutating func add(
    _ move: TermMove, of item: ItemID, at mark: EventMark, in box: BoxNumber? = nil
  ) {
    var track = tracks[item] ?? Track(opening: .nowhere, place: .nowhere)
    track.acts.append(Act(move: move, mark: mark, box: box))
    track.place = track.place.after(move)
    tracks[item] = track
  }

  /// A box that leaves takes its items to where it goes, be it another library than it was packed
  /// for; under a later sealing, or another library's, it has others in it.
  private mutating func leave(_ route: BoxRoute) {
    let to = number(route.to)
    let slip = accounts.boxes[route.box]?.slip?.manifest
    let isOwnTrip = slip?.from == library && slip?.seal == route.step.seal
    for (item, holding) in accounts.holdings where holding.place == .box(route.box) {
      guard var track = tracks[item], let last = track.acts.last, last.box == route.box,
        case .sent(let from, _) = last.move,
        last.seal.map({ $0 == route.step.seal && isOwnTrip }) ?? true
      else { continue }
      track.acts[track.acts.count - 1].move = .sent(from: from, to: to)
      track.acts[track.acts.count - 1].seal = route.step.seal
      track.place = .onTheWay(from: from, to: to)
      tracks[item] = track
    }
    passOn(route, to: to)
  }

  /// What another library's slip says was on its way here in the box goes on in it, unopened.
  private mutating func passOn(_ route: BoxRoute, to: Int) {
    guard let slip = accounts.boxes[route.box]?.slip, slip.step == route.step,
      slip.manifest.from != library
    else { return }
    for item in slip.manifest.items {
      guard var track = tracks[item], case .onTheWay(let from, Self.here) = track.place else {
        continue
      }
      if let last = track.acts.last {
        guard last.box == route.box else { continue }
        track.acts[track.acts.count - 1].move = .sent(from: from, to: to)
      } else {
        let mark = through ?? EventMark(epoch: .first, sequence: 0)
        track.acts.append(Act(move: .sent(from: from, to: to), mark: mark, box: route.box))
      }
      track.place = .onTheWay(from: from, to: to)
      tracks[item] = track
    }
  }
}

// MARK: - What others say

extension TermBooks {
  /// The sender of a slip had its items, and sent them here.
  private mutating func note(_ manifest: Manifest, at mark: EventMark) {
    let from = number(manifest.from)
    guard from != Self.here else { return comeBack(manifest) }
    for item in manifest.items {
      var track = tracks[item] ?? Track(opening: .at(from), place: .at(from))
      var sent: [Act] = []
      if case .onTheWay(_, from) = track.place {
        sent.append(Act(move: .received(at: from), mark: mark))
      }
      sent.append(
        Act(move: .sent(from: from, to: Self.here), mark: mark, box: manifest.box))
      // A slip that is read after the books were counted tells of what was before.
      let place =
        track.acts.lastIndex {
          $0.box == manifest.box && $0.move == .received(at: Self.here)
        } ?? track.acts.endIndex
      if place < track.acts.endIndex, track.opening == .nowhere, place == 0 {
        track.opening = .at(from)
      }
      if track.place != .onTheWay(from: from, to: Self.here) || place < track.acts.endIndex {
        track.acts.insert(contentsOf: sent.suffix(place < track.acts.endIndex ? 1 : 2), at: place)
      }
      track.place = track.acts.reduce(track.opening) { $0.after($1.move) }
      tracks[item] = track
    }
  }

  /// A box that comes with this library's own slip has come back unopened.
  private mutating func comeBack(_ manifest: Manifest) {
    for item in manifest.items {
      guard var track = tracks[item], let last = track.acts.last, last.box == manifest.box,
        last.seal == manifest.seal, case .sent(Self.here, _) = last.move
      else { continue }
      track.acts[track.acts.count - 1].move = .sent(from: Self.here, to: Self.here)
      track.place = .onTheWay(from: Self.here, to: Self.here)
      tracks[item] = track
    }
  }

  /// A library that signs a statement has received what it was sent by it, but for what it says.
  private mutating func note(_ signature: Countersignature, at mark: EventMark) {
    guard let closing = accounts.terms.closings[signature.hash],
      let signer = numbers[signature.library]
    else { return }
    let exceptions = Set(signature.exceptions)
    for (item, track) in tracks where !exceptions.contains(item) {
      guard case .onTheWay(Self.here, signer) = track.place else { continue }
      if let sent = track.acts.last?.mark, sent > closing.mark { continue }
      add(.received(at: signer), of: item, at: mark)
    }
  }
}

// MARK: - What another library's statement is held against

extension TermBooks {
  /// Whether the item came here, and is not on its way here again.
  package func hasReceived(_ item: ItemID) -> Bool {
    guard let track = tracks[item] else { return false }
    if case .onTheWay(_, Self.here) = track.place { return false }
    return track.acts.contains { $0.move == .received(at: Self.here) }
  }

  /// Whether the item was ever sent from here to a library.
  package func hasSent(_ item: ItemID, to library: LibraryCode) -> Bool {
    guard let track = tracks[item], let other = numbers[library] else { return false }
    return track.acts.contains { $0.move == .sent(from: Self.here, to: other) }
  }
}

extension Fact {
  /// Whether an item is put into a box, be it the one that the books have it in.
  fileprivate var packs: Bool {
    if case .box(.packed) = self { true } else { false }
  }

  /// Whether an item is taken out of a box that has come.
  fileprivate var unpacksWhatCame: Bool {
    if case .box(.received) = self { true } else { false }
  }
}
