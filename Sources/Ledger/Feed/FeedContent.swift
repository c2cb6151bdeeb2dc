package import Circulation
package import Labels
package import Rotation

/// A copy of the group as other libraries may know it: its title, and where it stands.
///
/// Whether it is on loan is not told: who reads what is no concern of other schools.
package struct FeedItem: Hashable, Sendable {
  package let item: ItemID
  package let record: RecordID
  /// Never with a patron; what is on loan stands at its library.
  package let place: Place

  package init(item: ItemID, record: RecordID, place: Place) {
    self.item = item
    self.record = record
    self.place = if case .patron(let library) = place { .shelf(library) } else { place }
  }

  package init(_ holding: Holding) {
    self.init(item: holding.item, record: holding.record, place: holding.place)
  }
}

/// A transfer box as the whole group knows it.
package struct FeedBox: Hashable, Sendable {
  package let number: BoxNumber
  package let state: BoxState
  /// The number of the sealing that it travels under; 0 where nobody said.
  package let seal: Int
  /// The library that last sent it.
  package let from: LibraryCode?
  /// Where it goes, or has arrived.
  package let to: LibraryCode?
  /// Where it stands; nothing while it is on its way or lost.
  package let holder: LibraryCode?

  package init(
    number: BoxNumber, state: BoxState, seal: Int, from: LibraryCode?, to: LibraryCode?,
    holder: LibraryCode?
  ) {
    self.number = number
    self.state = state
    self.seal = seal
    self.from = from
    self.to = to
    self.holder = holder
  }
}

/// A coordinator's word on a conflict: what was decided about an event.
///
/// The reason stays at the host, since it may name somebody.
package struct FeedDecision: Hashable, Sendable {
  package let station: StationID
  package let epoch: Epoch
  package let sequence: Int64
  /// The conflict's name, as `Discrepancy.name` gives it.
  package let conflict: String
  /// The decision's name: stable, for programs.
  package let decision: String

  package init(
    station: StationID, epoch: Epoch, sequence: Int64, conflict: String, decision: String
  ) {
    self.station = station
    self.epoch = epoch
    self.sequence = sequence
    self.conflict = conflict
    self.decision = decision
  }
}

/// The newest of what the group's members have agreed upon; its day may yet have to come.
package struct FeedAgreement: Hashable, Sendable {
  /// A later version has a greater one.
  package let number: Int
  /// The day from which it is in force.
  package let inForce: SchoolDay
  package let title: String
  package let body: String

  /// Bytes of UTF-8 that a title and a text may have.
  package static let (longestTitle, longestBody) = (2_000, 200_000)

  package init(number: Int, inForce: SchoolDay, title: String, body: String) {
    self.number = number
    self.inForce = inForce
    self.title = title
    self.body = body
  }
}

/// What an entry of a feed says.
package enum FeedContent: Hashable, Sendable {
  case record(BibliographicRecord, of: LibraryCode)
  case item(FeedItem)
  case box(FeedBox)
  /// The signed manifest of a box's last sealing.
  case slip(SealedSlip)
  /// The key that signs a station's slips: 32 bytes.
  case slipKey([UInt8], of: StationID)
  /// A card of a library that may borrow nothing, by the token that the host knows it by.
  case card(PatronCommitment, of: LibraryCode, isBlocked: Bool)
  case decision(FeedDecision)
  case rota(PublishedRota)
  /// Told to members alone.
  case policy(PublishedPolicy)
  /// Told to members alone.
  case agreement(FeedAgreement)
  /// An entry that a station may have been told and is told no more.
  case takenBack(FeedEntry.Name)
}

/// The numbers that stand for kinds of entries.
///
/// A number, once used, keeps its meaning for ever.
package enum FeedKind {
  package static let record = 1
  package static let item = 2
  package static let box = 3
  package static let slip = 4
  package static let slipKey = 5
  /// A station gets those of its own library alone.
  package static let card = 6
  package static let decision = 7
  package static let policy = 8
  package static let rota = 9
  package static let agreement = 12
  /// Never kept: it takes away an entry of another kind.
  package static let takenBack = 13
}

extension FeedContent {
  /// What tells the entry from every other one.
  package var name: FeedEntry.Name {
    switch self {
    case .record(let record, let library):
      FeedEntry.Name(kind: FeedKind.record, library: library, key: record.id.text)
    case .item(let item):
      FeedEntry.Name(
        kind: FeedKind.item, library: item.item.library, key: item.item.accession.text)
    case .box(let box):
      FeedEntry.Name(kind: FeedKind.box, library: box.number.library, key: box.number.text)
    case .slip(let slip):
      FeedEntry.Name(
        kind: FeedKind.slip, library: slip.manifest.box.library, key: slip.manifest.box.text)
    case .slipKey(_, let station):
      FeedEntry.Name(kind: FeedKind.slipKey, library: station.library, key: station.text)
    case .card(let token, let library, _):
      FeedEntry.Name(kind: FeedKind.card, library: library, key: token.description)
    case .decision(let decision):
      FeedEntry.Name(
        kind: FeedKind.decision, library: decision.station.library,
        key: "\(decision.station)/\(decision.epoch).\(decision.sequence)/\(decision.conflict)")
    case .rota(let published):
      FeedEntry.Name(kind: FeedKind.rota, library: nil, key: published.rota.id.text)
    case .policy:
      FeedEntry.Name(kind: FeedKind.policy, library: nil, key: "policy")
    case .agreement:
      FeedEntry.Name(kind: FeedKind.agreement, library: nil, key: "agreement")
    case .takenBack(let name):
      FeedEntry.Name(
        kind: FeedKind.takenBack, library: name.library, key: "\(name.kind) \(name.key)")
    }
  }

  /// The later of two entries of one name; of equals, the one that comes.
  ///
  /// A slip has an order of its own, by its sealing, and so have a rota and the group's rules, by
  /// their revision, and the agreement, by its number.
  package var rank: Int {
    switch self {
    case .slip(let slip): slip.manifest.seal
    case .rota(let published): published.revision
    case .policy(let policy): policy.revision
    case .agreement(let agreement): agreement.number
    case .record, .item, .box, .slipKey, .card, .decision, .takenBack: 0
    }
  }
}
