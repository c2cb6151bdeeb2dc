import Desk
import Hummingbird
import HummingbirdCore
package import Journal
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals

/// A running station: its data folder, held for this process alone, and the server on top of it.
package struct StationService: Sendable {
  package let server: StationServer
  package let journal: Journal
  private let lock: FolderLock
  private let logger: Logger

  /// Opens the station in a folder; throws `JournalError` where the folder can't be used.
  package init(
    folder: DataFolder, logger: Logger, readPicture: @escaping PictureReader
  ) async throws {
    guard folder.holdsStation else { throw JournalError.noStation(folder: folder.path) }
    lock = try FolderLock(folder)
    journal = try Journal(folder: folder)
    self.logger = logger
    let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
    server = try StationServer(desk: desk, logger: logger, readPicture: readPicture)
  }

  /// Serves until SIGTERM or SIGINT, then ends cleanly: answers what was asked, closes the store.
  ///
  /// `uplinkPass` sends what is pending to the host; without it, no host is set. `whenListening`
  /// gets the port once requests are answered. Throws `StationStartError` where the address can't
  /// be listened at.
  package func run(
    at address: StationAddress, uplinkPass: (@Sendable () async throws -> Void)? = nil,
    whenListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) async throws {
    let loops = MultiThreadedEventLoopGroup(numberOfThreads: StationLimits.eventLoops)
    let application = application(at: address, on: loops, whenListening)
    // The server uses all the others, so it comes last and is the first to stop.
    let services = [server.live] + uplink(uplinkPass) + [application as any Service]
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    do {
      try await group.run()
    } catch {
      try await close(loops)
      throw StationStartError(error, at: address) ?? error
    }
    try await close(loops)
  }

  private func application(
    at address: StationAddress, on loops: MultiThreadedEventLoopGroup,
    _ whenListening: @escaping @Sendable (Int) -> Void
  ) -> some ApplicationProtocol {
    Application(
      router: server.router(), server: Self.http,
      configuration: ApplicationConfiguration(
        address: .hostname(address.host, port: address.port),
        availableConnectionsDelegate: .maximum(StationLimits.connections, logger: logger)),
      onServerRunning: { whenListening($0.localAddress?.port ?? address.port) },
      eventLoopGroupProvider: .shared(loops), logger: logger)
  }

  private static var http: HTTPServerBuilder {
    let limits = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: StationLimits.headerBytes,
      maxHeaderListSize: StationLimits.headerBytes)
    return .http1(
      configuration: HTTP1Channel.Configuration(
        idleTimeout: .seconds(StationLimits.idleConnectionSeconds),
        httpDecoderConfiguration: limits))
  }

  private func uplink(_ pass: (@Sendable () async throws -> Void)?) -> [any Service] {
    guard let pass else { return [] }
    return [
      UplinkService(
        link: server.link, clock: journal.clock, logger: logger,
        changed: { server.stateMayHaveChanged() }, pass: pass)
    ]
  }

  private func close(_ loops: MultiThreadedEventLoopGroup) async throws {
    try await loops.shutdownGracefully()
    try journal.close()
  }
}
