import Circulation
import Labels
import Ledger
import TestSupport
import Testing

@Suite struct CustodyTests {
  private let library = SampleFacts.library
  private let item = SampleFacts.item

  private func holding(at place: Place, loan: OpenLoan? = nil) -> Holding {
    Holding(item: item, record: SampleFacts.record, place: place, loan: loan, version: 1)
  }

  private func effect(of fact: Fact, on holding: Holding?) -> ItemEffect {
    SampleFacts.event(fact).effect(on: holding)
  }

  @Test("takes an item from where the ledger has it, and notes that the event said otherwise")
  func movedFromElsewhere() {
    let move = ItemMove(item: item, from: .shelf(library), to: .missing(library), seen: 1)
    let effect = effect(of: .lost(move), on: holding(at: .patron(library)))
    #expect(effect.posting == Posting(from: .patron(library), to: .missing(library)))
    #expect(
      effect.discrepancies == [
        .movedFromElsewhere(item, claimed: .shelf(library), actual: .patron(library))
      ])
    #expect(effect.holding?.place == .missing(library))
  }

  @Test("moves nothing for an item that was never registered")
  func unknownItem() {
    let effect = effect(of: .checkin(SampleFacts.move), on: nil)
    #expect(effect.holding == nil)
    #expect(effect.posting == nil)
    #expect(effect.discrepancies == [.unknownItem(item)])
  }

  @Test("registers an item once")
  func registeredTwice() {
    let fact = SampleFacts.all[2]
    let first = effect(of: fact, on: nil)
    #expect(first.posting == Posting(from: .outside, to: .shelf(library)))
    let second = effect(of: fact, on: first.holding)
    #expect(second.holding == first.holding)
    #expect(second.posting == nil)
    #expect(second.discrepancies == [.registeredTwice(item)])
  }

  @Test("gives a found item its title later, wherever it is by then")
  func namedLater() throws {
    let found = effect(of: .discovered(Discovery(item: item, library: library)), on: nil)
    #expect(found.holding?.record == .unknownTitle)
    #expect(found.posting == Posting(from: .outside, to: .shelf(library)))
    let lost = Holding(
      item: item, record: .unknownTitle, place: .missing(library), loan: nil, version: 2)
    let named = effect(of: SampleFacts.all[2], on: lost)
    #expect(named.discrepancies.isEmpty && named.posting == nil)
    #expect(named.holding?.record == SampleFacts.record)
    #expect(named.holding?.place == .missing(library))
  }

  @Test("moves an item that is found to the finder's shelf where the books have it elsewhere")
  func foundElsewhere() throws {
    let other = Place.shelf(try LibraryCode("TT"))
    let effect = effect(
      of: .discovered(Discovery(item: item, library: library)), on: holding(at: other))
    #expect(effect.posting == Posting(from: other, to: .shelf(library)))
    #expect(
      effect.discrepancies == [.movedFromElsewhere(item, claimed: .outside, actual: other)])
  }

  @Test("notes a renewal by somebody who does not have the item")
  func renewedByAnother() throws {
    let other = try #require(PatronCommitment(bytes: [UInt8](repeating: 9, count: 16)))
    let loan = OpenLoan(
      borrower: other, checkedOutMilliseconds: 0, due: SchoolDay(number: 1), renewals: 0)
    let effect = effect(
      of: SampleFacts.all[5], on: holding(at: .patron(library), loan: loan))
    #expect(effect.discrepancies == [.renewedByAnother(item)])
    #expect(effect.posting == nil)
  }

  @Test(
    "keeps the sum of all places at zero whatever happens, in any order", arguments: 0..<100)
  func conservation(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var accounts = Accounts()
    var registered: Set<ItemID> = []
    for sequence in 1...300 {
      let fact = try RandomHistory.fact(using: &generator)
      switch fact {
      case .itemRegistered(let registration): registered.insert(registration.item)
      case .discovered(let discovery): registered.insert(discovery.item)
      default: break
      }
      accounts.apply(SampleFacts.event(fact, sequence: Int64(sequence)))
      #expect(accounts.balances.values.reduce(0, +) == 0)
    }
    #expect(accounts.holdings.count == registered.count)
    #expect(-(accounts.balances[.outside] ?? 0) == registered.count)
    for (place, count) in accounts.balances where place != .outside {
      #expect(accounts.holdings.values.count { $0.place == place } == count)
    }
  }
}

/// Facts drawn at random, sensible and not, over few items so that they meet.
enum RandomHistory {
  static func fact(using generator: inout SeededGenerator) throws -> Fact {
    let libraries = [SampleFacts.library, try LibraryCode("TT")]
    let item = try ItemID("TT1.TN.0000\(Int.random(in: 1...5, using: &generator))")
    let here = libraries[Int.random(in: 0...1, using: &generator)]
    let places: [Place] = [
      .shelf(here), .patron(here), .missing(here), .withdrawn(here),
      .box(try BoxNumber(library: here, serial: 1)),
    ]
    let move = ItemMove(
      item: item, from: places[Int.random(in: 0..<5, using: &generator)],
      to: places[Int.random(in: 0..<5, using: &generator)], seen: 0)
    let due = SchoolDay(number: 20_717)
    switch Int.random(in: 0..<9, using: &generator) {
    case 0:
      return .itemRegistered(
        ItemRegistration(item: item, record: SampleFacts.record, library: here))
    case 1: return .checkout(Checkout(move: move, borrower: SampleFacts.borrower, due: due))
    case 2: return .checkin(move)
    case 3:
      return .renewal(Renewal(move: move, commitment: SampleFacts.commitment, due: due))
    case 4: return .lost(move)
    case 5: return .discovered(Discovery(item: item, library: here))
    case 6:
      return .undone(
        Undo(operation: SampleFacts.operation, subject: .item(move, loan: nil)))
    case 7: return .noted(ItemNote(item: item, condition: .worn))
    default: return .found(move)
    }
  }
}
