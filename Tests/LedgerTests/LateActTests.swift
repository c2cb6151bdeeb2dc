import Circulation
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

@Suite("Acts that come late")
struct LateActTests {
  private let item = SampleFacts.item
  private let box = SampleFacts.box
  private let sender: FactMaker
  private let receiver: FactMaker

  init() throws {
    sender = try FactMaker("TT1")
    receiver = try FactMaker("TT")
  }

  private func move(_ from: Place, _ to: Place, seen: Int) -> ItemMove {
    ItemMove(item: item, from: from, to: to, seen: seen)
  }

  private func received(seen: Int) -> Fact {
    .box(
      .received(
        BoxFinding(
          step: SampleFacts.step, move: move(.box(box), receiver.shelf, seen: seen),
          condition: .good)))
  }

  /// An item's life at two libraries, in the order in which it happened.
  private var life: [Fact] {
    [
      sender.registration(item),
      .checkin(move(sender.patron, sender.shelf, seen: 1)),
      .box(.packed(move(sender.shelf, .box(box), seen: 2))), received(seen: 3),
      .lost(move(receiver.shelf, .missing(receiver.library), seen: 4)),
      .found(move(.missing(receiver.library), receiver.shelf, seen: 5)),
    ]
  }

  /// That life as events of two stations.
  private func events() throws -> [Event] {
    let receiving = try #require(StationID("TT-1"))
    return life.enumerated().map { index, fact in
      SampleFacts.event(
        fact, sequence: Int64(index + 1), station: index < 3 ? SampleFacts.station : receiving)
    }
  }

  @Test("come to the same in whatever order they come, however few have come so far")
  func anyOrder() throws {
    let events = try events()
    var generator = SeededGenerator(seed: 7)
    for mask in 1..<64 {
      let come = events.indices.filter { mask >> $0 & 1 == 1 }.map { ItemHistory.Act(events[$0]) }
      let first = ItemHistory(come)
      for _ in 0..<4 {
        let again = ItemHistory(come.shuffled(using: &generator))
        #expect(again.holding == first.holding && again.last == first.last, "\(mask)")
        #expect(again.findings.map(\.event) == first.findings.map(\.event), "\(mask)")
      }
    }
    let whole = ItemHistory(events.shuffled(using: &generator).map { ItemHistory.Act($0) })
    let holding = try #require(whole.holding)
    #expect(holding.place == receiver.shelf && holding.record != .unknownTitle)
    #expect(holding.version == 6 && holding.gaps.isEmpty && whole.last == events[5])
    // A checkin from where the item was not is a discrepancy of this life itself.
    #expect(whole.findings.map(\.event) == [events[1]])
  }

  @Test("leave no discrepancy where the receiver had read the slip")
  func explained() throws {
    let events = try events()
    let history = ItemHistory([events[3], events[2], events[0]].map { ItemHistory.Act($0) })
    #expect(history.findings.isEmpty)
    // The checkin, the second act, has still to come.
    #expect(history.holding?.gaps.description == "2-2")
    #expect(history.holding?.place == receiver.shelf)
  }

  @Test("belong behind the packing where the receiver had read no slip, on each of two trips")
  func withoutSlip() throws {
    let facts: [(Fact, String)] = [
      (sender.registration(item), "TT1-1"),
      (.box(.packed(move(sender.shelf, .box(box), seen: 1))), "TT1-1"),
      (received(seen: 0), "TT-1"),
      (.box(.packed(move(receiver.shelf, .box(box), seen: 1))), "TT-1"),
      (.checkin(move(.box(box), sender.shelf, seen: 2)), "TT1-1"),
      (.checkin(move(sender.shelf, sender.shelf, seen: 3)), "TT1-1"),
      (.box(.packed(move(sender.shelf, .box(box), seen: 4))), "TT1-1"),
      (received(seen: 2), "TT-1"),
    ]
    let events = try facts.enumerated().map { index, fact in
      SampleFacts.event(
        fact.0, sequence: Int64(index + 1), station: try #require(StationID(fact.1)),
        wall: Int64(index) * 1_000)
    }
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<20 {
      let history = ItemHistory(events.shuffled(using: &generator).map { ItemHistory.Act($0) })
      #expect(history.findings.isEmpty)
      #expect(history.holding?.place == receiver.shelf && history.last == events[7])
    }
  }

  @Test("never come before what their makers had seen, whatever box they came out of before")
  func noRing() throws {
    let facts: [(Fact, String)] = [
      (sender.registration(item), "TT1-1"), (received(seen: 0), "TT-1"),
      (.box(.packed(move(receiver.shelf, .box(box), seen: 1))), "TT-1"),
      (.checkin(move(.box(box), sender.shelf, seen: 2)), "TT1-1"),
      (.box(.packed(move(sender.shelf, .box(box), seen: 3))), "TT1-1"),
    ]
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 0, 3, 1]] {
      let history = ItemHistory(
        try order.map { index in
          ItemHistory.Act(
            SampleFacts.event(
              facts[index].0, sequence: Int64(index + 1),
              station: try #require(StationID(facts[index].1)), wall: Int64(index)))
        })
      #expect(history.last?.sequence == 5 && history.holding?.place == .box(box))
      // Nobody had put it into the box out of which it came first.
      #expect(history.findings.map(\.event.sequence) == [2])
    }
  }

  @Test("found at one moment by two clocks that stand still come to one outcome")
  func flatBatteries() throws {
    let finders = ["TT-1", "TT2-1"].map { StationID($0) }
    let found = try finders.enumerated().flatMap { index, finder in
      let station = try #require(finder)
      let library = station.library
      return [
        SampleFacts.event(
          .discovered(Discovery(item: item, library: library)), sequence: 1, station: station),
        SampleFacts.event(
          .checkin(move(.shelf(library), .shelf(library), seen: 1)), sequence: 2, station: station),
      ]
    }
    let all = found + [SampleFacts.event(sender.registration(item), sequence: 1)]
    var generator = SeededGenerator(seed: 3)
    let first = ItemHistory(all.map { ItemHistory.Act($0) })
    #expect(first.isWoven && first.libraries.count == 3)
    for _ in 0..<9 {
      let again = ItemHistory(all.shuffled(using: &generator).map { ItemHistory.Act($0) })
      #expect(again.holding == first.holding && again.last == first.last)
    }
  }

  @Test("that were passed over stand once others bear them out")
  func borneOut() throws {
    let events = try events()
    let receiving = ItemHistory.Act(events[3], ruling: .passedOver)
    let before = ItemHistory([ItemHistory.Act(events[0]), receiving])
    #expect(before.holding?.place == receiver.shelf, "it had seen more, which has to come yet")
    let without = ItemHistory(
      [events[0], events[1]].map { ItemHistory.Act($0) } + [
        ItemHistory.Act(
          SampleFacts.event(received(seen: 2), sequence: 4, station: events[3].station),
          ruling: .passedOver)
      ])
    #expect(without.holding?.place == sender.shelf)
    let packed = SampleFacts.event(
      .box(.packed(move(sender.shelf, .box(box), seen: 2))), sequence: 3)
    let whole = ItemHistory(
      [events[0], events[1], packed].map { ItemHistory.Act($0) } + [
        ItemHistory.Act(
          SampleFacts.event(
            received(seen: 3), sequence: 4, station: events[3].station), ruling: .passedOver)
      ])
    #expect(whole.holding?.place == receiver.shelf)
  }

  @Test("that contradict each other give one outcome, and so does what was passed over")
  func contradicting() throws {
    let there = try #require(StationID("TT-1"))
    let registered = SampleFacts.event(sender.registration(item), sequence: 1)
    let lent = SampleFacts.event(sender.checkout(item), sequence: 2)
    let elsewhere = SampleFacts.event(receiver.checkout(item), sequence: 1, station: there)
    for acts in [[registered, lent, elsewhere], [elsewhere, lent, registered]] {
      let history = ItemHistory(acts.map { ItemHistory.Act($0) })
      #expect(history.holding?.place == receiver.patron)
      #expect(history.findings.map(\.event) == [elsewhere])
      let ruled = ItemHistory(
        acts.map { ItemHistory.Act($0, ruling: $0 == elsewhere ? .passedOver : .stands) })
      #expect(ruled.holding?.place == sender.patron && ruled.last == lent)
      #expect(ruled.findings.map(\.event) == [elsewhere])
    }
    let found = ItemHistory([ItemHistory.Act(lent, ruling: .takenIn)])
    #expect(found.holding?.place == sender.patron && found.findings.isEmpty)
    #expect(ItemHistory([ItemHistory.Act(lent)]).holding == nil)
  }

  @Test("keep what they have before in their place: an item that nobody had registered")
  func unregistered() {
    let event = SampleFacts.event(received(seen: 3))
    let effect = event.effect(on: nil)
    #expect(effect.holding?.record == .unknownTitle)
    #expect(effect.holding?.gaps.description == "1-3")
    #expect(effect.posting == Posting(from: .outside, to: receiver.shelf))
    let named = SampleFacts.event(life[0]).effect(on: effect.holding)
    #expect(named.holding?.gaps.description == "2-3" && named.holding?.version == 4)
    #expect(named.posting == nil && named.discrepancies == [])
  }

  @Test("are read from their text form, and nothing else is")
  func textForm() {
    for text in ["", "1-3", "2-2,5-9"] { #expect(ActGaps(text)?.description == text) }
    for text in ["1", "3-1", "1-2,", "x", "01-2"] { #expect(ActGaps(text) == nil) }
  }
}
