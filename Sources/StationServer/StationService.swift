import Capture
import Circulation
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
    let board = monitor.board
    server = try StationServer(
      desk: desk, logger: logger, readPicture: readPicture, devices: { board.all })
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
    await forgetPastYears()
    var limits = ServerLimits()
    limits.answersOnOneLoop = true
    // The server uses all the others, so it comes last and is the first to stop.
    try await ServerRun(at: address, limits: limits, logger: logger).serve(
      server.router(), beside: [server.live, devices] + uplink(uplinkPass),
      whenListening: whenListening)
    try journal.close()
  }

  /// Closed loans lose their patron after the school year; a wrong clock must not decide that.
  ///
  /// A disk that can't be written keeps no station from starting: the next start does it.
  private func forgetPastYears() async {
    do {
      let state = try await desk.state()
      guard !state.warnings.contains(.clockSuspect) else { return }
      let year = SchoolYear(containing: state.today)
      let count = try await journal.unlinkClosedLoans(before: year)
      if count > 0 { logger.notice("Past loans unlinked", metadata: ["cards": "\(count)"]) }
    } catch {
      logger.warning("Past loans stay linked till the next start", metadata: ["why": "\(error)"])
    }
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
        changed: { server.stateMayHaveChanged() }, pass: pass)
    ]
  }
}
