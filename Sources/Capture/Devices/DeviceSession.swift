import Foundation
import Synchronization

/// One device while it is plugged in: its thread, its pace, and what is told of it.
final class DeviceSession: Sendable {
  let device: String
  let kind: DeviceKind
  private let source: any DeviceSource
  private let queue: ScanQueue
  private let board: DeviceBoard
  private let stopSignal = StopSignal()
  private let ended = DispatchSemaphore(value: 0)
  private let hasEndedFlag = Atomic(false)

  init(
    device: String, kind: DeviceKind, source: any DeviceSource, queue: ScanQueue,
    board: DeviceBoard
  ) {
    self.device = device
    self.kind = kind
    self.source = source
    self.queue = queue
    self.board = board
  }

  /// Whether the thread has ended by itself, because the device is gone.
  var hasEnded: Bool { hasEndedFlag.load(ordering: .acquiring) }

  func start() {
    Thread.detachNewThread { [self] in
      readUntilGone()
      hasEndedFlag.store(true, ordering: .releasing)
      ended.signal()
    }
  }

  /// Stops reading and waits for the thread, which may be at work on a frame.
  func stop() {
    stopSignal.fire()
    ended.wait()
    ended.signal()
  }

  private func readUntilGone() {
    let listener = SessionListener(device: device, kind: kind, queue: queue, board: board)
    while !stopSignal.isFired {
      do {
        try source.read(until: stopSignal) { listener.hear($0) }
        return
      } catch {
        listener.lose(error)
        if error == .gone { return }
      }
      // Rights may be given later, and another program may let go.
      _ = stopSignal.wait(milliseconds: CaptureLimits.retryMilliseconds)
    }
  }
}

/// What becomes of a device's news; used on its thread alone.
private final class SessionListener {
  private let device: String
  private let kind: DeviceKind
  private let queue: ScanQueue
  private let board: DeviceBoard
  private var pace = ScanPace()

  init(device: String, kind: DeviceKind, queue: ScanQueue, board: DeviceBoard) {
    self.device = device
    self.kind = kind
    self.queue = queue
    self.board = board
  }

  func hear(_ news: SourceNews) {
    switch news {
    case .ready:
      update {
        $0.state = .present
        $0.trouble = nil
      }
    case .code(let text, let cameIntoView):
      guard isListenedTo() else { return }
      pass(DeviceScan(device: device, text: text, cameIntoViewMilliseconds: cameIntoView))
    case .trouble(let error): if isListenedTo() { update { $0.trouble = error } }
    }
  }

  func lose(_ error: DeviceError) {
    update {
      $0.state = error.state
      $0.trouble = error
    }
  }

  /// Counts what came, good or bad; a device gone mad is heard of once.
  private func isListenedTo() -> Bool {
    if pace.admits(at: MonotonicTime.milliseconds()) { return true }
    lose(.tooManyCodes)
    return false
  }

  private func pass(_ scan: DeviceScan) {
    queue.add(scan)
    update {
      $0.state = .present
      $0.trouble = nil
      $0.scanCount += 1
    }
  }

  private func update(_ change: (inout DeviceStatus) -> Void) {
    board.update(device, kind: kind, change)
  }
}
