import Labels
import Testing

@testable import Rotation

@Suite("A transfer box")
struct BoxTests {
  private let here: LibraryCode
  private let there: LibraryCode
  private let third: LibraryCode
  private let number: BoxNumber
  private let items: [ItemID]

  init() throws {
    here = try Sample.library("TT")
    there = try Sample.library("TT1")
    third = try Sample.library("TT2")
    number = try Sample.box()
    items = try (1...3).map { try Sample.item($0) }
  }

  private func sealed() throws -> Box {
    var box = Box(opening: number, at: here, to: there, lastSeal: 0)
    for item in items { try box.perform(.pack(item), by: here) }
    try box.perform(.seal, by: here)
    return box
  }

  private func dispatched() throws -> Box {
    var box = try sealed()
    try box.perform(.dispatch, by: here)
    return box
  }

  @Test("is packed, sealed, dispatched and received over two days")
  func journey() throws {
    var box = try dispatched()
    #expect(box.state == .dispatched)
    #expect(box.holder == nil)
    try box.perform(.receive([items[0]]), by: there)
    #expect(box.state == .receivedInPart)
    #expect(box.items == [items[1], items[2]])
    try box.perform(.receive([items[2], items[1]]), by: there)
    try box.perform(.finishReceiving, by: there)
    #expect(box.state == .received)
    #expect(box.items.isEmpty)
    #expect(box.taken == Set(items))
  }

  @Test("keeps the numbers of its seals rising, when it is reopened and when it is used again")
  func seals() throws {
    var box = try sealed()
    try box.perform(.reopen, by: here)
    try box.perform(.unpack(items[0]), by: here)
    try box.perform(.seal, by: here)
    #expect(box.seal == 2)
    try box.perform(.dispatch, by: here)
    try box.perform(.finishReceiving, by: there)
    try box.perform(.reopen, by: there)
    #expect(box.items.isEmpty)
    #expect(box.refusal(of: .seal, by: there) == .addressedToItself(number))
    try box.perform(.address(to: here), by: there)
    try box.perform(.pack(items[1]), by: there)
    try box.perform(.seal, by: there)
    #expect(box.seal == 3)
    #expect(box.origin == there)
  }

  @Test("goes on to a third school unopened, which alone may then receive it")
  func sentOn() throws {
    var box = try dispatched()
    try box.perform(.sendOn(to: third), by: there)
    #expect(box.from == there)
    #expect(box.origin == here)
    #expect(box.refusal(of: .receive(items), by: there) == .addressedElsewhere(number, to: third))
    try box.perform(.receive(items), by: third)
    try box.perform(.finishReceiving, by: third)
    #expect(box.state == .received)
  }

  @Test("is packed anew and needs another seal where half of it goes on to a third school")
  func halfSentOn() throws {
    var box = try dispatched()
    try box.perform(.receive([items[0]]), by: there)
    #expect(box.refusal(of: .sendOn(to: third), by: there)?.rule == "wrong-box-state")
    try box.perform(.reopen, by: there)
    try box.perform(.address(to: third), by: there)
    try box.perform(.seal, by: there)
    #expect(box.seal == 2)
    #expect(box.items == [items[1], items[2]])
  }

  @Test("is refused and sent back to where it was packed")
  func refused() throws {
    var box = try dispatched()
    try box.perform(.refuse, by: there)
    #expect(box.holder == there)
    try box.perform(.sendBack, by: there)
    #expect(box.to == here)
    try box.perform(.receive(items), by: here)
    try box.perform(.finishReceiving, by: here)
    #expect(box.state == .received)
  }

  @Test("is lost on the way and found by a third school, which sends it on or back")
  func lostAndFound() throws {
    var box = try dispatched()
    try box.perform(.lose, by: there)
    #expect(box.refusal(of: .receive(items), by: there)?.rule == "wrong-box-state")
    try box.perform(.find, by: third)
    #expect(box.holder == third)
    var back = box
    try back.perform(.sendBack, by: third)
    #expect(back.to == here)
    try box.perform(.sendOn(to: there), by: third)
    #expect(box.to == there)
  }

  @Test("takes no act out of its turn, and says what to do instead", arguments: BoxState.allCases)
  func outOfTurn(state: BoxState) throws {
    let acts: [BoxAct] = [
      .pack(items[0]), .unpack(items[0]), .address(to: third), .seal, .reopen, .dispatch,
      .receive(items), .finishReceiving, .refuse, .lose, .find, .sendOn(to: third), .sendBack,
    ]
    let box = try box(in: state)
    for act in acts where !act.states.contains(state) {
      let refusal = BoxRefusal.wrongState(number, state: state, act: act.name)
      #expect(box.refusal(of: act, by: box.holder ?? there) == refusal)
      #expect(refusal.words(in: .vietnamese).contains("Hãy"))
    }
  }

  private func box(in state: BoxState) throws -> Box {
    var box = state == .open ? Box(opening: number, at: here, to: there, lastSeal: 0) : try sealed()
    if state != .open, state != .sealed { try box.perform(.dispatch, by: here) }
    switch state {
    case .open, .sealed, .dispatched: break
    case .receivedInPart: try box.perform(.receive([]), by: there)
    case .received: try box.perform(.finishReceiving, by: there)
    case .refused: try box.perform(.refuse, by: there)
    case .lost, .found: try box.perform(.lose, by: there)
    }
    if state == .found { try box.perform(.find, by: there) }
    #expect(box.state == state)
    return box
  }

  @Test("refuses a book twice, one that is not in it, an empty seal and one too many")
  func contents() throws {
    var box = Box(opening: number, at: here, to: there, lastSeal: 0)
    #expect(box.refusal(of: .seal, by: here) == .empty(number))
    #expect(box.refusal(of: .unpack(items[0]), by: here) == .notPacked(items[0]))
    #expect(box.refusal(of: .pack(items[0]), by: there) == .heldElsewhere(number, at: here))
    for index in 0..<Box.mostItems { try box.perform(.pack(try Sample.item(index)), by: here) }
    #expect(box.refusal(of: .pack(items[0]), by: here) == .alreadyPacked(items[0]))
    let more = try Sample.item(90_000)
    #expect(box.refusal(of: .pack(more), by: here) == .full(number, limit: Box.mostItems))
  }

  @Test(
    "survives any sequence of acts by anybody, and a refused act changes nothing",
    arguments: 0..<40)
  func anySequence(seed: Int) throws {
    var dice = Dice(seed)
    var box = Box(opening: number, at: here, to: there, lastSeal: 0)
    for _ in 0..<300 {
      let before = box
      let library = [here, there, third][dice.roll(3)]
      let act = try randomAct(&dice)
      do throws(BoxRefusal) {
        try box.perform(act, by: library)
        #expect(box.seal >= before.seal)
        #expect(Set(box.items).count == box.items.count)
        #expect(
          box.state == .dispatched || box.state == .lost ? box.holder == nil : box.holder != nil)
      } catch {
        #expect(box == before)
        #expect(!error.words(in: .english).isEmpty)
      }
    }
  }

  private func randomAct(_ dice: inout Dice) throws -> BoxAct {
    let item = try Sample.item(dice.roll(6))
    let library = [here, there, third][dice.roll(3)]
    let acts: [BoxAct] = [
      .pack(item), .unpack(item), .address(to: library), .seal, .reopen, .dispatch,
      .receive([item]), .finishReceiving, .refuse, .lose, .find, .sendOn(to: library), .sendBack,
    ]
    return acts[dice.roll(acts.count)]
  }
}
