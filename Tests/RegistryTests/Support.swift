import Exchange
import Foundation
import GRDB
import Ledger
import Registry
import TestSupport

/// Looks into a host's file, and changes it, behind the registry's back.
enum HostStore {
  /// What the events add up to, and the events; not the receipts, which tell how a batch went.
  static let books = [
    "balances", "conflicts", "events", "holdings", "readings", "records", "stations",
  ]

  /// Every row of every table as text, by table.
  static func rows(of host: HostFixture, in tables: [String]? = nil) throws -> [String: [String]] {
    try open(host.folder) { database in
      let names =
        try tables
        ?? String.fetchAll(
          database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      return try Dictionary(
        uniqueKeysWithValues: names.map { name in
          let rows = try Row.fetchAll(database, sql: "SELECT * FROM \(name)")
          return (name, rows.map { text(of: $0) }.sorted())
        })
    }
  }

  static func open<Value>(
    _ folder: HostFolder, _ body: @Sendable (Database) throws -> Value
  ) throws -> Value {
    let queue = try DatabaseQueue(path: folder.database)
    let value = try queue.writeWithoutTransaction(body)
    try queue.close()
    return value
  }

  private static func text(of row: Row) -> String {
    row.map { "\($0.0)=\(text(of: $0.1))" }.joined(separator: " ")
  }

  private static func text(of value: DatabaseValue) -> String {
    if case .blob(let data) = value.storage { data.base64EncodedString() } else { "\(value)" }
  }
}

extension HostFixture {
  /// Enrols a chain's station.
  func enrol(_ chain: StationChain) async throws {
    try await registry.enrol(chain.enrolment)
  }

  func cursor(of chain: StationChain) async throws -> Position? {
    try await registry.overview().stations
      .first { $0.enrolment.station == chain.station }?.cursor
  }
}
