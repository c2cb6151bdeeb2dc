import ArgumentParser
import AsyncHTTPClient
import Capture
import Exchange
import Journal
package import Ledger
import StationServer

/// `lienthong station`: sets a library's station up and runs it.
struct StationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "station",
    abstract: "Set up and run a library's station (trạm thư viện).",
    discussion: """
      A station is the kiosk and desk of one library. All it knows is in one data folder: back \
      that folder up, and you have everything.
      """,
    subcommands: [
      StationInitCommand.self, StationEnrolCommand.self, StationRunCommand.self,
      StationRotateKeyCommand.self, AccountCommand.self, SettingsCommand.self,
      StationImportCommand.self, StationPromoteCommand.self,
    ])
}

/// `lienthong station init`: makes the data folder.
struct StationInitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make the data folder of a new station.",
    discussion: """
      Makes the store and two keys: names.key seals the patrons' names, station.key signs what \
      goes to the host. Only the owner of the folder can read them. Nothing is changed where there \
      is a station already.

      The account quan-tri may sign in as the administrator. Without --password-file its password \
      is made up and printed, this once.

      Example:
        lienthong station init --data /var/lib/lienthong --station TT1-1 \\
          --library-name "Trường Tiểu học Tân Tập 1"
      """)

  @Option(help: "The folder to make; it must not hold a station yet.", completion: .directory)
  var data: String

  @Option(help: "The station's name: the library's code, a dash and a number, such as TT1-1.")
  var station: StationID

  @Option(help: "The library's name, as the page shows it.")
  var libraryName: String

  func validate() throws {
    let length = libraryName.utf8.count
    guard libraryName.contains(where: { !$0.isWhitespace }),
      length <= EnrolmentRequest.longestName
    else {
      throw ValidationError(
        "--library-name takes 1 to \(EnrolmentRequest.longestName) bytes; this has \(length).")
    }
  }

  @Option(
    help: "A file whose first line is the administrator's password; - is standard input.",
    completion: .file())
  var passwordFile: String?

  /// The first account: quản trị.
  private static let administratorName = "quan-tri"

  func run() async throws {
    try await Terminal.advising {
      let folder = DataFolder(path: data)
      let password = try NewPassword(from: passwordFile)
      let account = try Account(name: Self.administratorName, role: .administrator)
      try password.check()
      let journal = try Journal.create(in: folder, station: station, libraryName: libraryName)
      try await journal.setAccount(account, password: password.text)
      try journal.close()
      let key = try StationKeys(folder: folder).key(of: .first)
      try CommandOutput.write(
        """
        Đã tạo trạm \(station) trong \(data). / Station \(station) is set up in \(data).
        Khóa của trạm / Station key: \(key.verifyingKey)
        \(password.announcement(for: account.name, account.role.rawValue))\
        Chạy / Run: lienthong station run --data \(data) --port 8080

        """)
    }
  }
}

/// `lienthong station run`: serves the page and the API until it is told to stop.
struct StationRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the station: the kiosk page, the API and live events.",
    discussion: """
      Serves until SIGTERM or Ctrl-C and then ends cleanly, exit status 0. A kill or a power cut \
      harms nothing: what the page called recorded is on disk. One process at a time may run a \
      data folder.

      Scanners and cameras that a profile means are read as soon as they are plugged in; what they \
      read goes to the page that was touched last. `lienthong devices` lists and pairs them.

      Open http://ADDRESS:PORT/ for the page. Programs find the API described at \
      /openapi.json, figures for Prometheus at /metrics and the watchdog's answer at /health.

      Exit status: 0 after a clean stop; 1 if the folder can't be used or the port is taken.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @OptionGroup var serving: ServingOptions

  @OptionGroup var devices: DeviceOptions

  func run() async throws {
    let reader = UploadReader()
    try await Terminal.advising {
      let folder = DataFolder(path: data)
      let service = try await StationService(
        folder: folder, devices: devices.settings, logger: serving.logger("station"),
        readPicture: { try await reader.codes(in: Upload($0)) })
      try await HTTPClient.sharing { client in
        let uplink = try await UplinkSettings(of: service.journal).map {
          CurrentUplink(journal: service.journal, settings: $0, client: client)
        }
        try await run(service, uplink)
      }
    }
  }

  private func run(_ service: StationService, _ uplink: CurrentUplink?) async throws {
    let name = "Trạm / Station \(service.journal.station)"
    var pass: (@Sendable () async throws -> Void)?
    if let uplink { pass = { try await uplink.pass() } }
    try await service.run(
      at: serving.address, uplinkPass: pass, whenListening: serving.announcement(of: name))
  }
}

extension StationID: ExpressibleByArgument {
  package init?(argument: String) {
    self.init(argument)
  }
}
