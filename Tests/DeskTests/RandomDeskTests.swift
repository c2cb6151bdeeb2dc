import Circulation
import Desk
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@Suite("Random days at the desk")
struct RandomDeskTests {
  private static let items = (1...4).map { "TT1.TN.0000\($0)" } + ["TT.TN.00077"]

  @Test("keeps custody's sums and every table true, and undoes exactly", arguments: 0..<12)
  func histories(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let station = try await StationFixture()
    var acts: [Outcome] = []
    for _ in 0..<60 {
      let request = try Self.request(after: acts, using: &generator)
      let before = try await Self.holdings(of: station)
      do {
        let outcome = try await station.perform(request)
        if case .undo(let operation) = request {
          try await expectRestored(operation, by: outcome, in: station)
        }
        acts.append(outcome)
      } catch is Refusal {
        #expect(try await Self.holdings(of: station) == before)
      }
      if Int.random(in: 0..<10, using: &generator) == 0 { station.clock.advance(days: 1) }
    }
    let result = try await station.journal.verify()
    #expect(result.problems == [])
    #expect(result.balances.values.reduce(0, +) == 0)
  }

  /// Compares the item with what a replay says that it was before the undone act.
  private func expectRestored(
    _ operation: OperationID, by undo: Outcome, in station: StationFixture
  ) async throws {
    guard let item = undo.item?.item else { return }
    var accounts = Accounts()
    let head = try await station.journal.head()
    let range = try await station.journal.events(
      after: .start(of: station.journal.station, epoch: head.epoch), countLimit: 10_000,
      byteLimit: .max)
    for bytes in range.events {
      let event = try Event(encoded: bytes)
      if event.operation == operation { break }
      accounts.apply(event)
    }
    let after = try await station.journal.read { try $0.holding(item) }
    #expect(after?.place == accounts.holdings[item]?.place)
    #expect(after?.loan == accounts.holdings[item]?.loan)
  }

  private static func holdings(of station: StationFixture) async throws -> [Holding?] {
    let ids = try items.map { try ItemID($0) }
    return try await station.journal.read { view in try ids.map { try view.holding($0) } }
  }

  private static func request(
    after acts: [Outcome], using generator: inout SeededGenerator
  ) throws -> DeskRequest {
    let item = try ItemID(items[Int.random(in: 0..<5, using: &generator)]).label
    let card = try CardNumber(
      library: LibraryCode("TT1"), serial: Int.random(in: 1...2, using: &generator)
    ).label
    switch Int.random(in: 0..<10, using: &generator) {
    case 0, 1: return .checkout(item: item, card: card, overrideReason: nil)
    case 2: return .checkout(item: item, card: card, overrideReason: "cô giáo đồng ý")
    case 3: return .checkin(item: item)
    case 4: return .renew(item: item, overrideReason: "còn đọc dở")
    case 5: return .reportLost(item: item)
    case 6: return .reportFound(item: item)
    case 7: return .registerFound(item: item, homeLibrary: nil)
    case 8: return .readOnSite(item: nil, kind: .children, schoolClass: "3B", count: 2)
    default:
      let operation = acts.suffix(4).randomElement(using: &generator)?.event.operation
      return .undo(operation: operation ?? OperationID(high: 0, low: 0))
    }
  }
}
