import Circulation
import Desk
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@testable import StationServer

@Suite("After a school year")
struct PastYearsTests {
  @Test("closed loans lose their reader without a restart, but not by a clock that is wrong")
  func forget() async throws {
    let station = try await StationFixture()
    let item = try Printed.item("TT1.TN.00001")
    let card = try Printed.card(1)
    try await station.perform(.checkout(item: item, card: card, overrideReason: nil))
    try await station.perform(.checkin(item: item))
    let log = LogCapture()
    let pastYears = PastYears(desk: station.desk, logger: log.logger)
    func acts() async throws -> Int {
      let number = try CardNumber(label: card)
      return try await station.journal.read { try $0.data(of: number).acts.count }
    }
    await pastYears.forget()
    #expect(try await acts() == 1)

    // A clock that jumps ahead and back: what was recorded ahead shows that now is wrong.
    station.clock.advance(days: 330)
    try await station.perform(
      .readOnSite(item: nil, kind: .children, schoolClass: nil, count: 1))
    let ahead = station.clock.clock.now().wallMilliseconds
    station.clock.setWall(milliseconds: ahead - 7_200_000)
    await pastYears.forget()
    #expect(try await acts() == 1)

    station.clock.setWall(milliseconds: ahead)
    await pastYears.forget()
    #expect(try await acts() == 0)
    #expect(!log.text.contains("Hoa"))
  }
}
