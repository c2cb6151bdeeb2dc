import Capture
import Desk
package import Journal
package import Logging
import ServiceLifecycle
package import Serving

/// A running station: its data folder, held for this process alone, and the server on top of it.
package struct StationService: Sendable {
  package let server: StationServer
  package let journal: Journal
  private let desk: Desk
  private let monitor: DeviceMonitor
  private let lock: FolderLock
  private let logger: Logger

  /// Opens the station in a folder, with the devices that it is to read.
  ///
  /// Throws `JournalError` where the folder can't be used.
  package init(
    folder: DataFolder, devices: DeviceSettings = DeviceSettings(), logger: Logger,
    readPicture: @escaping PictureReader
  ) async throws {
    try folder.checkHoldsStation()
    lock = try FolderLock(folder)
    journal = try Journal(folder: folder)
    self.logger = logger
    var desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
    desk.slipSigner = SlipKeys(journal: journal).signer
    self.desk = desk
    monitor = devices.monitor(besides: folder.path + "/devices")
    server = try StationServer(
      desk: desk, logger: logger, readPicture: readPicture, devices: monitor.board)
  }

  /// Serves until SIGTERM or SIGINT, then ends cleanly: answers what was asked, closes the store.
  ///
  /// `uplinkPass` sends what is pending to the host; without it, no host is set. `whenListening`
  /// gets the port once requests are answered. Throws `ListenError` where the address can't
  /// be listened at.
  package func run(
    at address: ListenAddress, uplinkPass: (@Sendable () async throws -> Void)? = nil,
    whenListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) async throws {
    let pastYears = PastYears(desk: desk, logger: logger)
    await pastYears.forget()
    var limits = ServerLimits()
    limits.answersOnOneLoop = true
    // The server uses all the others, so it comes last and is the first to stop.
    try await ServerRun(at: address, limits: limits, logger: logger).serve(
      server.router(), beside: [server.live, devices, pastYears] + uplink(uplinkPass),
      whenListening: whenListening)
    try journal.close()
  }

  private var devices: DeviceService {
    DeviceService(
      monitor: monitor, desk: desk, live: server.live, metrics: server.metrics, logger: logger)
  }

  private func uplink(_ pass: (@Sendable () async throws -> Void)?) -> [any Service] {
    guard let pass else { return [] }
    return [
      UplinkService(
        link: server.link, clock: journal.clock, logger: logger,
        changed: { server.stateMayHaveChanged() }, pass: { try await pulling(pass) })
    ]
  }

  /// Goes by the group's rules as they are after a pass, however it ended.
  private func pulling(_ pass: @Sendable () async throws -> Void) async throws {
    do {
      try await pass()
    } catch {
      try await desk.reloadSettings()
      throw error
    }
    try await desk.reloadSettings()
  }
}
