import Circulation
import Labels
import Testing

@testable import Rotation

@Suite("Receiving a box")
struct ReceivingTests {
  private let items: [ItemID]
  private let box: BoxNumber
  private let today = SchoolDay(number: 20_710)

  init() throws {
    items = try (1...6).map { try Sample.item($0) }
    box = try Sample.box()
  }

  @Test("holds packed, said and found against each other, each book under one heading")
  func threeWays() throws {
    let other = try Sample.box(8)
    var receiving = Receiving(of: box)
    try receiving.learn(try Sample.manifest(Array(items[0...2])))
    receiving.learn(packed: items[0...3])
    _ = receiving.scan(items[0], on: today)
    _ = receiving.scan(items[1], condition: .damaged, on: today)
    _ = receiving.scan(items[4], on: today)
    _ = receiving.scan(items[5], on: today)
    let difference = receiving.difference { $0 == items[5] ? other : nil }
    #expect(difference.items(under: .agreed) == [items[0]])
    #expect(difference.items(under: .damaged) == [items[1]])
    #expect(difference.items(under: .missing) == [items[2], items[3]])
    #expect(difference.items(under: .extra) == [items[4]])
    #expect(difference.items(under: .fromAnotherBox) == [items[5]])
    #expect(difference.lines.last?.otherBox == other)
    #expect(difference.lines.filter(\.slipDisagrees).map(\.item) == [items[3]])
    #expect(!difference.isClean)
  }

  @Test("goes on another day, and keeps the day on which each book was first seen")
  func twoDays() throws {
    var receiving = Receiving(of: box)
    try receiving.learn(try Sample.manifest(Array(items[0...1])))
    #expect(receiving.scan(items[0], on: today) == .noted)
    let tomorrow = today.adding(days: 1)
    #expect(receiving.scan(items[0], on: tomorrow) == .notedBefore(on: today))
    _ = receiving.scan(items[1], on: tomorrow)
    #expect(receiving.difference { _ in nil }.isClean)
    #expect(receiving.found[items[0]]?.day == today)
    receiving.unscan(items[1])
    #expect(receiving.difference { _ in nil }.items(under: .missing) == [items[1]])
  }

  @Test("works without a manifest, and is reconciled when it comes")
  func withoutManifest() throws {
    var receiving = Receiving(of: box)
    for item in items[0...1] { _ = receiving.scan(item, on: today) }
    #expect(receiving.difference { _ in nil }.items(under: .unannounced) == Array(items[0...1]))
    receiving.learn(packed: items[0...2])
    let difference = receiving.difference { _ in nil }
    #expect(difference.items(under: .agreed) == Array(items[0...1]))
    #expect(difference.items(under: .missing) == [items[2]])
  }

  @Test("takes no slip of another box")
  func anotherSlip() throws {
    var receiving = Receiving(of: try Sample.box(8))
    #expect(throws: ManifestError.ofAnotherBox(box, inHand: receiving.box)) {
      try receiving.learn(try Sample.manifest(items))
    }
    #expect(receiving.said == nil)
  }

  @Test("puts every book of any count under exactly one heading", arguments: 0..<30)
  func partition(seed: Int) throws {
    var dice = Dice(seed)
    let all = try (1...40).map { try Sample.item($0) }
    var receiving = Receiving(of: box)
    let said = all.filter { _ in dice.roll(3) > 0 }
    let packed = all.filter { _ in dice.roll(3) > 0 }
    let found = all.filter { _ in dice.roll(3) > 0 }
    if dice.roll(3) > 0, !said.isEmpty { try receiving.learn(try Sample.manifest(said)) }
    if dice.roll(3) > 0 { receiving.learn(packed: packed) }
    for item in found {
      _ = receiving.scan(item, condition: ItemCondition.allCases[dice.roll(3)], on: today)
    }
    let difference = receiving.difference { _ in nil }
    let known = Set(found).union(receiving.said ?? []).union(receiving.packed ?? [])
    let listed = ReceivingLine.Heading.allCases.flatMap { difference.items(under: $0) }
    #expect(listed.count == known.count)
    #expect(Set(listed) == known)
    let present = known.subtracting(difference.items(under: .missing))
    #expect(present == Set(found))
  }
}
