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

  @Test("move nothing that a later act has moved on, in whatever order two libraries' acts come")
  func interleaved() throws {
    let (ours, theirs) = (Array(life[..<3]), Array(life[3...]))
    for mask in 0..<64 where mask.nonzeroBitCount == 3 {
      var accounts = Accounts()
      var (left, right) = (ours[...], theirs[...])
      for bit in 0..<6 {
        let fact = mask >> bit & 1 == 1 ? left.removeFirst() : right.removeFirst()
        // A checkin from where the item was not is a discrepancy of this life itself.
        accounts.apply(SampleFacts.event(fact, sequence: Int64(bit + 1)))
      }
      let holding = try #require(accounts.holdings[item])
      #expect(holding.place == receiver.shelf, "\(mask)")
      #expect(holding.record != .unknownTitle, "\(mask)")
      #expect(holding.version == 6 && holding.gaps.isEmpty, "\(mask)")
      #expect(accounts.balances.filter { $0.value != 0 } == [.outside: -1, receiver.shelf: 1])
    }
  }

  @Test("leave no discrepancy where the receiver had read the slip")
  func explained() {
    var accounts = Accounts()
    let order = [life[0], received(seen: 3), life[2]]
    for (index, fact) in order.enumerated() {
      let found = accounts.apply(SampleFacts.event(fact, sequence: Int64(index + 1)))
      #expect(found == [])
    }
    // The checkin, the second act, has still to come.
    #expect(accounts.holdings[item]?.gaps.description == "2-2")
    #expect(accounts.holdings[item]?.place == receiver.shelf)
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
