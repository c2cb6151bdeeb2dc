import ArgumentParser
import Credentials
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
      HostQuarantineCommand.self, HostCardCommand.self, HostRunCommand.self, HostVerifyCommand.self,
      HostAccountCommand.self, HostConflictsCommand.self, HostReconcileCommand.self,
      HostMemberCommand.self, HostPolicyCommand.self, HostBackupCommand.self,
      HostRestoreCommand.self,
    ])
}

/// `lienthong host init`: makes the data folder.
struct HostInitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make the data folder of a new host and its coordinator's account; print its key.",
    discussion: """
      The key that is printed is the public half; a station learns it when it is enrolled with a \
      code of lienthong host invite. The private half, host.key, never leaves the folder.

      The coordinator's account is named dieu-phoi. Without --password-file its password is made \
      up and printed, this once; lienthong host account gives it another one.

      The books are kept in the folder, in SQLite; with --database they are kept in a PostgreSQL \
      database, which must be there and hold no host. The folder then keeps its address. Where the \
      database has the extension Citus, the tables are spread over its servers. Leave a password \
      out of the address and put it into ~/.pgpass, since other users see what a program is \
      started with.

      Examples:
        lienthong host init --data /var/lib/lienthong-host --name "Nhóm thư viện Tân Tập"
        lienthong host init --data /var/lib/lienthong-host --name "Nhóm thư viện Tân Tập" \\
          --database postgres://lienthong@localhost/lienthong
      """)

  @Option(help: "The folder to make; it must not hold a host yet.", completion: .directory)
  var data: String

  @Option(help: "The group's name, as the page shows it.")
  var name: String

  @Option(help: "A PostgreSQL database, such as postgres://user@server/lienthong.")
  var database: String?

  @Option(
    help: "A file whose first line is the coordinator's password; - is standard input.",
    completion: .file())
  var passwordFile: String?

  /// The first account: điều phối.
  static let coordinatorName = "dieu-phoi"

  func run() async throws {
    try await Terminal.advising {
      let password = try NewPassword(from: passwordFile)
      try password.check()
      let coordinator = HostAccount(
        name: try AccountName(Self.coordinatorName), role: .coordinator)
      let folder = HostFolder(path: data)
      let (store, key) = try await NewHost.create(
        in: folder, at: database.map { try PostgresAddress($0) }, groupName: name)
      try await GroupRegistry(store: store, key: key)
        .setAccount(coordinator, password: password.text)
      try store.close()
      let account = password.announcement(
        for: coordinator.name.text, coordinator.role.rawValue)
      try CommandOutput.write(
        "Khóa của thư viện chủ trì / Host key: \(key.verifyingKey)\n" + account)
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

  @OptionGroup var host: HostOptions

  @Option(help: "The station's name, such as TT1-1.")
  var station: StationID

  @Option(help: "The library's name, as the page shows it.")
  var libraryName: String

  @Option(help: "The station's key: 64 hexadecimal digits.")
  var key: String

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      try await host.registry.enrol(
        Enrolment(station: station, libraryName: libraryName, key: try VerifyingKey(key)))
      try host.close()
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
      serve one folder, or on several machines one database, each with a copy of the folder. \
      Programs find the API described at /openapi.json, figures at /metrics.

      Exit status: 0 after a clean stop; 1 if the folder can't be used or the port is taken.
      """)

  @OptionGroup var host: HostOptions

  @OptionGroup var serving: ServingOptions

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      try await HostServer(registry: host.registry).run(
        at: serving.address, logger: serving.logger("host"),
        whenListening: serving.announcement(of: "Thư viện chủ trì / Host"))
      try host.close()
    }
  }
}

/// Which host a command is for.
struct HostOptions: ParsableArguments {
  @Option(help: "The host's data folder.", completion: .directory)
  var data: String

  @Option(help: "The host's PostgreSQL database, where it is not the one that the folder names.")
  var database: String?

  /// The database that was named here; nothing where the folder has the last word.
  var address: PostgresAddress? {
    get throws { try database.map { try PostgresAddress($0) } }
  }

  func open() async throws -> OpenHost {
    let folder = HostFolder(path: data)
    let store = try await HostBooks.open(folder, at: address)
    let key = try HostKey.read(folder, creating: false)
    return OpenHost(registry: GroupRegistry(store: store, key: key), store: store)
  }
}

/// A host's books, opened for a command.
struct OpenHost {
  let registry: GroupRegistry
  fileprivate let store: any RegistryStore

  func close() throws { try store.close() }
}

/// A host that is being set up.
enum NewHost {
  /// Makes the key and then the books, so that where there are books there is a key.
  ///
  /// Where power fails between the two, setting up again finds the key and goes on.
  static func create(
    in folder: HostFolder, at address: PostgresAddress? = nil, groupName: String
  ) async throws -> (store: any RegistryStore, key: SigningKey) {
    guard !folder.holdsHost else { throw RegistryError.hostExists(folder: folder.path) }
    try folder.create()
    let key = try HostKey.read(folder, creating: true)
    let store = try await HostBooks.create(in: folder, at: address, groupName: groupName)
    return (store, key)
  }
}

/// The key that signs a host's receipts, from its file.
enum HostKey {
  static func read(_ folder: HostFolder, creating: Bool) throws -> SigningKey {
    try SigningKey(bytes: KeyFile(path: folder.signingKey, creating: creating).bytes)
  }
}
