import CPostgreSQL

/// Where a PostgreSQL database is, as libpq reads it: `postgres://user@server:5432/database`.
///
/// What the address leaves out comes from where every PostgreSQL program looks: `PGHOST` and the
/// like, and the file `~/.pgpass` for the password.
package struct PostgresAddress: Hashable, Sendable {
  /// The address as it was given; it may hold a password.
  package let text: String

  private static let schemes = ["postgres://", "postgresql://"]
  /// Bytes that an address may have.
  package static let longest = 2_048

  /// Takes an address that libpq can read; whether anybody is there is not asked.
  package init(_ text: some StringProtocol) throws(RegistryError) {
    let text = String(text)
    guard text.utf8.count <= Self.longest, Self.schemes.contains(where: text.hasPrefix),
      let options = PQconninfoParse(text, nil)
    else { throw .badDatabaseAddress }
    PQconninfoFree(options)
    self.text = text
  }
}
