import Ledger

/// The step that keeps who is told of an entry of the feed whatever its owner shares; the same in
/// both databases but for the names of types.
enum AddresseeSchema {
  static let sqlite = table(.sqlite)
  static let postgres = table(.postgres)

  /// The table that a database spreads, and by which of its columns.
  static let distribution = [("feed_addressees", "library")]

  private static func table(_ of: SQLDialect) -> String {
    """
    CREATE TABLE feed_addressees (
      library \(of.code) NOT NULL,
      kind \(of.integer) NOT NULL,
      key \(of.code) NOT NULL,
      addressee \(of.code) NOT NULL,
      PRIMARY KEY (library, kind, key, addressee)
    ) \(of.ending);
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
