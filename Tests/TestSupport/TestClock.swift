package import Circulation
package import Ledger
import Synchronization

/// A clock that stands still until a test moves it.
package final class TestClock: Sendable {
  private let moment: Mutex<Moment>

  /// Starts at eight in the morning, Vietnamese time, on a day of term.
  package init(_ day: SchoolDay = TestClock.mondayInTerm) {
    moment = Mutex(
      Moment(
        wallMilliseconds: Int64(day.number) * 86_400_000 + 3_600_000,
        monotonicMilliseconds: 60_000, boot: 0xB007))
  }

  /// Monday, 14 September 2026.
  package static let mondayInTerm = SchoolDay(number: 20_710)

  package var clock: StationClock {
    StationClock { self.moment.withLock(\.self) }
  }

  /// Moves both clocks.
  package func advance(days: Int = 0, milliseconds: Int64 = 0) {
    let step = Int64(days) * 86_400_000 + milliseconds
    moment.withLock {
      $0 = Moment(
        wallMilliseconds: $0.wallMilliseconds + step,
        monotonicMilliseconds: $0.monotonicMilliseconds + step, boot: $0.boot)
    }
  }

  /// Sets the wall clock alone, as a flat battery or a wrong hand does.
  package func setWall(milliseconds: Int64) {
    moment.withLock {
      $0 = Moment(
        wallMilliseconds: milliseconds, monotonicMilliseconds: $0.monotonicMilliseconds,
        boot: $0.boot)
    }
  }
}
