import Labels
import Ledger

/// Acts on items and what was ruled of them, the same in both databases.
extension CommonSQL {
  /// Acts on an item, in order of stations and events, up to a limit.
  func acts(
    on item: ItemID, limit: Int
  ) throws -> [(event: EventReference, ruling: ItemHistory.Ruling)] {
    try rows(
      """
      SELECT station, epoch, sequence, ruling FROM acts WHERE library = $1 AND accession = $2
      ORDER BY station, epoch, sequence LIMIT $3
      """,
      [.text(item.library.text), .text(item.accession.text), .int(limit)]
    ) { row in
      guard let station = StationID(row.string(0)), let epoch = Epoch(Int(row.int64(1))),
        let ruling = ItemHistory.Ruling(rawValue: Int(row.int64(3)))
      else { throw RegistryError.damaged("table acts") }
      return (EventReference(station: station, epoch: epoch, sequence: row.int64(2)), ruling)
    }
  }

  /// Notes what was ruled of an act.
  func rule(_ event: EventReference, on item: ItemID, _ ruling: ItemHistory.Ruling) throws {
    try run(
      """
      UPDATE acts SET ruling = $1
      WHERE library = $2 AND accession = $3 AND station = $4 AND epoch = $5 AND sequence = $6
      """,
      [
        .int(ruling.rawValue), .text(item.library.text), .text(item.accession.text),
        .text(event.station.text), .int(event.epoch.number), .integer(event.sequence),
      ])
  }

  /// Items on which several stations have acted, in order, after one.
  func contestedItems(after last: ItemID?, limit: Int) throws -> [ItemID] {
    try rows(
      """
      SELECT library, accession FROM acts WHERE (library, accession) > ($1, $2)
      GROUP BY library, accession
      HAVING min(station) <> max(station)
      ORDER BY library, accession LIMIT $3
      """,
      [.text(last?.library.text ?? ""), .text(last?.accession.text ?? ""), .int(limit)]
    ) { try ItemID("\($0.string(0)).\($0.string(1))") }
  }

  /// Acts by the library that the item belongs to.
  func actCounts() throws -> [LibraryCode: Int] {
    let counts = try rows("SELECT library, count(*) FROM acts GROUP BY library", []) {
      (try LibraryCode($0.string(0)), Int($0.int64(1)))
    }
    return Dictionary(counts) { $1 }
  }

  /// Events that were applied, each that this version can read.
  func events(_ references: [EventReference]) throws -> [Event] {
    let byStation = Dictionary(grouping: references, by: \.station)
    let byEpoch = byStation.values.flatMap { Dictionary(grouping: $0, by: \.epoch).values }
    return try byEpoch.flatMap { references in
      try stride(from: 0, to: references.count, by: ActLimits.eventsPerQuery).flatMap { start in
        try events(of: references[start..<min(start + ActLimits.eventsPerQuery, references.count)])
      }
    }
  }

  /// Events of one epoch; the last number fills the places that are left, so that the statement is
  /// always the same.
  private func events(of references: ArraySlice<EventReference>) throws -> [Event] {
    guard let first = references.first, let last = references.last else { return [] }
    let numbers = references.map(\.sequence)
    let padding = Array(
      repeating: last.sequence, count: ActLimits.eventsPerQuery - numbers.count)
    let places = (3..<(3 + ActLimits.eventsPerQuery)).map { "$\($0)" }.joined(separator: ", ")
    return try rows(
      """
      SELECT bytes FROM events WHERE station = $1 AND epoch = $2 AND sequence IN (\(places))
      """,
      [.text(first.station.text), .int(first.epoch.number)]
        + (numbers + padding).map { .integer($0) }
    ) { $0.blob(0).flatMap { try? Event(encoded: $0) } }.compactMap(\.self)
  }

  /// Conflicts about an item, and which of them the host itself has closed.
  func conflicts(about item: ItemID) throws -> [SettledConflict] {
    let listed = try rows(
      "SELECT \(Self.conflictColumns) FROM conflicts WHERE item = $1", [.text(item.text)],
      Self.conflict)
    return try listed.map { conflict in
      SettledConflict(
        listed: conflict,
        isClosedByHost: try conflict.ruling == .noLongerHolds
          && decisions(on: conflict.conflict.id).last?.account == Decision.hostItself)
    }
  }

  /// Conflicts about items of which a person has decided where they are.
  func decidedConflicts() throws -> [ListedConflict] {
    let rulings = [Ruling.acceptedAsFound, .booksHold].map { SQLValue.text($0.rawValue) }
    return try rows(
      "SELECT \(Self.conflictColumns) FROM conflicts WHERE item IS NOT NULL AND ruling IN ($1, $2)",
      rulings, Self.conflict)
  }

  /// Writes the sides of conflicts that are on the list anew.
  func amend(_ conflicts: [Conflict]) throws {
    for conflict in conflicts {
      let last = conflict.item?.lastEvent
      try run(
        """
        UPDATE conflicts SET claimed = $1, actual = $2, last_station = $3, last_epoch = $4,
          last_sequence = $5
        WHERE station = $6 AND epoch = $7 AND sequence = $8 AND name = $9
        """,
        [
          .text(conflict.item?.claimed), .text(conflict.item?.actual),
          .text(last?.station.text), .integer(last.map { Int64($0.epoch.number) }),
          .integer(last?.sequence),
        ] + Self.values(of: conflict.id))
    }
  }

  /// Lets those wait for each other who register items of a library and who act on items of it
  /// that nobody has registered: neither sees what the other is about to write.
  func holdRegister(of library: LibraryCode) throws {
    try run(
      """
      INSERT INTO balances (reporter, place, items) VALUES ($1, $2, 0)
      ON CONFLICT (reporter, place) DO UPDATE SET items = balances.items
      """, [.text(library.text), .text(Place.outside.text)])
  }
}

enum ActLimits {
  /// Events of one station that are asked for at once.
  static let eventsPerQuery = 16
}
