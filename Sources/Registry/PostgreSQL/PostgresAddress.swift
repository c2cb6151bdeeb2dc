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

  /// The address as PostgreSQL's own programs find it in their environment.
  ///
  /// What a program is started with is seen by other users of the machine, and may not hold a
  /// password.
  package var environment: [String: String] {
    guard let options = PQconninfoParse(text, nil) else { return [:] }
    defer { PQconninfoFree(options) }
    var environment: [String: String] = [:]
    var option = options
    while option.pointee.keyword != nil {
      if let name = option.pointee.envvar, let value = option.pointee.val {
        environment[String(cString: name)] = String(cString: value)
      }
      option += 1
    }
    return environment
  }
}
