import Capture
import Desk
import Labels
import Logging
import ServiceLifecycle
import Serving

/// Reads the devices for as long as the station runs, and gives each scan to one page.
///
/// The page that a person touched last takes it, and does with it what it does with a typed one.
/// With no page open a scan is lost: an act that nobody sees is worse than a scan that is done
/// again. Only what its source keeps, such as a picture in the folder, waits for a page.
struct DeviceService: Service {
  let monitor: DeviceMonitor
  let desk: Desk
  let live: LiveState
  let metrics: StationMetrics
  let logger: Logger

  func run() async throws {
    await withDiscardingTaskGroup { group in
      group.addTask { await deliverScans() }
      group.addTask { await tellChanges() }
      await withTaskCancellationHandler {
        await withGracefulShutdownHandler {
          await monitor.run()
        } onGracefulShutdown: {
          monitor.stop()
        }
      } onCancel: {
        // The server could not start, for example because its port is taken.
        monitor.stop()
      }
    }
  }

  private func deliverScans() async {
    for await _ in monitor.scans.arrivals {
      while let scan = monitor.scans.next() { deliver(scan) }
    }
  }

  /// The scan's text stays out of the log: it may be a patron's card.
  private func deliver(_ scan: DeviceScan) {
    let label = desk.settings.labels.read(ScannedCode(reported: scan.text))
    let wait = scan.waitMilliseconds(until: MonotonicTime.milliseconds())
    do {
      let event = try ServerSentEvent(
        "scan", Answer.LiveScan(scan, read: label, waitMilliseconds: wait))
      let isTaken = live.hub.deliver(event)
      scan.receipt?.settle(isTaken: isTaken)
      guard isTaken else {
        // One that is kept is offered again and again.
        if scan.receipt == nil {
          logger.notice(
            "A scan was lost: no page is open", metadata: ["device": "\(scan.device)"])
        }
        return
      }
      if let wait { metrics.countCameraScan(wait: .milliseconds(wait)) }
    } catch {
      scan.receipt?.settle(isTaken: false)
      logger.error("A scan can't be told", metadata: ["error": "\(error)"])
    }
  }

  /// Shows how the devices are, and logs what has changed, at a pace that a log can bear.
  private func tellChanges() async {
    var known: [String: Words] = [:]
    var problems: [ProfileError] = []
    for await _ in monitor.board.changes {
      live.mayHaveChanged()
      for problem in monitor.board.profileProblems where !problems.contains(problem) {
        logger.warning("\(problem.advice(in: .english))")
      }
      problems = monitor.board.profileProblems
      for status in monitor.board.all {
        let words = Words { status.words(in: $0) }
        if known[status.device] != words {
          known[status.device] = words
          logger.notice(
            "\(words.en)",
            metadata: ["kind": "\(status.kind.rawValue)", "state": "\(status.state.rawValue)"])
        }
      }
      guard await Pause.lasts(StationLimits.statePause) else { break }
    }
  }
}
