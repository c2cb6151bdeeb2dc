import FoundationEssentials
import GRDB
import Ledger

/// An act that is no fact of the chain, and so has no event that would know its operation again.
enum OtherAct: String {
  case consent, erasure, unlinking, settings

  /// Does the act once for each operation's name.
  ///
  /// A request that comes late, after another has changed the same thing, must not do it again.
  /// - Returns: what the act came to, the first time.
  /// - Throws: `JournalError.operationReused` for a name that was given to another act.
  func once(
    _ operation: OperationID, in database: Database, _ body: () throws -> Int
  ) throws -> Int {
    let name = Data(operation.bytes)
    let kept = try Row.fetchOne(
      database, sql: "SELECT act, result FROM other_acts WHERE operation = ?", arguments: [name])
    if let kept {
      guard kept["act"] == rawValue else { throw JournalError.operationReused }
      return kept["result"]
    }
    let result = try body()
    try database.execute(
      sql: "INSERT INTO other_acts (operation, act, result) VALUES (?, ?, ?)",
      arguments: [name, rawValue, result])
    return result
  }
}
