import ArgumentParser
import Exchange
import HostServer
import Journal
import Ledger
import Registry

/// `lienthong host`: sets the lead library's service up and runs it.
struct HostCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "host",
    abstract: "Set up and run the group's host (thư viện chủ trì).",
    discussion: """
      The host takes the batches of all stations, applies each event exactly once, and shows the \
      coordinator where every book is. All it knows is in one data folder.
      """,
    subcommands: [
      HostInitCommand.self, HostInviteCommand.self, HostEnrolCommand.self, HostRevokeCommand.self,
      HostQuarantineCommand.self, HostRunCommand.self, HostVerifyCommand.self,
    ])
}

/// `lienthong host init`: makes the data folder.
struct HostInitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make the data folder of a new host, and print its key.",
    discussion: """
      The key that is printed is the public half; a station learns it when it is enrolled with a \
      code of lienthong host invite. The private half, host.key, never leaves the folder.

      Example:
        lienthong host init --data /var/lib/lienthong-host --name "Nhóm thư viện Tân Tập"
      """)

  @Option(help: "The folder to make; it must not hold a host yet.", completion: .directory)
  var data: String

  @Option(help: "The group's name, as the page shows it.")
  var name: String

  func run() async throws {
    try await Terminal.advising {
      let folder = HostFolder(path: data)
      let (store, key) = try NewHost.create(in: folder, groupName: name)
      try store.close()
      try CommandOutput.write("Khóa của thư viện chủ trì / Host key: \(key.verifyingKey)\n")
    }
  }
}

/// `lienthong host enrol`: lets a station send.
struct HostEnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol",
    abstract: "Pin a station's key by hand; host invite is the easier way.",
    discussion: """
      The key is the one that lienthong station init printed. Enrolling the same station again \
      with the same key changes its library's name only; another key is refused.
      """)

  @Option(help: "The host's data folder.", completion: .directory)
  var data: String

  @Option(help: "The station's name, such as TT1-1.")
  var station: StationID

  @Option(help: "The library's name, as the page shows it.")
  var libraryName: String

  @Option(help: "The station's key: 64 hexadecimal digits.")
  var key: String

  func run() async throws {
    try await Terminal.advising {
      let folder = HostFolder(path: data)
      let registry = GroupRegistry(
        store: try SQLiteRegistryStore(folder: folder),
        key: try HostKey.read(folder, creating: false))
      try await registry.enrol(
        Enrolment(station: station, libraryName: libraryName, key: try VerifyingKey(key)))
      try CommandOutput.write("Đã ghi danh trạm \(station). / Station \(station) is enrolled.\n")
    }
  }
}

/// `lienthong host run`: serves until it is told to stop.
struct HostRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the host: it takes batches, gives receipts, shows the coordinator's page.",
    discussion: """
      Serves until SIGTERM or Ctrl-C and then ends cleanly, exit status 0. Several processes may \
      serve one folder. Programs find the API described at /openapi.json, figures at /metrics.

      Exit status: 0 after a clean stop; 1 if the folder can't be used or the port is taken.
      """)

  @Option(help: "The host's data folder.", completion: .directory)
  var data: String

  @OptionGroup var serving: ServingOptions

  func run() async throws {
    try await Terminal.advising {
      let folder = HostFolder(path: data)
      let store = try SQLiteRegistryStore(folder: folder)
      let registry = GroupRegistry(store: store, key: try HostKey.read(folder, creating: false))
      try await HostServer(registry: registry).run(
        at: serving.address, logger: serving.logger("host"),
        whenListening: serving.announcement(of: "Thư viện chủ trì / Host"))
      try store.close()
    }
  }
}

/// A host's folder, opened for a command.
struct OpenHost {
  let registry: GroupRegistry
  private let store: SQLiteRegistryStore

  init(_ path: String) throws {
    let folder = HostFolder(path: path)
    store = try SQLiteRegistryStore(folder: folder)
    registry = GroupRegistry(store: store, key: try HostKey.read(folder, creating: false))
  }

  func close() throws { try store.close() }
}

/// A host that is being set up.
enum NewHost {
  /// Makes the key and then the books, so that where there are books there is a key.
  ///
  /// Where power fails between the two, setting up again finds the key and goes on.
  static func create(
    in folder: HostFolder, groupName: String
  ) throws -> (store: SQLiteRegistryStore, key: SigningKey) {
    guard !folder.holdsHost else { throw RegistryError.hostExists(folder: folder.path) }
    try folder.create()
    let key = try HostKey.read(folder, creating: true)
    return (try SQLiteRegistryStore.create(in: folder, groupName: groupName), key)
  }
}

/// The key that signs a host's receipts, from its file.
enum HostKey {
  static func read(_ folder: HostFolder, creating: Bool) throws -> SigningKey {
    try SigningKey(bytes: KeyFile(path: folder.signingKey, creating: creating).bytes)
  }
}
