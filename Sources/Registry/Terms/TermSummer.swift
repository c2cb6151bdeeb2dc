import Circulation
import Labels
import Ledger
import Rotation

/// Adds a term up from the rows of the table `movements`, item by item as they come.
struct TermSummer {
  private let frame: TermFrame
  private let trails: TrailReader
  private let kinds: KindReader
  private var reconciler: Reconciler
  private var rows: [MovementRow] = []
  private var nextKey: Int64 = 0
  /// Items that statements list and that have not come yet, the last one first.
  private var listed: [ItemID]
  /// The items of the verdicts that are listed.
  private(set) var items: [Int64: ItemID] = [:]

  /// Items that are listed one by one, and again as many that are in order at last.
  static let mostListed = 20_000

  init(_ frame: TermFrame, kinds: KindReader) {
    self.frame = frame
    trails = TrailReader(frame: frame, ways: BoxWays(frame))
    self.kinds = kinds
    reconciler = Reconciler(
      term: frame.term, libraries: frame.knowledge,
      listing: Reconciler.Listing(limit: Self.mostListed, includesUnreported: false))
    listed = frame.listings.keys.sorted {
      ($1.library.text, $1.accession.text) < ($0.library.text, $0.accession.text)
    }
  }

  /// Takes the next row, and adds the item before it once all of its rows are there.
  mutating func add(_ row: MovementRow) throws {
    if let first = rows.first, first.accession != row.accession || first.library != row.library {
      try addItem()
    }
    rows.append(row)
  }

  /// The sum, once every row was taken.
  mutating func finish() throws -> Reconciliation {
    try addItem()
    while let item = listed.popLast() { try addListed(item) }
    reconciler.noteOnLoan(
      frame.scopes.compactMap { $0.statement?.headings[.onLoan] }.reduce(0, +))
    return reconciler.finished()
  }

  private mutating func addItem() throws {
    guard let first = rows.first else { return }
    defer { rows.removeAll(keepingCapacity: true) }
    while let item = listed.last,
      (item.library.text, item.accession.text) < (first.library, first.accession)
    {
      listed.removeLast()
      try addListed(item)
    }
    var listings: [StatementListing] = []
    if let item = listed.last, item.library.text == first.library,
      item.accession.text == first.accession
    {
      listed.removeLast()
      listings = frame.listings[item] ?? []
    }
    let home = try frame.number(of: first.library)
    let chains = try trails.chains(of: rows)
    guard !chains.isEmpty || !listings.isEmpty else { return }
    let trail = ItemTrail(chains)
    try add(
      trail, home: home, kind: try kinds.kind(of: first.accession, rows), listings
    ) { try ItemID("\(first.library).\(first.accession)") }
  }

  /// Adds an item that a statement lists and whose way nobody has told.
  private mutating func addListed(_ item: ItemID) throws {
    try add(
      ItemTrail([]), home: try frame.number(of: item.library.text),
      kind: try kinds.kind(of: item.accession.text, []), frame.listings[item] ?? []
    ) { item }
  }

  private mutating func add(
    _ trail: ItemTrail, home: Int, kind: MaterialKind, _ listings: [StatementListing],
    naming item: () throws -> ItemID
  ) throws {
    var term = ItemTerm(
      key: nextKey, home: home, kind: kind, opening: trail.opening,
      acts: trail.acts.map {
        TermAct($0.move, frame.reference($0.mark, station: $0.station))
      })
    term.sightings = sightings(of: trail, listings)
    term.isOnLoan = listings.contains {
      $0.isStranger && $0.open.difference.heading == .seenWhileOnLoan
    }
    guard term.opening != .nowhere || !term.acts.isEmpty || !term.sightings.isEmpty else { return }
    let listedBefore = reconciler.listedCount
    try reconciler.add(term)
    if reconciler.listedCount > listedBefore { items[nextKey] = try item() }
    nextKey += 1
  }

  /// Where libraries that have closed the term saw the item.
  ///
  /// A statement lists every difference, so what the station's own books have at its library was
  /// seen there, or is on loan, unless it is listed as missing. Of several stations at a library
  /// the one that acted last on the item knows; another one may have counted it before it left.
  private func sightings(
    of trail: ItemTrail, _ listings: [StatementListing]
  ) -> [Sighting] {
    var stations = listings.filter(\.isStranger).map(\.station)
    for (station, place, last) in trail.ownPlaces
    where frame.scopes[station].closing != nil
      && place == .at(frame.library(ofStation: station))
      && !trail.ownPlaces.contains(where: { other in
        other.last > last && other.place != place
          && frame.library(ofStation: other.station) == frame.library(ofStation: station)
      })
      && !listings.contains(where: { $0.station == station && $0.isMissing })
      && !stations.contains(station)
    {
      stations.append(station)
    }
    return stations.sorted().compactMap { station in
      frame.scopes[station].closing.map {
        Sighting(
          at: frame.library(ofStation: station),
          frame.reference($0.event.mark, station: station))
      }
    }
  }
}

/// Reads one item's rows into the acts of each station.
private struct TrailReader {
  let frame: TermFrame
  let ways: BoxWays

  /// Each station's acts up to the term's end, in its order; none where nobody had registered the
  /// item by then.
  func chains(of rows: [MovementRow]) throws -> [[TrailAct]] {
    var chains: [[Entry]] = []
    var isRegistered = false
    for row in rows {
      let station = try frame.station(row.station)
      guard let step = Movement.Step(rawValue: row.step), let epoch = Epoch(row.epoch) else {
        throw RegistryError.damaged("table movements")
      }
      let mark = EventMark(epoch: epoch, sequence: row.sequence)
      guard !frame.scopes[station].isOver(mark) else { continue }
      isRegistered = isRegistered || step.begins
      if let index = chains.firstIndex(where: { $0[0].station == station }) {
        chains[index].append((row, step, mark, station))
      } else {
        chains.append([(row, step, mark, station)])
      }
    }
    guard isRegistered else { return [] }
    return try chains.sorted { $0[0].station < $1[0].station }.map { chain in
      try acts(of: chain.count == 1 ? chain : chain.sorted { $0.mark < $1.mark }, among: rows)
    }.filter { !$0.isEmpty }
  }

  private typealias Entry = (row: MovementRow, step: Movement.Step, mark: EventMark, station: Int)

  private func acts(of chain: [Entry], among rows: [MovementRow]) throws -> [TrailAct] {
    var acts: [TrailAct] = []
    for (index, entry) in chain.enumerated() {
      if takesBack(acts.last, entry) {
        acts.removeLast()
        if entry.step == .unpacked { continue }
      }
      // What is found gets its title by a registration, and stays where it is.
      if entry.step == .registered, !acts.isEmpty { continue }
      let at = try frame.number(of: entry.row.at)
      // What is packed once more has evidently come home in the box that it was sent in.
      if entry.step == .packed, let last = acts.last, last.step == .packed {
        acts.append(act(entry, .unpacked, in: last.box, .received(at: at)))
      }
      let next = chain.indices.contains(index + 1) ? chain[index + 1].mark : nil
      let move: TermMove =
        switch entry.step {
        case .registered, .discovered: .registered(at: at)
        case .packed:
          .sent(from: at, to: destination(of: entry, upTo: next, after: acts, among: rows))
        case .received, .unpacked, .brought: .received(at: at)
        case .found: .found(at: at)
        case .lost: .lost(at: at)
        case .withdrawn: .withdrawn(at: at)
        }
      acts.append(act(entry, entry.step, in: entry.row.box, move))
    }
    return acts
  }

  private func act(
    _ entry: Entry, _ step: Movement.Step, in box: String?, _ move: TermMove
  ) -> TrailAct {
    TrailAct(
      station: entry.station, mark: entry.mark, number: entry.row.number,
      wallMilliseconds: entry.row.wallMilliseconds, step: step, box: box, move: move,
      isInTerm: isInTerm(entry))
  }

  private func isInTerm(_ entry: Entry) -> Bool {
    frame.scopes[entry.station].isInTerm(entry.mark)
  }

  /// Whether an act undoes a packing: what was packed and is taken out again, or put into another
  /// box, was never sent, as long as the box has not left since.
  private func takesBack(_ last: TrailAct?, _ entry: Entry) -> Bool {
    guard let last, last.step == .packed, let box = last.box,
      entry.step == .packed || entry.step == .unpacked && entry.row.box == box,
      last.isInTerm == isInTerm(entry)
    else { return false }
    return !ways.hasLeft(box, entry.station, after: last.mark, before: entry.mark)
  }

  /// Where what is packed goes; where nobody has said so, to whom the box belongs.
  private func destination(
    of entry: Entry, upTo next: EventMark?, after acts: [TrailAct], among rows: [MovementRow]
  ) -> Int {
    let box = entry.row.box ?? ""
    let stay = BoxWays.Stay(
      box: box, station: entry.station, packed: entry.mark, next: next,
      isInTerm: isInTerm(entry))
    var to = ways.destination(of: stay) { station in
      rows.contains {
        $0.box == box && $0.step == Movement.Step.received.rawValue
          && $0.station == frame.scopes[station].station.text
      }
    }
    if to == nil, !acts.contains(where: { $0.step == .received && $0.box == box }) {
      to = (try? BoxNumber(box))?.library
    }
    return to.flatMap { try? frame.number(of: $0.text) }
      ?? frame.library(ofStation: entry.station)
  }
}

/// Tells what kind of material items are, and reads the titles' kinds once a register does not say.
final class KindReader {
  private let books: any RegistryReader
  private var recordKinds: [String: MaterialKind]?

  init(_ books: any RegistryReader) {
    self.books = books
  }

  fileprivate func kind(of accession: String, _ rows: [MovementRow]) throws -> MaterialKind {
    let prefix = accession.utf8.firstIndex(of: UInt8(ascii: ".")).map { accession[..<$0] }
    let register = String(prefix ?? "")
    if let kind = MaterialKind(register: register) { return kind }
    if recordKinds == nil { recordKinds = try books.recordKinds() }
    let record = rows.first { $0.record != nil }?.record
    return record.flatMap { recordKinds?[$0] } ?? .children
  }
}
