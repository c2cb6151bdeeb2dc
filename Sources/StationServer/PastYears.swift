import Circulation
import Desk
import Journal
import Logging
import ServiceLifecycle

/// Takes the patrons out of the closed loans of past school years, every few hours.
///
/// A station may run for a year without a stop, so its start alone would not do.
struct PastYears: Service {
  let desk: Desk
  let logger: Logger

  func run() async throws {
    while await Pause.lasts(StationLimits.pastYearsPause) { await forget() }
  }

  /// Closed loans lose their patron after the school year; a wrong clock must not decide that.
  ///
  /// A disk that can't be written keeps no station from working: the next time does it.
  func forget() async {
    do {
      let state = try await desk.state()
      guard !state.warnings.contains(.clockSuspect) else { return }
      let year = SchoolYear(containing: state.today)
      let count = try await desk.journal.unlinkClosedLoans(before: year)
      if count > 0 { logger.notice("Past loans unlinked", metadata: ["cards": "\(count)"]) }
    } catch {
      logger.warning("Past loans stay linked for now", metadata: ["why": "\(error)"])
    }
  }
}
