import Synchronization

/// Passes live events to all who listen, without ever waiting for one of them.
final class EventHub: Sendable {
  private struct Listener {
    let continuation: AsyncStream<ServerSentEvent>.Continuation
    let takesScans: Bool
    /// When a person was last at this page; nothing where nobody has been there yet.
    var touch: ContinuousClock.Instant?
  }

  private struct State {
    var nextNumber = 1
    var listeners: [Int: Listener] = [:]
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
  ///
  /// A page that comes back says how long ago it was touched; one that was just opened does not
  /// take the scans from where somebody works. ``touch(_:)`` takes its number.
  func listen(
    takesScans: Bool = false, touchedAgo: Duration? = nil
  ) throws(RequestError) -> (number: Int, events: AsyncStream<ServerSentEvent>) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: ServerSentEvent.self, bufferingPolicy: .bufferingOldest(bufferLimit))
    let number = state.withLock { state -> Int? in
      guard state.listeners.count < listenerLimit else { return nil }
      defer { state.nextNumber += 1 }
      state.listeners[state.nextNumber] = Listener(
        continuation: continuation, takesScans: takesScans,
        touch: touchedAgo.map { ContinuousClock.now - $0 })
      return state.nextNumber
    }
    guard let number else { throw .tooManyListeners }
    continuation.onTermination = { [weak self] _ in self?.remove(number) }
    return (number, stream)
  }

  /// Gives an event to everybody; whoever has too many waiting is dropped, and connects anew.
  func publish(_ event: ServerSentEvent) {
    let listeners = state.withLock { $0.listeners.values.map(\.continuation) }
    for listener in listeners {
      if case .dropped = listener.yield(event) { listener.finish() }
    }
  }

  /// Notes that a person is at a page, so that scans go there; passes over one that takes none.
  func touch(_ number: Int) {
    state.withLock { $0.listeners[number]?.touch = .now }
  }

  /// Gives a scan to one page: the one that was last touched, or else the one before it; where
  /// nobody has touched any, the one that was opened first.
  ///
  /// - Returns: false where no page takes scans.
  func deliver(_ event: ServerSentEvent) -> Bool {
    while let listener = lastTouched() {
      if case .enqueued = listener.continuation.yield(event) { return true }
      // A page that is stuck is dropped, and the person scans again where the page still works.
      listener.continuation.finish()
      remove(listener.number)
    }
    return false
  }

  private func lastTouched() -> (
    number: Int, continuation: AsyncStream<ServerSentEvent>.Continuation
  )? {
    state.withLock { state in
      state.listeners.filter(\.value.takesScans)
        .max { one, other in
          guard let left = one.value.touch else {
            return other.value.touch != nil || one.key > other.key
          }
          return other.value.touch.map { left < $0 } ?? false
        }
        .map { ($0.key, $0.value.continuation) }
    }
  }

  private func remove(_ number: Int) {
    state.withLock { _ = $0.listeners.removeValue(forKey: number) }
  }
}
