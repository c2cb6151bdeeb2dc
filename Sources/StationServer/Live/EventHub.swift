import Synchronization

/// Passes live events to all who listen, without ever waiting for one of them.
final class EventHub: Sendable {
  private struct State {
    var nextNumber = 0
    var listeners: [Int: AsyncStream<ServerSentEvent>.Continuation] = [:]
  }

  private let state = Mutex(State())
  private let listenerLimit: Int
  private let bufferLimit: Int

  init(
    listenerLimit: Int = StationLimits.eventListeners,
    bufferLimit: Int = StationLimits.eventsPerListener
  ) {
    self.listenerLimit = listenerLimit
    self.bufferLimit = bufferLimit
  }

  var listenerCount: Int {
    state.withLock { $0.listeners.count }
  }

  /// Begins to listen; the stream ends when the listener can't keep up.
  func listen() throws(RequestError) -> AsyncStream<ServerSentEvent> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: ServerSentEvent.self, bufferingPolicy: .bufferingOldest(bufferLimit))
    let number = state.withLock { state -> Int? in
      guard state.listeners.count < listenerLimit else { return nil }
      defer { state.nextNumber += 1 }
      state.listeners[state.nextNumber] = continuation
      return state.nextNumber
    }
    guard let number else { throw .tooManyListeners }
    continuation.onTermination = { [weak self] _ in self?.remove(number) }
    return stream
  }

  /// Gives an event to everybody; whoever has too many waiting is dropped, and connects anew.
  func publish(_ event: ServerSentEvent) {
    let listeners = state.withLock { Array($0.listeners.values) }
    for listener in listeners {
      if case .dropped = listener.yield(event) { listener.finish() }
    }
  }

  private func remove(_ number: Int) {
    state.withLock { _ = $0.listeners.removeValue(forKey: number) }
  }
}
