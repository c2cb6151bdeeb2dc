package import Circulation
import FoundationEssentials
import GRDB
import Labels
package import Ledger

/// A patron to be registered, with the name in the clear.
package struct PatronRegistration: Hashable, Sendable {
  package let patron: Patron
  package let name: String

  /// The name is kept composed (NFC), so that two ways of typing it are one.
  package init(patron: Patron, name: String) {
    self.patron = patron
    self.name = VietnameseText.composed(name)
  }
}

extension Journal {
  /// Registers patrons, all of them or none; a card that is known gets the new kind, class, name.
  ///
  /// Patrons are no facts of the chain: their names never leave the station and can be erased.
  package func register(_ patrons: [PatronRegistration]) async throws {
    let vault = vault
    try await write { database in
      for patron in patrons { try patron.save(in: database, sealedBy: vault) }
    }
  }

  /// Keeps a setting; under an operation's name, once.
  ///
  /// - Returns: whether it was kept this time.
  @discardableResult
  package func set(
    _ name: String, to value: String, as operation: OperationID? = nil
  ) async throws -> Bool {
    try await write { database in
      var isNew = false
      func keep() throws -> Int {
        try database.execute(
          sql: "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)",
          arguments: [name, value])
        isNew = true
        return database.changesCount
      }
      _ =
        try operation.map { try OtherAct.settings.once($0, in: database, keep) } ?? keep()
      return isNew
    }
  }
}

extension PatronRegistration {
  /// Keeps the patron, with the name sealed.
  func save(in database: Database, sealedBy vault: NameVault) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO patrons (card, kind, class, name) VALUES (?, ?, ?, ?)
        ON CONFLICT (card) DO UPDATE SET kind = excluded.kind, class = excluded.class,
          name = excluded.name
        """
    ).execute(arguments: [
      patron.card.text, patron.kind.rawValue, patron.schoolClass?.text,
      vault.seal(name, boundTo: patron.card.text),
    ])
  }
}
