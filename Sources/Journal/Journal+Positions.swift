import FoundationEssentials
import GRDB
package import Ledger

extension Journal {
  /// The position of one event of an epoch, or `nil` where the journal has no such event.
  package func position(in epoch: Epoch, sequence: Int64) async throws -> Position? {
    let station = station
    if sequence == 0 { return .start(of: station, epoch: epoch) }
    return try await read { view in
      let select = try view.database.cachedStatement(
        sql: "SELECT hash FROM events WHERE epoch = ? AND sequence = ?")
      let bytes = try Data.fetchOne(select, arguments: [epoch.number, sequence])
      guard let hash = bytes.flatMap({ ChainHash(bytes: $0) }) else { return nil }
      return Position(epoch: epoch, sequence: sequence, hash: hash)
    }
  }

  /// The host's last receipt of this epoch as it came, or `nil` where there was none.
  package func lastReceipt() async throws -> [UInt8]? {
    let station = station
    return try await read { view in
      let epoch = try view.epoch(of: station)
      return try Data.fetchOne(
        view.database, sql: "SELECT bytes FROM receipts WHERE epoch = ?",
        arguments: [epoch.number]
      ).map { Array($0) }
    }
  }
}
