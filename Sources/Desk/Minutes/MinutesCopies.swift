package import Circulation
import Journal
package import Labels
package import Ledger
package import Rotation

/// One copy in minutes.
package struct MinutesLine: Hashable, Sendable {
  package let item: ItemID
  package let title: String
  /// As last noted, or as the receiver found it.
  package let condition: NotedCondition
}

/// What minutes of a hand-over say: a box as it was sealed, or as it was received.
package struct HandoverCopy: Hashable, Sendable {
  package let libraryName: String
  package let box: BoxNumber
  package let seal: Int
  package let from: LibraryCode
  package let to: LibraryCode
  package let stage: StageReference?
  /// Whether they are the receiver's, with what was found.
  package let isReceipt: Bool
  package let lines: [MinutesLine]
  /// What was packed, said and found, at receiving.
  package let headings: [ItemID: ReceivingLine.Heading]
  /// When the box was sealed or its receipt confirmed, by the station's wall clock.
  package let wallMilliseconds: Int64
  package let event: EventMark
}

/// What minutes of a stage's hand-over say: all boxes of it from one library to another, as they
/// were sealed, or as they were received.
package struct StageHandoverCopy: Hashable, Sendable {
  package let libraryName: String
  package let stage: StageReference
  package let way: StageWay
  /// Whether they are the receiver's, with what was found.
  package let isReceipt: Bool
  /// In order of boxes and sealings.
  package let boxes: [HandoverCopy]
  /// When the last of the boxes was sealed or its receipt confirmed, or one was taken out again.
  package let wallMilliseconds: Int64
  package let event: EventMark

  /// Boxes that one document takes.
  package static let mostBoxes = 50
}

/// What minutes of a stock-taking say.
package struct StockCopy: Hashable, Sendable {
  package let libraryName: String
  package let library: LibraryCode
  package let count: StockCount
  package let openedMilliseconds: Int64
  package let wallMilliseconds: Int64
  package let missing: [MinutesLine]
  /// What was scanned and is not simply where it should be; a label of nobody has no item.
  package let unusual: [Unusual]
  package let event: EventMark

  /// A scan that somebody must look into.
  package struct Unusual: Hashable, Sendable {
    package let label: String
    package let title: String
    package let finding: StockFinding
  }
}

/// What minutes of a term's end say; signatures that come later change nothing in them.
package struct TermCopy: Hashable, Sendable {
  package let statement: TermStatement
  package let closed: ClosedTerm
}

extension HandoverCopy {
  /// The same with the titles of other libraries' books, which are in no event of this station but
  /// told by the host: a reprint has those that have been told by then.
  func naming(by title: (ItemID) throws -> String) rethrows -> HandoverCopy {
    let lines = try lines.map { line in
      line.title.isEmpty
        ? MinutesLine(item: line.item, title: try title(line.item), condition: line.condition)
        : line
    }
    return HandoverCopy(
      libraryName: libraryName, box: box, seal: seal, from: from, to: to, stage: stage,
      isReceipt: isReceipt, lines: lines, headings: headings,
      wallMilliseconds: wallMilliseconds, event: event)
  }
}

extension JournalView {
  /// The title of a book that no event of this station describes, as the host has told of it; empty
  /// where it has not.
  func toldTitle(of item: ItemID) throws -> String {
    if let holding = try holding(item) { return try record(of: holding)?.title ?? "" }
    guard let told = try groupItem(item) else { return "" }
    return try groupRecord(told.record, of: item.library)?.title ?? ""
  }
}

extension Accounts {
  /// The title of an item as the books have it; empty where nobody has described it.
  func title(of item: ItemID) -> String {
    holdings[item].flatMap { records[$0.record]?.title } ?? ""
  }

  /// The condition of an item as last noted.
  func condition(of item: ItemID) -> NotedCondition {
    conditions[item] ?? .good
  }
}
