package import Labels

/// A transfer box: what is in it, who has it, and from whom to whom it goes.
///
/// The rules stop a person before an act, through ``refusal(of:by:)``. What has happened is
/// recorded all the same by the layers above, and what is wrong with it shows at the
/// reconciliation.
package struct Box: Hashable, Sendable {
  package let number: BoxNumber
  package private(set) var state: BoxState
  /// The library that packed what is in the box.
  package private(set) var origin: LibraryCode
  /// The library that sends the box on its present way.
  package private(set) var from: LibraryCode
  package private(set) var to: LibraryCode
  /// The library where the box stands; nothing on the way, and while the box is lost.
  package private(set) var holder: LibraryCode?
  /// What is packed and not taken out, in the order of packing.
  package private(set) var items: [ItemID]
  /// What has been taken out since the box came.
  package private(set) var taken: Set<ItemID>
  /// The number of its last sealing, 0 before the first.
  ///
  /// It never goes back, not even when a box is used again, so that an old slip is known as old.
  package private(set) var seal: Int

  /// The most items that one box holds, which is also the most that a manifest lists.
  package static let mostItems = ManifestLimits.items

  /// Opens an empty box at a library, to go to another one.
  ///
  /// `lastSeal` is the number of the box's last sealing, when it has travelled before.
  package init(opening number: BoxNumber, at library: LibraryCode, to: LibraryCode, lastSeal: Int) {
    self.init(number, state: .open, from: library, to: to, items: [], seal: lastSeal)
    holder = library
  }

  /// Takes a box that came with its slip, whatever else is known of it.
  package init(arriving manifest: Manifest) {
    self.init(
      manifest.box, state: .dispatched, from: manifest.from, to: manifest.to,
      items: manifest.items, seal: manifest.seal)
  }

  /// Takes a box that came without a slip; its items are as they are found.
  ///
  /// `lastSeal` is the number of the box's last sealing that is known here.
  package init(
    arriving number: BoxNumber, from: LibraryCode, to: LibraryCode, lastSeal: Int = 0
  ) {
    self.init(number, state: .dispatched, from: from, to: to, items: [], seal: lastSeal)
  }

  /// Takes a box as it was kept, without what is in it.
  package init(
    restoring number: BoxNumber, _ state: BoxState, origin: LibraryCode, from: LibraryCode,
    to: LibraryCode, holder: LibraryCode?, seal: Int
  ) {
    self.init(number, state: state, from: from, to: to, items: [], seal: seal)
    self.origin = origin
    self.holder = holder
  }

  private init(
    _ number: BoxNumber, state: BoxState, from: LibraryCode, to: LibraryCode, items: [ItemID],
    seal: Int
  ) {
    self.number = number
    self.state = state
    self.from = from
    self.to = to
    self.items = items
    self.seal = seal
    origin = from
    taken = []
  }
}

extension Box {
  /// The same box with these items in it.
  package func holding(_ items: [ItemID]) -> Box {
    var box = self
    box.items = items
    return box
  }

  /// Does an act, or gives the first rule that stands against it and leaves the box as it was.
  package mutating func perform(_ act: BoxAct, by library: LibraryCode) throws(BoxRefusal) {
    if let refusal = refusal(of: act, by: library) { throw refusal }
    record(act, by: library)
  }

  /// Notes an act that has happened, whatever rule stood against it.
  package mutating func record(_ act: BoxAct, by library: LibraryCode) {
    switch act {
    case .pack(let item): items.append(item)
    case .unpack(let item): items.removeAll { $0 == item }
    case .address(let destination): to = destination
    case .seal:
      seal += 1
      state = .sealed
    case .reopen: reopen(at: library)
    case .dispatch: leave(.dispatched)
    case .receive(let found): takeOut(found, at: library)
    case .finishReceiving: stand(.received, at: library)
    case .refuse: stand(.refused, at: library)
    case .lose: leave(.lost)
    case .find: stand(.found, at: library)
    case .sendOn(let destination): send(from: library, to: destination)
    case .sendBack: send(from: library, to: origin)
    }
  }

  /// What is in the box is then packed anew at this library, and needs a new seal.
  private mutating func reopen(at library: LibraryCode) {
    if state == .received { items = [] }
    origin = library
    from = library
    taken = []
    stand(.open, at: library)
  }

  private mutating func takeOut(_ found: [ItemID], at library: LibraryCode) {
    taken.formUnion(found)
    items.removeAll(where: taken.contains)
    stand(.receivedInPart, at: library)
  }

  private mutating func send(from library: LibraryCode, to destination: LibraryCode) {
    from = library
    to = destination
    leave(.dispatched)
  }

  private mutating func stand(_ state: BoxState, at library: LibraryCode) {
    self.state = state
    holder = library
  }

  private mutating func leave(_ state: BoxState) {
    self.state = state
    holder = nil
  }
}
