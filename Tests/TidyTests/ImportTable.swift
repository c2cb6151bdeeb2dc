/// What one target may import.
struct ImportRow: Sendable {
  let target: String

  /// The targets of this package that it builds upon.
  let targets: [String]

  /// The families of modules from other packages; see `family(ofModule:)`.
  let libraries: Set<String>

  /// What it needs of the system.
  let system: System

  /// The part of the system that a target may see.
  enum System: Sendable {
    /// No clock, no file, no locale: FoundationEssentials alone.
    case essentials
    /// Foundation.
    case foundation
    /// Foundation, and the C library for calls that Foundation lacks.
    case cLibrary
    /// Nothing: a system library is a header, not Swift.
    case none

    var modules: Set<String> {
      switch self {
      case .essentials: ["FoundationEssentials"]
      case .foundation: ["Foundation", "FoundationEssentials", "Synchronization"]
      case .cLibrary: System.foundation.modules.union(["Dispatch", "Glibc"])
      case .none: []
      }
    }
  }

  init(
    _ target: String, on targets: [String] = [], and libraries: Set<String> = [], system: System
  ) {
    self.target = target
    self.targets = targets
    self.libraries = libraries
    self.system = system
  }
}

/// The design's import table: a target stands below all that it builds upon.
///
/// A new arrow here is a change of the architecture, not a way to make a test pass.
struct ImportTable: Sendable {
  let rows: [ImportRow]

  static let design = ImportTable(rows: [
    ImportRow("CZBar", system: .none),
    ImportRow("CImageCodecs", system: .none),
    ImportRow("CLinuxDevices", system: .none),
    ImportRow("CZlib", system: .none),
    ImportRow("CPango", system: .none),
    ImportRow("CPostgreSQL", system: .none),
    ImportRow("CZint", system: .none),
    ImportRow("Labels", system: .essentials),
    ImportRow("Scanning", on: ["Labels", "CZBar", "CImageCodecs"], system: .cLibrary),
    // A device's profile is a file in YAML.
    ImportRow("Capture", on: ["Scanning", "CLinuxDevices"], and: ["Yams"], system: .cLibrary),
    ImportRow("Circulation", on: ["Labels"], system: .essentials),
    // Lists that schools keep in spreadsheets, from bytes to checked rows.
    ImportRow("Lists", on: ["Circulation"], system: .essentials),
    ImportRow("Rotation", on: ["Circulation"], system: .essentials),
    // PDF files; what stands on them comes from those who know it.
    ImportRow("Printing", on: ["Rotation", "CPango", "CZint"], system: .essentials),
    ImportRow("Ledger", on: ["Circulation", "Rotation"], and: ["Crypto"], system: .essentials),
    // What a station's store and a host's both ask of SQLite, so that neither says it twice.
    ImportRow("Storage", and: ["GRDB", "GRDBSQLite"], system: .cLibrary),
    // What a station's accounts and a host's have in common; passwords are hashed by scrypt.
    ImportRow(
      "Credentials", on: ["Circulation"], and: ["Crypto", "CryptoExtras"], system: .foundation),
    // Names are sealed at rest, hence Crypto.
    ImportRow(
      "Journal", on: ["Credentials", "Ledger", "Storage"], and: ["Crypto", "GRDB"],
      system: .cLibrary),
    ImportRow("Desk", on: ["Journal", "Lists"], system: .foundation),
    ImportRow("Exchange", on: ["Ledger", "CZlib"], and: ["Crypto"], system: .foundation),
    ImportRow(
      "Registry", on: ["Credentials", "Exchange", "Storage", "CPostgreSQL"], and: ["GRDB"],
      system: .cLibrary),
    // What both servers are made of, so that neither has it twice.
    ImportRow("Serving", on: ["Circulation"], and: server, system: .cLibrary),
    ImportRow(
      "StationServer", on: ["Capture", "Desk", "Exchange", "Printing", "Serving"],
      and: server.union(["AsyncHTTPClient"]), system: .cLibrary),
    ImportRow("HostServer", on: ["Registry", "Serving"], and: server, system: .foundation),
    ImportRow(
      "lienthong", on: ["StationServer", "HostServer"],
      and: server.union(["ArgumentParser", "AsyncHTTPClient"]), system: .cLibrary),
  ])

  /// What a server is made of.
  private static let server: Set<String> = [
    "HTTPTypes", "Hummingbird", "Logging", "Mustache", "NIO",
    "ServiceLifecycle", "UnixSignals",
  ]

  /// Returns the row of a target.
  func row(_ target: String) -> ImportRow? { rows.first { $0.target == target } }

  /// Returns the targets that a target may import: its row's, and what those build upon.
  ///
  /// A member's type lives in a module further down more often than not, and must be imported
  /// from there. Only a system library stays with the target that wraps it.
  func importableTargets(from target: String) -> Set<String> {
    guard let row = row(target) else { return [] }
    var reached = Set(row.targets)
    for lower in row.targets {
      reached.formUnion(importableTargets(from: lower).filter { !isSystemLibrary($0) })
    }
    return reached
  }

  /// Says whether a file of a target may import a module.
  func allows(_ target: String, toImport module: String) -> Bool {
    guard let row = row(target) else { return false }
    return row.libraries.contains(Self.family(ofModule: module))
      || row.system.modules.contains(module)
      || importableTargets(from: target).contains(module)
  }

  /// Returns the name under which the table lists a module: that of its family, if it has one.
  static func family(ofModule module: String) -> String {
    ["Hummingbird", "NIO"].first { module.hasPrefix($0) } ?? module
  }

  private func isSystemLibrary(_ target: String) -> Bool {
    row(target)?.system == ImportRow.System.none
  }
}
