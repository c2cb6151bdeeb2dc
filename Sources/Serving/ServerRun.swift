package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
package import ServiceLifecycle
import UnixSignals

/// What a server of this program allows a client, in one place.
package struct ServerLimits: Sendable {
  /// Connections that are open at once; more wait in the kernel's queue.
  package var connections = 256
  /// The most bytes of all headers of a request.
  package var headerBytes = 16 * 1_024
  /// Seconds after which a connection that does nothing is closed.
  package var idleConnectionSeconds: Int64 = 75
  /// Whether requests are read, worked on and answered by one event loop, with no hop between
  /// threads but the one to the database.
  ///
  /// That is the shortest way for short requests; one that computes for long holds up the others.
  package var answersOnOneLoop = false
  /// Event loops otherwise; small machines have two to four cores, and the disk sets the pace.
  package static let eventLoops = 2

  package init() {}
}

/// One run of a server: from listening to a clean stop.
package struct ServerRun: Sendable {
  private let address: ListenAddress
  private let limits: ServerLimits
  private let logger: Logger

  package init(at address: ListenAddress, limits: ServerLimits = ServerLimits(), logger: Logger) {
    self.address = address
    self.limits = limits
    self.logger = logger
  }

  /// Serves until SIGTERM or SIGINT, then ends cleanly: answers what was asked, stops the rest.
  ///
  /// The others are services that the server uses; they start before it and stop after it.
  /// `whenListening` gets the port once requests are answered. Throws `ListenError` where the
  /// address can't be listened at.
  package func serve<Context: RequestContext>(
    _ router: Router<Context>, beside others: [any Service] = [],
    whenListening: @escaping @Sendable (_ port: Int) -> Void
  ) async throws where Context.Source == ApplicationRequestContextSource {
    let address = address
    router.refuseOtherMethods()
    let application = Application(
      router: router, server: http,
      configuration: ApplicationConfiguration(
        address: .hostname(address.host, port: address.port),
        availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
      onServerRunning: { whenListening($0.localAddress?.port ?? address.port) },
      eventLoopGroupProvider: .shared(loops), logger: logger)
    let server: any Service =
      limits.answersOnOneLoop
      ? LoopBound(service: application, loop: Self.oneLoop.next()) : application
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: others + [server], gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger))
    do {
      try await group.run()
    } catch {
      throw ListenError(error, at: address) ?? error
    }
  }

  private var loops: MultiThreadedEventLoopGroup {
    limits.answersOnOneLoop ? Self.oneLoop : Self.manyLoops
  }

  // They end with the process: after a failed start, what has begun may still need one.
  private static let oneLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private static let manyLoops = MultiThreadedEventLoopGroup(
    numberOfThreads: ServerLimits.eventLoops)

  private var http: HTTPServerBuilder {
    let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes)
    return .http1(
      configuration: HTTP1Channel.Configuration(
        idleTimeout: .seconds(limits.idleConnectionSeconds), httpDecoderConfiguration: decoder))
  }
}
