package import Circulation
import GRDB
package import Labels
package import Ledger
import Rotation
import Storage

/// What the host has told of the group.
extension JournalView {
  /// A copy of the group, as other libraries may know it.
  package func groupItem(_ item: ItemID) throws -> FeedItem? {
    let name = FeedEntry.Name(
      kind: FeedKind.item, library: item.library, key: item.accession.text)
    guard case .item(let found)? = try content(name) else { return nil }
    return found
  }

  /// The group's copies that carry an accession number, in order of libraries.
  package func groupItems(accession: AccessionNumber) throws -> [FeedItem] {
    try contents(of: FeedKind.item, lookup: accession.text).compactMap {
      if case .item(let item) = $0 { item } else { nil }
    }
  }

  /// A title as a library of the group has described it.
  package func groupRecord(
    _ id: RecordID, of library: LibraryCode
  ) throws -> BibliographicRecord? {
    let name = FeedEntry.Name(kind: FeedKind.record, library: library, key: id.text)
    guard case .record(let record, _)? = try content(name) else { return nil }
    return record
  }

  /// The title of an item that is registered here: as this library describes it, or else as the
  /// host tells of the library that the item belongs to.
  package func record(of holding: Holding) throws -> BibliographicRecord? {
    if let record = try record(holding.record) { return record }
    let item = holding.item
    let told = try groupItem(item)?.record ?? holding.record
    return try groupRecord(told, of: item.library)
  }

  /// Boxes that are on their way to a library as far as the host knows, in order.
  package func groupBoxes(onTheWayTo library: LibraryCode) throws -> [FeedBox] {
    try contents(of: FeedKind.box, lookup: library.text).compactMap {
      guard case .box(let box) = $0, box.state == .dispatched, box.holder == nil else { return nil }
      return box
    }
  }

  /// A box as the host last told of it.
  package func groupBox(_ number: BoxNumber) throws -> FeedBox? {
    let name = FeedEntry.Name(kind: FeedKind.box, library: number.library, key: number.text)
    guard case .box(let box)? = try content(name) else { return nil }
    return box
  }

  /// The slip of a box's last sealing that the host knows of.
  package func groupSlip(of box: BoxNumber) throws -> SealedSlip? {
    let name = FeedEntry.Name(kind: FeedKind.slip, library: box.library, key: box.text)
    guard case .slip(let slip)? = try content(name) else { return nil }
    return slip
  }

  /// The keys by which slips of other stations are known, in order of stations.
  package func groupSlipKeys() throws -> [(station: StationID, key: [UInt8])] {
    try contents(of: FeedKind.slipKey, lookup: nil).compactMap {
      if case .slipKey(let key, let station) = $0 { (station, key) } else { nil }
    }
  }

  /// The group's rotas as they were last published, in order.
  package func groupRotas() throws -> [PublishedRota] {
    try Self.groupRotas(in: database)
  }

  static func groupRotas(in database: Database) throws -> [PublishedRota] {
    try contents(of: FeedKind.rota, lookup: nil, in: database).compactMap {
      if case .rota(let published) = $0 { published } else { nil }
    }
  }

  /// The group's loan rules and calendar, as the host last told; nothing where it told of none.
  package func groupPolicy() throws -> PublishedPolicy? {
    try contents(of: FeedKind.policy, lookup: nil).compactMap {
      if case .policy(let policy) = $0 { policy } else { nil }
    }.first
  }

  /// What the group has agreed upon, as the host last told; nothing where it told of none.
  package func groupAgreement() throws -> FeedAgreement? {
    try contents(of: FeedKind.agreement, lookup: nil).compactMap {
      if case .agreement(let agreement) = $0 { agreement } else { nil }
    }.first
  }

  /// Passes over the items that stand on a library's shelves or are on loan there, in order.
  package func forEachHolding(
    at library: LibraryCode, _ body: (Holding) throws -> Void
  ) throws {
    let select = try BoundStatement(
      database, sql: "SELECT \(ItemRow.columns) FROM items WHERE place IN (?, ?) ORDER BY id")
    try select.forEach {
      $0.bind(Place.shelf(library).text)
      $0.bind(Place.patron(library).text)
    } read: { row in
      try body(try ItemRow.holding(row))
      return true
    }
  }

  /// Whether the group's coordinator has blocked a card of a library: one of its tokens is on the
  /// list.
  package func isBlocked(_ card: CardNumber, of library: LibraryCode) throws -> Bool {
    let select = try BoundStatement(database, sql: "SELECT commitment FROM salts WHERE card = ?")
    let tokens = try select.all({ $0.bind(card.text) }) { $0.blob(0).map { Hex.text(of: $0) } }
    return try tokens.compactMap(\.self).contains { token in
      let name = FeedEntry.Name(kind: FeedKind.card, library: library, key: token)
      guard case .card(_, _, isBlocked: true)? = try content(name) else { return false }
      return true
    }
  }

  /// How many entries of a kind the host has told of.
  package func feedCount(of kind: Int) throws -> Int {
    try Int.fetchOne(
      database, sql: "SELECT count(*) FROM feed WHERE kind = ?", arguments: [kind]) ?? 0
  }

  /// Everything that the host has told, in order, for a comparison.
  package func forEachFeedEntry(_ body: (FeedEntry) throws -> Void) throws {
    let select = try BoundStatement(
      database, sql: "SELECT kind, library, key, bytes FROM feed ORDER BY kind, library, key")
    try select.forEach { row in
      try body(try Self.entry(row))
      return true
    }
  }

  private func content(_ name: FeedEntry.Name) throws -> FeedContent? {
    let select = try BoundStatement(
      database, sql: "SELECT bytes FROM feed WHERE kind = ? AND library = ? AND key = ?")
    return try select.first {
      $0.bind(name.kind)
      $0.bind(name.library?.text ?? "")
      $0.bind(name.key)
    } read: {
      try FeedContent(FeedEntry(name: name, value: $0.blob(0) ?? []))
    }.flatMap(\.self)
  }

  /// Entries of a kind: those that are found by a text, or all.
  private func contents(of kind: Int, lookup: String?) throws -> [FeedContent] {
    try Self.contents(of: kind, lookup: lookup, in: database)
  }

  private static func contents(
    of kind: Int, lookup: String?, in database: Database
  ) throws -> [FeedContent] {
    let condition = lookup == nil ? "" : "AND lookup = ?"
    let select = try BoundStatement(
      database,
      sql: """
        SELECT kind, library, key, bytes FROM feed WHERE kind = ? \(condition)
        ORDER BY library, key LIMIT \(longestGroupList)
        """)
    return try select.all {
      $0.bind(kind)
      if let lookup { $0.bind(lookup) }
    } read: {
      try FeedContent(try entry($0))
    }.compactMap(\.self)
  }

  /// Entries that one list of the group may have.
  package static let longestGroupList = 2_000

  private static func entry(_ row: BoundColumns) throws -> FeedEntry {
    let library = row.text(1)
    let code = library.isEmpty ? nil : try? LibraryCode(library)
    return FeedEntry(
      name: FeedEntry.Name(kind: row.int(0), library: code, key: row.text(2)),
      value: row.blob(3) ?? [])
  }
}
