package import Journal
import Labels
import Ledger
import Rotation

extension Desk {
  /// Reads the codes of a slip, in whichever order, and takes its box in once the slip is whole.
  ///
  /// The caller keeps the codes that it has and sends all of them each time. `box` is the one that
  /// was scanned, where one was. `acceptsOthers` takes a box that was sent on here by a library
  /// that its slip doesn't name. What is still missing or damaged is told and nothing recorded.
  /// - Throws: `ManifestError` with the reason against a slip, `BoxRefusal`, `DeskError`,
  ///   `JournalError`. In each case nothing has happened.
  package func readSlip(
    _ texts: [String], of box: String?, acceptsOthers: Bool, as operation: NamedOperation
  ) async throws -> SlipReading {
    guard texts.count <= ReceivingLimits.slipTexts else { throw DeskError.tooManyCodes }
    var assembly = ManifestAssembly()
    var others: Set<Int> = []
    for text in texts {
      if case .ofAnotherSlip(let number) = assembly.add(text) { others.insert(number) }
    }
    func reading(_ outcome: BoxOutcome?) -> SlipReading {
      SlipReading(
        count: assembly.count, missing: assembly.missing, damaged: assembly.damaged,
        others: others.sorted(), outcome: outcome)
    }
    guard assembly.isComplete else { return reading(nil) }
    let signed = try assembly.slip()
    guard let slipSigner else { throw DeskError.noSlipKey }
    _ = try signed.manifest(verify: try await slipSigner.verifier())
    let slip = try SealedSlip(signed)
    let outcome = try await take(slip, of: box, acceptsOthers: acceptsOthers, as: operation)
    return reading(outcome)
  }

  private func take(
    _ slip: SealedSlip, of box: String?, acceptsOthers: Bool, as operation: NamedOperation
  ) async throws -> BoxOutcome {
    let inHand = try box.map { try lookup.box($0) } ?? slip.manifest.box
    let library = library
    return try await record(operation) { view in
      try Self.refuseWhenNotReadable(
        slip, for: inHand, at: library, acceptsOthers: acceptsOthers, in: view)
        ? .slipRead(slip) : nil
    } checking: { fact, _ in
      guard fact == .box(.slipRead(slip)) else { throw JournalError.operationReused }
    } about: { _ in
      inHand
    }
  }

  /// Says whether a slip is new here; throws the reason against it.
  private static func refuseWhenNotReadable(
    _ slip: SealedSlip, for box: BoxNumber, at library: LibraryCode, acceptsOthers: Bool,
    in view: JournalView
  ) throws -> Bool {
    let manifest = slip.manifest
    let known = try view.box(box)
    // The slip of the trip that the box is on may be read as often as one likes.
    if let known, known.isInbound, known.isBeingReceived, known.slip == slip { return false }
    try manifest.refuseWhenNot(for: box, after: known?.lastSealHandled ?? 0)
    if let known, !known.isBeingReceived, known.box.state != .received, !known.isOnItsWay {
      throw BoxRefusal.wrongState(box, state: known.box.state, act: "read-slip")
    }
    guard manifest.to == library || acceptsOthers else {
      throw BoxRefusal.addressedElsewhere(box, to: manifest.to)
    }
    return true
  }
}

extension BoxRecord {
  /// The last sealing that can't come again: received here, or made here and sent on.
  ///
  /// A box that was sent away and is sent back unopened comes with the slip that it left with.
  var lastSealHandled: Int {
    isOnItsWay ? max(box.seal - 1, 0) : isBeingReceived && slip == nil ? 0 : box.seal
  }
}
