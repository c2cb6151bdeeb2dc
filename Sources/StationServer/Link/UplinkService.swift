import Journal
import Labels
package import Ledger
package import Logging
import ServiceLifecycle
import Serving

/// Carries what was recorded to the host, over and over, for as long as the station runs.
///
/// One pass sends what is pending and takes the receipts. While passes fail, the waits between them
/// grow; nothing is lost, since the journal keeps what has no receipt.
package struct UplinkService: Service {
  /// How long to wait between passes.
  package struct Pace: Hashable, Sendable {
    package var betweenPasses: Duration
    package var firstRetry: Duration
    package var longestRetry: Duration

    package init(
      betweenPasses: Duration = .seconds(30), firstRetry: Duration = .seconds(2),
      longestRetry: Duration = .seconds(300)
    ) {
      self.betweenPasses = betweenPasses
      self.firstRetry = firstRetry
      self.longestRetry = longestRetry
    }
  }

  private let pace: Pace
  private let link: LinkMonitor
  private let clock: StationClock
  private let logger: Logger
  private let changed: @Sendable () -> Void
  private let pass: @Sendable () async throws -> Void

  /// Takes what sends all that is pending, or throws; what it throws is told on the page.
  ///
  /// `changed` is called when the state of the link may have changed.
  package init(
    pace: Pace = Pace(), link: LinkMonitor, clock: StationClock, logger: Logger,
    changed: @escaping @Sendable () -> Void, pass: @escaping @Sendable () async throws -> Void
  ) {
    self.pace = pace
    self.link = link
    self.clock = clock
    self.logger = logger
    self.changed = changed
    self.pass = pass
  }

  package func run() async throws {
    var backoff = Backoff(first: pace.firstRetry, longest: pace.longestRetry)
    var generator = SystemRandomNumberGenerator()
    var wait = Duration.zero
    while await Pause.lasts(wait) {
      do {
        // What a pass has received is kept whole even so; what it was sending is sent again.
        try await cancelWhenGracefulShutdown(pass)
        backoff.succeed()
        link.reached(at: clock.now().wallMilliseconds)
        wait = pace.betweenPasses
      } catch {
        guard !Task.isCancelled, !Task.isShuttingDownGracefully else { return }
        wait = backoff.fail(using: &generator)
        note(error)
      }
      changed()
    }
  }

  private func note(_ error: any Error) {
    let (now, reason) = (clock.now().wallMilliseconds, Self.reason(error))
    if let error = error as? UplinkError, !error.isTemporary {
      link.refused(at: now, reason: reason)
      logger.warning("The host refuses", metadata: ["reason": "\(reason.en)"])
    } else {
      link.failed(at: now, reason: reason)
      logger.notice("The host was not reached", metadata: ["reason": "\(reason.en)"])
    }
  }

  private static func reason(_ error: any Error) -> Words {
    switch error {
    case let error as UplinkError: Words { error.advice(in: $0) }
    case let error as JournalError: Words { error.advice(in: $0) }
    default: Words(vi: "\(error)", en: "\(error)")
    }
  }
}

/// A wait that a clean stop cuts short.
enum Pause {
  /// Waits, and says whether to go on: not when the service is being stopped.
  static func lasts(_ duration: Duration) async -> Bool {
    do {
      try await cancelWhenGracefulShutdown { try await Task.sleep(for: duration) }
    } catch {
      // Only a stop or a cancellation ends the sleep early.
      return false
    }
    return !Task.isCancelled && !Task.isShuttingDownGracefully
  }
}
