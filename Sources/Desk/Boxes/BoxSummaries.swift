import Journal
package import Labels
package import Ledger
package import Rotation

/// A box as a screen lists it.
package struct BoxSummary: Hashable, Sendable {
  package let record: BoxRecord
  /// What was packed into it here, what its slip says, or what was counted without one.
  package let itemCount: Int
  /// What was counted out of it so far.
  package let countedCount: Int
  /// Whether a slip came with it or was made for it.
  package var hasSlip: Bool { record.slip != nil }
}

/// A box that the host says is on its way here.
///
/// It is counted blind when it comes, so nothing tells here how many items are in it.
package struct ComingBox: Hashable, Sendable {
  package let number: BoxNumber
  package let from: LibraryCode
  /// Its signed manifest has come before it.
  package let hasSlip: Bool
}

/// A box with all that is known of what is in it.
package struct BoxReport: Hashable, Sendable {
  package let summary: BoxSummary
  /// What was packed here, in order of packing; items of other libraries may have no title.
  package let items: [ItemSummary]
  /// Packed, said and found against each other; nothing for a box that was packed here.
  package let difference: ReceivingDifference?
  /// What the rota says otherwise since the box was opened for its stage, where it does.
  package var amendment: StageAmendment?
}

/// An act on a box that is on disk.
package struct BoxOutcome: Hashable, Sendable {
  /// The event; nothing where there was nothing to record.
  package let event: Event?
  /// The same operation, or the same scan, had been recorded before.
  package let isRepeat: Bool
  package let summary: BoxSummary
  package let item: ItemSummary?
}

/// What the codes of a slip came to.
package struct SlipReading: Hashable, Sendable {
  /// How many codes the slip has; nothing where none was read.
  package let count: Int?
  package let missing: [Int]
  package let damaged: [Int]
  /// Codes of another slip than the first one.
  package let others: [Int]
  /// What was recorded, once the slip was whole and its signature good.
  package let outcome: BoxOutcome?
}

/// The desk holds an item back before it is packed, until somebody says that it goes all the same.
package struct PackingStopped: Error, Hashable, Sendable {
  package let warnings: [PackingWarning]

  package init(warnings: [PackingWarning]) {
    self.warnings = warnings
  }
}
