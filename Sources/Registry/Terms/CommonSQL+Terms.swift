import Circulation
import Labels
import Ledger
import Rotation

/// Where boxes go and what was closed, in both databases.
extension CommonSQL {
  func save(_ routing: BoxRouting) throws {
    let event = routing.event
    try run(
      """
      INSERT INTO box_routings (library, box, station, epoch, sequence, destination, sent, seal)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
      """,
      [
        .text(routing.box.library.text), .text(routing.box.text), .text(event.station.text),
        .int(event.epoch.number), .integer(event.sequence), .text(routing.to.text),
        .int(routing.isSent ? 1 : 0), .int(routing.seal),
      ])
  }

  func routings() throws -> [BoxRouting] {
    try rows(
      """
      SELECT box, station, epoch, sequence, destination, sent, seal FROM box_routings
      ORDER BY library, box, station, epoch, sequence
      """, []
    ) { row in
      guard let box = try? BoxNumber(row.string(0)), let station = StationID(row.string(1)),
        let epoch = Epoch(Int(row.int64(2))), let to = try? LibraryCode(row.string(4))
      else { throw RegistryError.damaged("table box_routings") }
      return BoxRouting(
        box: box, event: EventReference(station: station, epoch: epoch, sequence: row.int64(3)),
        to: to, isSent: row.int64(5) != 0, seal: Int(row.int64(6)))
    }
  }

  func save(_ kept: KeptClosing) throws {
    let (closing, event) = (kept.closing, kept.event)
    try run(
      """
      INSERT INTO closings (library, hash, station, epoch, sequence, wall, year, semester, parts,
        signature)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
      """,
      [
        .text(kept.library.text), .blob(closing.hash.bytes), .text(event.station.text),
        .int(event.epoch.number), .integer(event.sequence), .integer(kept.wallMilliseconds),
        .int(closing.term.year.start), .int(closing.term.semester), .int(closing.parts),
        .blob(closing.signature),
      ])
  }

  func closings() throws -> [KeptClosing] {
    try rows(
      """
      SELECT hash, station, epoch, sequence, wall, year, semester, parts, signature FROM closings
      ORDER BY station, epoch, sequence
      """, []
    ) { row in
      guard let hash = StatementHash(bytes: row.blob(0) ?? []),
        let station = StationID(row.string(1)), let epoch = Epoch(Int(row.int64(2))),
        let term = Term(
          year: SchoolYear(start: Int(row.int64(5))), semester: Int(row.int64(6)))
      else { throw RegistryError.damaged("table closings") }
      return KeptClosing(
        closing: TermClosing(
          term: term, hash: hash, parts: Int(row.int64(7)), signature: row.blob(8) ?? []),
        event: EventReference(station: station, epoch: epoch, sequence: row.int64(3)),
        wallMilliseconds: row.int64(4))
    }
  }

  func save(_ kept: KeptPart) throws {
    try run(
      """
      INSERT INTO statement_parts (library, hash, number, text) VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING
      """,
      [
        .text(kept.library.text), .blob(kept.part.hash.bytes), .int(kept.part.number),
        .text(kept.part.text),
      ])
  }

  /// The text of a closed term, or `nil` where a part is missing or altered.
  func text(of kept: KeptClosing) throws -> String? {
    let parts = try rows(
      "SELECT text FROM statement_parts WHERE library = $1 AND hash = $2 ORDER BY number",
      [.text(kept.library.text), .blob(kept.closing.hash.bytes)]
    ) { $0.string(0) }
    let text = parts.prefix(kept.closing.parts).joined()
    return StatementHash(of: text) == kept.closing.hash ? text : nil
  }

  func save(_ kept: KeptSignature) throws {
    let signature = kept.signature
    try run(
      """
      INSERT INTO signatures (library, hash, signer, signature, exceptions)
      VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
      """,
      [
        .text(kept.reporter.text), .blob(signature.hash.bytes), .text(signature.library.text),
        .blob(signature.signature), .text(signature.exceptions.map(\.text).joined(separator: ",")),
      ])
  }

  private static var signatureColumns: String { "library, hash, signer, signature, exceptions" }

  /// Each signature by everyone who told of it; what its signer told comes first.
  func signatures(under hash: StatementHash) throws -> [KeptSignature] {
    try rows(
      """
      SELECT \(Self.signatureColumns) FROM signatures WHERE hash = $1
      ORDER BY signer, CASE WHEN library = signer THEN 0 ELSE 1 END, library LIMIT $2
      """, [.blob(hash.bytes), .int(TermLimits.signaturesPerStatement)], Self.signature)
  }

  func allSignatures() throws -> [KeptSignature] {
    try rows(
      "SELECT \(Self.signatureColumns) FROM signatures ORDER BY library, hash, signer", [],
      Self.signature)
  }

  private static func signature(_ row: any SQLRow) throws -> KeptSignature {
    guard let reporter = try? LibraryCode(row.string(0)),
      let hash = StatementHash(bytes: row.blob(1) ?? []),
      let signer = try? LibraryCode(row.string(2)),
      let exceptions = try? row.string(4).split(separator: ",").map({ try ItemID($0) })
    else { throw RegistryError.damaged("table signatures") }
    return KeptSignature(
      reporter: reporter,
      signature: Countersignature(
        hash: hash, library: signer, signature: row.blob(3) ?? [], exceptions: exceptions))
  }

  func forEachPart(_ body: (KeptPart) throws -> Void) throws {
    _ = try rows(
      "SELECT library, hash, number, text FROM statement_parts ORDER BY library, hash, number", []
    ) { row in
      guard let library = try? LibraryCode(row.string(0)),
        let hash = StatementHash(bytes: row.blob(1) ?? [])
      else { throw RegistryError.damaged("table statement_parts") }
      try body(
        KeptPart(
          library: library,
          part: StatementPart(hash: hash, number: Int(row.int64(2)), text: row.string(3))))
    }
  }

  /// What kind of material each record is, as any library has described it.
  func recordKinds() throws -> [String: MaterialKind] {
    let kinds = try rows("SELECT id, kind FROM records ORDER BY library DESC", []) { row in
      (row.string(0), MaterialKind(rawValue: row.string(1)) ?? .children)
    }
    return Dictionary(kinds) { $1 }
  }

  /// Each library whose items have moved, and each at which one was.
  func movementLibraries() throws -> Set<String> {
    let pairs = try rows("SELECT DISTINCT library, at FROM movements", []) {
      [$0.string(0), $0.string(1)]
    }
    return Set(pairs.joined())
  }
}

enum TermLimits {
  /// Signatures under one statement that are read: some for each library of a large group.
  static let signaturesPerStatement = 2_000
}
