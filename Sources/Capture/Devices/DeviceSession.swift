import Foundation
import Synchronization

/// One device while it is plugged in: its thread, its pace, and what is told of it.
final class DeviceSession: Sendable {
  let device: String
  let kind: DeviceKind
  private let source: any DeviceSource
  private let queue: ScanQueue
  private let board: DeviceBoard
  private let pace = Mutex(ScanPace())
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

  /// Notes that time has passed: a device gone mad that has been quiet is heard again.
  func rest(at milliseconds: Int64) {
    if pace.withLock({ $0.calms(at: milliseconds) }) { noteReady() }
  }

  private func readUntilGone() {
    while !stopSignal.isFired {
      do {
        try source.read(until: stopSignal) { [self] in hear($0) }
        return
      } catch {
        lose(error)
        if error == .gone { return }
      }
      // Rights may be given later, and another program may let go.
      _ = stopSignal.wait(milliseconds: CaptureLimits.retryMilliseconds)
    }
  }
}

// MARK: what becomes of a device's news

extension DeviceSession {
  private func hear(_ news: SourceNews) {
    switch news {
    case .ready: noteReady()
    case .code(let text, let cameIntoView):
      guard isListenedTo() else { return }
      pass(DeviceScan(device: device, text: text, cameIntoViewMilliseconds: cameIntoView))
    case .keptCode(let text, let receipt): receipt.settle(isTaken: offer(text))
    case .trouble(let error): if isListenedTo() { update { $0.trouble = error } }
    }
  }

  private func noteReady() {
    update {
      $0.state = .present
      $0.trouble = nil
    }
  }

  private func lose(_ error: DeviceError) {
    update {
      $0.state = error.state
      $0.trouble = error
    }
  }

  /// Counts what came, good or bad; a device gone mad is heard of once.
  private func isListenedTo() -> Bool {
    let now = MonotonicTime.milliseconds()
    if pace.withLock({ $0.admits(at: now) }) { return true }
    lose(.tooManyCodes)
    return false
  }

  private func pass(_ scan: DeviceScan) {
    queue.add(scan)
    countScan()
  }

  /// Offers a code until somebody has it; false where the session was stopped first.
  private func offer(_ text: String) -> Bool {
    while !stopSignal.isFired {
      let receipt = ScanReceipt()
      if queue.add(DeviceScan(device: device, text: text, receipt: receipt)),
        receipt.wait(until: stopSignal)
      {
        countScan()
        return true
      }
      _ = stopSignal.wait(milliseconds: CaptureLimits.offerMilliseconds)
    }
    return false
  }

  private func countScan() {
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
