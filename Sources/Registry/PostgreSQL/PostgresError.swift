/// What a PostgreSQL server, or the way to it, answered in place of a result.
package struct PostgresError: Error, Hashable, Sendable {
  /// Five characters by which the SQL standard names the fault; empty where no server answered.
  package let sqlState: String
  /// What libpq says of it, in one line; it names the server and the user, never a password.
  package let message: String

  init(sqlState: String, message: String) {
    self.sqlState = sqlState
    self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// What to do with a fault; the classes are those of PostgreSQL's appendix "Error Codes".
  enum Kind: Hashable, Sendable {
    /// Another transaction was first, so the whole of this one is to be done again.
    case outpaced
    /// The server went away, starts or stops; what was asked may have been done or not.
    case connectionLost
    /// The server does not let this user in, or has no such database.
    case notLetIn
    case diskFull
    case damaged
    /// The tables are not there.
    case noTables
    case other
  }

  var kind: Kind {
    switch sqlState {
    // A key that another has inserted meanwhile is one that a snapshot does not show.
    case "40001", "40P01", "55P03", "23505": .outpaced
    case "", "57P01", "57P02", "57P03", "57P05", "25P03": .connectionLost
    case _ where sqlState.hasPrefix("08"): .connectionLost
    // Too many connections: a place may be free in a moment.
    case "53300": .connectionLost
    case _ where sqlState.hasPrefix("28"), "3D000": .notLetIn
    case "53100": .diskFull
    case _ where sqlState.hasPrefix("XX"): .damaged
    case "3F000", "42P01": .noTables
    default: .other
    }
  }
}

extension RegistryError {
  init(_ error: PostgresError) {
    switch error.kind {
    case .diskFull: self = .diskFull
    case .damaged: self = .damaged(error.message)
    case .noTables: self = .databaseHoldsNoHost
    case .notLetIn: self = .databaseRefused(error.message)
    case .connectionLost: self = .databaseUnreachable(error.message)
    case .outpaced, .other: self = .storageFailed("\(error.sqlState) \(error.message)")
    }
  }
}
