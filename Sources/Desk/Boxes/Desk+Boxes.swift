package import Journal
package import Labels
import Ledger
package import Rotation

/// An act on a transfer box that somebody asks the desk for.
///
/// Boxes and items are given as scanned or typed; the desk reads them.
package enum BoxRequest: Hashable, Sendable {
  case open(box: String, to: String, stage: BoxStage = .usual)
  /// Packs an item; one with a warning only where that is said.
  case pack(item: String, box: String, despiteWarnings: Bool)
  case unpack(item: String, box: String)
  case seal(box: String)
  case reopen(box: String)
  /// Sends a sealed box on its way, or passes one on that came; then it needs a destination.
  case send(box: String, to: String?)
  case sendBack(box: String)
  case arrive(box: String, from: String?)
  case receive(item: String, box: String, condition: ItemCondition)
  case confirm(box: String)
  case refuse(box: String)
  case reportLost(box: String)
  case reportFound(box: String)
}

/// Which stage of a rota a box is opened for.
package enum BoxStage: Hashable, Sendable {
  /// The stage by which a rota sends something that way now, where just one does.
  case usual
  /// None: the box travels outside any rota.
  case none
  /// The one of that name, such as `2026-TT/1`.
  case named(String)
}

extension Desk {
  /// Decides and records an act on a box, and returns once it is on disk.
  ///
  /// - Throws: `BoxRefusal` or `Refusal` where a rule stops the act, `PackingStopped` where an item
  ///   is odd, `ManifestError` where no slip can be made, `DeskError` where what was given can't be
  ///   used, `JournalError` where it could not be recorded. In each case nothing has happened.
  package func perform(
    _ request: BoxRequest, as operation: NamedOperation
  ) async throws -> BoxOutcome {
    var decision = BoxDecision(library: library, lookup: lookup, sign: slipSigner?.sign)
    if case .arrive = request { decision.verify = try await slipSigner?.verifier() }
    switch request {
    case .open, .pack: decision.rotas = rotaReader
    default: break
    }
    return try await perform(request, deciding: decision, as: operation)
  }

  private func perform(
    _ request: BoxRequest, deciding decision: BoxDecision, as operation: NamedOperation
  ) async throws -> BoxOutcome {
    try await record(operation) { view in
      try decision.fact(for: request, in: view)
    } checking: { fact, view in
      try decision.check(request, isWhat: fact, in: view)
    } about: { view in
      try decision.number(of: request, in: view)
    }
  }

  /// Records at most one fact about a box and tells what came of it.
  func record(
    _ operation: NamedOperation,
    deciding decide: @escaping @Sendable (JournalView) throws -> BoxFact?,
    checking check: @escaping @Sendable (Fact, JournalView) throws -> Void,
    about number: @escaping @Sendable (JournalView) throws -> BoxNumber
  ) async throws -> BoxOutcome {
    let reporter = BoxReporter(lookup: lookup, offsetMinutes: settings.offsetMinutes)
    return try await journal.recordAll(operation) { transaction in
      try [decide(transaction.view)].compactMap(\.self).map { .box($0) }
    } telling: { recorded, view in
      let first = recorded.first
      if let first, first.isRepeat { try check(first.event.fact, view) }
      let record = try reporter.record(of: number(view), in: view)
      let item = first?.event.fact.item
      return BoxOutcome(
        event: first?.event, isRepeat: first?.isRepeat ?? true,
        summary: try reporter.summary(of: record, in: view),
        item: try item.map { try reporter.item($0, in: view) })
    }
  }

  /// Boxes that this station has had to do with, the one that changed last first.
  package func boxes() async throws -> [BoxSummary] {
    let reporter = BoxReporter(lookup: lookup, offsetMinutes: settings.offsetMinutes)
    return try await journal.read { view in
      try view.boxes().map { try reporter.summary(of: $0, in: view) }
    }
  }

  /// Boxes on their way here, as the host tells, that have not come yet.
  package func comingBoxes() async throws -> [ComingBox] {
    let library = library
    return try await journal.read { view in
      try view.comingBoxes(to: library).map { box, slip in
        ComingBox(
          number: box.number, from: box.from ?? box.number.library, hasSlip: slip != nil)
      }
    }
  }

  /// A box and what is in it.
  ///
  /// - Throws: `DeskError.noSuchBox` where this station knows nothing of it.
  package func report(ofBox text: String) async throws -> BoxReport {
    let (lookup, rotas) = (lookup, rotaReader)
    let reporter = BoxReporter(lookup: lookup, offsetMinutes: settings.offsetMinutes)
    return try await journal.read { view in
      let record = try reporter.record(of: lookup.box(text), in: view)
      var report = try reporter.report(on: record, in: view)
      report.amendment = try rotas.amendment(since: record, in: view)
      return report
    }
  }

  /// Items that a number may mean, those of other libraries too, which have no title here.
  package func boxChoices(of items: [ItemID]) async throws -> [ItemSummary] {
    let reporter = BoxReporter(lookup: lookup, offsetMinutes: settings.offsetMinutes)
    return try await journal.read { view in try items.map { try reporter.item($0, in: view) } }
  }
}

extension JournalView {
  /// Boxes that the host says are on their way to a library and that have not come yet, each with
  /// the slip of this trip where the host has told of it.
  func comingBoxes(to library: LibraryCode) throws -> [(box: FeedBox, slip: SealedSlip?)] {
    try groupBoxes(onTheWayTo: library).compactMap { told in
      let known = try box(told.number)
      guard known?.isBeingReceived != true, told.seal > known?.lastSealHandled ?? 0 else {
        return nil
      }
      let slip = try groupSlip(of: told.number).flatMap { slip in
        slip.manifest.seal == told.seal && slip.manifest.to == library ? slip : nil
      }
      return (told, slip)
    }
  }
}

extension DeskLookup {
  /// The box that a text stands for: a box's label, or its number as the station shows it.
  func box(_ text: String) throws(DeskError) -> BoxNumber {
    if let number = try? BoxNumber(text) { return number }
    let label = labels.read(ScannedCode(reported: text))
    guard case .box(let number) = label else { throw slip(label, expected: .box) }
    return number
  }

  func library(_ text: String) throws(DeskError) -> LibraryCode {
    guard let library = try? LibraryCode(text) else { throw .badLibrary(text) }
    return library
  }
}
