package import Labels
package import Rotation

/// What happens to a transfer box, and to an item as it goes in or out.
///
/// Custody moves item by item: by `packed`, `unpacked` and `received` alone.
package enum BoxFact: Hashable, Sendable {
  case opened(BoxRoute)
  case packed(ItemMove)
  case unpacked(ItemMove)
  /// The manifest is fixed and signed.
  case sealed(SealedSlip)
  case reopened(BoxStep)
  /// The box leaves a library: for the first time, on to a third one, or back.
  case sent(BoxRoute)
  /// The box stands at the library of the station that says so.
  case arrived(BoxRoute)
  case slipRead(SealedSlip)
  case received(BoxFinding)
  /// All that was in the box has been taken out and counted.
  case confirmed(BoxReceipt)
  case refused(BoxStep)
  case lost(BoxStep)
  case found(BoxStep)

  /// The fact's name, for people and programs.
  package var name: String {
    switch self {
    case .opened: "box-opened"
    case .packed: "item-packed"
    case .unpacked: "item-unpacked"
    case .sealed: "box-sealed"
    case .reopened: "box-reopened"
    case .sent: "box-sent"
    case .arrived: "box-arrived"
    case .slipRead: "slip-read"
    case .received: "item-received"
    case .confirmed: "box-received"
    case .refused: "box-refused"
    case .lost: "box-lost"
    case .found: "box-found"
    }
  }

  package var move: ItemMove? {
    switch self {
    case .packed(let move), .unpacked(let move): move
    case .received(let finding): finding.move
    default: nil
    }
  }

  /// The box that the fact is about.
  package var box: BoxNumber? {
    switch self {
    case .opened(let route), .sent(let route), .arrived(let route): route.box
    case .packed(let move): move.to.box
    case .unpacked(let move): move.from.box
    case .sealed(let slip), .slipRead(let slip): slip.manifest.box
    case .reopened(let step), .refused(let step), .lost(let step), .found(let step): step.box
    case .received(let finding): finding.step.box
    case .confirmed(let receipt): receipt.step.box
    }
  }
}

/// A box on one of its trips, which the number of its last sealing tells apart.
package struct BoxStep: Hashable, Sendable {
  package let box: BoxNumber
  /// The number of the last sealing that the station knew of; 0 for none.
  package let seal: Int

  package init(box: BoxNumber, seal: Int) {
    self.box = box
    self.seal = seal
  }
}

/// A box's way from one library to another.
package struct BoxRoute: Hashable, Sendable {
  package let step: BoxStep
  package let from: LibraryCode
  package let to: LibraryCode
  /// The stage of a rota that the box belongs to, where it does.
  package let stage: StageReference?
  /// The revision of the rota that was known where the box was opened for its stage.
  package let revision: Int?

  package init(
    step: BoxStep, from: LibraryCode, to: LibraryCode, stage: StageReference? = nil,
    revision: Int? = nil
  ) {
    self.step = step
    self.from = from
    self.to = to
    self.stage = stage
    self.revision = stage == nil ? nil : revision
  }

  package var box: BoxNumber { step.box }
}

/// A signed slip whose manifest can be read.
package struct SealedSlip: Hashable, Sendable {
  package let signed: SignedManifest
  package let manifest: Manifest

  /// Bytes that a slip may have in a fact; one of 200 items has a tenth.
  package static let longest = 7_900

  /// Takes a slip that is not too long for a fact.
  package init(_ signed: SignedManifest) throws(ManifestError) {
    manifest = try Manifest(encoded: signed.encoded)
    guard signed.bytes.count <= Self.longest else {
      throw .badItemCount(manifest.items.count, limit: ManifestLimits.items / 2)
    }
    self.signed = signed
  }

  package var step: BoxStep { BoxStep(box: manifest.box, seal: manifest.seal) }
}

/// An item that was taken out of a box.
package struct BoxFinding: Hashable, Sendable {
  package let step: BoxStep
  package let move: ItemMove
  package let condition: ItemCondition

  package init(step: BoxStep, move: ItemMove, condition: ItemCondition) {
    self.step = step
    self.move = move
    self.condition = condition
  }
}

/// What the receiver of a box confirmed: how many items each heading has.
package struct BoxReceipt: Hashable, Sendable {
  package let step: BoxStep
  /// Headings without an item are left out.
  package let counts: [ReceivingLine.Heading: Int]

  package init(step: BoxStep, counts: [ReceivingLine.Heading: Int]) {
    self.step = step
    self.counts = counts.filter { $0.value > 0 }
  }
}

extension Place {
  /// The box, where the place is one.
  package var box: BoxNumber? {
    if case .box(let number) = self { number } else { nil }
  }
}
