import Desk
import Logging
import ServiceLifecycle

/// Publishes the station's state: soon after it may have changed, and else as a heartbeat.
///
/// However many acts come at once, the state is read and sent at most every
/// `StationLimits.statePause`, and not at all while nobody listens.
final class LiveState: Service {
  let hub: EventHub
  private let read: @Sendable () async throws -> Answer.State
  private let logger: Logger
  private let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  init(
    hub: EventHub, logger: Logger, read: @escaping @Sendable () async throws -> Answer.State
  ) {
    self.hub = hub
    self.logger = logger
    self.read = read
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Says that the state may have changed; returns at once.
  func mayHaveChanged() {
    signal.yield()
  }

  func run() async throws {
    await withDiscardingTaskGroup { group in
      group.addTask {
        while await Pause.lasts(StationLimits.heartbeat) { self.signal.yield() }
        self.signal.finish()
      }
      for await _ in signals {
        await publish()
        guard await Pause.lasts(StationLimits.statePause) else { break }
      }
    }
  }

  private func publish() async {
    guard hub.listenerCount > 0 else { return }
    do {
      hub.publish(try ServerSentEvent("state", try await read()))
    } catch {
      let answer = APIError(error)
      logger.error("The state can't be read", metadata: ["error": "\(answer.body.error)"])
      if let event = try? ServerSentEvent("trouble", answer.body) { hub.publish(event) }
    }
  }
}
