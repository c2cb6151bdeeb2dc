package import Circulation
package import Labels

/// The counting of a box that has come: blind, over as many days as it takes.
///
/// Whoever scans is told only whether a label was taken, never whether the item was expected, so
/// that the count is a count and not a tick on a list.
package struct Receiving: Hashable, Sendable {
  package let box: BoxNumber
  /// What the sender's own events say was packed, where they have come by the feed.
  package private(set) var packed: Set<ItemID>?
  /// What the slip says, where there is one.
  package private(set) var said: Set<ItemID>?
  package private(set) var found: [ItemID: Finding] = [:]

  /// An item that was taken out of the box.
  package struct Finding: Hashable, Sendable {
    package let day: SchoolDay
    package let condition: ItemCondition
  }

  /// What the person who scans is told.
  package enum Answer: Hashable, Sendable {
    case noted
    /// Scanned before; the condition is now as it was said last.
    case notedBefore(on: SchoolDay)
  }

  package init(of box: BoxNumber) {
    self.box = box
  }

  /// Takes what the sender's events say; it may come after the count.
  package mutating func learn(packed items: some Sequence<ItemID>) {
    packed = Set(items)
  }

  /// Takes the slip of this box; it may come after the count.
  package mutating func learn(_ manifest: Manifest) throws(ManifestError) {
    guard manifest.box == box else { throw .ofAnotherBox(manifest.box, inHand: box) }
    said = Set(manifest.items)
  }

  /// Notes an item taken out of the box; the first day it was seen is kept.
  package mutating func scan(
    _ item: ItemID, condition: ItemCondition = .good, on day: SchoolDay
  ) -> Answer {
    let before = found[item]
    found[item] = Finding(day: before?.day ?? day, condition: condition)
    return before.map { .notedBefore(on: $0.day) } ?? .noted
  }

  /// Takes back a scan that was a mistake.
  package mutating func unscan(_ item: ItemID) {
    found[item] = nil
  }

  /// Holds packed, said and found against each other.
  ///
  /// `boxOf` is the other box that an item is in, as far as this station knows.
  package func difference(boxOf: (ItemID) -> BoxNumber?) -> ReceivingDifference {
    let all = Set(found.keys).union(said ?? []).union(packed ?? [])
    let lines = all.sorted().map { item in
      let finding = found[item]
      let isExpected = isExpected(item)
      let other = finding != nil && isExpected != true ? boxOf(item) : nil
      return ReceivingLine(
        item: item, packed: packed?.contains(item), said: said?.contains(item),
        finding: finding, heading: heading(of: finding, isExpected: isExpected, other: other),
        otherBox: other == box ? nil : other)
    }
    return ReceivingDifference(box: box, lines: lines)
  }

  /// Whether slip or events name an item; nothing where neither has come.
  private func isExpected(_ item: ItemID) -> Bool? {
    guard packed != nil || said != nil else { return nil }
    return packed?.contains(item) == true || said?.contains(item) == true
  }

  private func heading(
    of finding: Finding?, isExpected: Bool?, other: BoxNumber?
  ) -> ReceivingLine.Heading {
    guard let finding else { return .missing }
    if isExpected == true { return finding.condition == .damaged ? .damaged : .agreed }
    if let other, other != box { return .fromAnotherBox }
    return isExpected == nil ? .unannounced : .extra
  }
}
