import Ledger

/// The step that keeps who is told of an entry of the feed whatever its owner shares; the same in
/// both databases but for the names of types.
enum AddresseeSchema {
  static let sqlite = table(integer: "INTEGER", code: "TEXT", ending: "STRICT, WITHOUT ROWID")
  static let postgres = table(integer: "bigint", code: "text COLLATE \"C\"", ending: "")

  /// The table that a database spreads, and by which of its columns.
  static let distribution = [("feed_addressees", "library")]

  private static func table(integer: String, code: String, ending: String) -> String {
    """
    CREATE TABLE feed_addressees (
      library \(code) NOT NULL,
      kind \(integer) NOT NULL,
      key \(code) NOT NULL,
      addressee \(code) NOT NULL,
      PRIMARY KEY (library, kind, key, addressee)
    ) \(ending);
    """
  }
}

extension RegistryTransaction {
  /// Notes who has had what the books know of, for books that did not note it.
  func addressAll() throws {
    var pending: [FeedAddressee] = []
    func add(_ addressees: [FeedAddressee]) throws {
      pending += addressees
      guard pending.count >= FeedLimits.entriesPerPage else { return }
      try address(pending)
      pending = []
    }
    try forEachHolding { try add(FeedItem($0.holding).addressees) }
    try add(try sightings().flatMap(\.addressees))
    for (name, value) in try feedValues(of: FeedKind.slip, library: nil) {
      guard case .slip(let slip)? = try? FeedContent(FeedEntry(name: name, value: value)) else {
        throw RegistryError.damaged("table feed")
      }
      try add(try addressees(of: slip))
    }
    try address(pending)
  }
}
