import Circulation
import Journal
import Labels
import Ledger
import Rotation

/// Turns a request about a box into a fact, or refuses it, from what the journal holds then.
struct BoxDecision: Sendable {
  let library: LibraryCode
  let lookup: DeskLookup
  let sign: (@Sendable ([UInt8]) throws -> [UInt8])?
  /// Knows the group's signatures; without it no slip that the host told of is taken.
  var verify: SlipSigner.Verifier?
  /// Knows the group's rotas; without it no item is held against them.
  var rotas: RotaReader?

  /// The fact to record; nothing where what is asked for is so already.
  func fact(for request: BoxRequest, in view: JournalView) throws -> BoxFact? {
    switch request {
    case .open(let box, let to, let stage):
      return try open(lookup.box(box), to: lookup.library(to), for: stage, in: view)
    case .pack(let item, let box, let despite):
      return try pack(item, into: lookup.box(box), despiteWarnings: despite, in: view)
    case .unpack(let item, let box): return try unpack(item, from: lookup.box(box), in: view)
    case .seal(let box): return .sealed(try slip(of: record(box, in: view), in: view))
    case .send(let box, let to): return try send(record(box, in: view), to: to)
    case .sendBack(let box):
      let record = try record(box, in: view)
      try refuse(.sendBack, on: record.box)
      return .sent(BoxRoute(step: record.step, from: library, to: record.box.origin))
    case .arrive(let box, let from): return try arrive(lookup.box(box), from: from, in: view)
    case .receive(let item, let box, let condition):
      return try receive(item, from: record(box, in: view), condition, in: view)
    case .confirm(let box): return .confirmed(try receipt(of: record(box, in: view), in: view))
    case .reopen(let box):
      return .reopened(try step(.reopen, on: record(box, in: view)))
    case .refuse(let box): return .refused(try step(.refuse, on: record(box, in: view)))
    case .reportLost(let box): return .lost(try step(.lose, on: record(box, in: view)))
    case .reportFound(let box): return .found(try step(.find, on: record(box, in: view)))
    }
  }

  /// The box that a request is about.
  func number(of request: BoxRequest, in view: JournalView) throws -> BoxNumber {
    switch request {
    case .open(let box, _, _), .pack(_, let box, _), .unpack(_, let box), .seal(let box),
      .reopen(let box), .send(let box, _), .sendBack(let box), .arrive(let box, _),
      .receive(_, let box, _), .confirm(let box), .refuse(let box), .reportLost(let box),
      .reportFound(let box):
      try lookup.box(box)
    }
  }

  /// Refuses an operation's name that was recorded for something else.
  func check(_ request: BoxRequest, isWhat fact: Fact, in view: JournalView) throws {
    guard case .box(let fact) = fact, try fact.box == number(of: request, in: view) else {
      throw JournalError.operationReused
    }
    let isSame: Bool
    switch (request, fact) {
    case (.open, .opened), (.seal, .sealed), (.reopen, .reopened), (.send, .sent),
      (.sendBack, .sent), (.arrive, .arrived), (.arrive, .slipRead), (.confirm, .confirmed),
      (.refuse, .refused),
      (.reportLost, .lost), (.reportFound, .found):
      isSame = true
    case (.pack(let item, _, _), .packed(let move)), (.unpack(let item, _), .unpacked(let move)):
      isSame = try names(item, move.item, in: view)
    case (.receive(let item, _, let condition), .received(let finding)):
      isSame = try names(item, finding.move.item, in: view) && condition == finding.condition
    default: isSame = false
    }
    guard isSame else { throw JournalError.operationReused }
  }

  private func names(_ text: String, _ item: ItemID, in view: JournalView) throws -> Bool {
    guard case .item(let reference) = lookup.labels.read(ScannedCode(reported: text)) else {
      return false
    }
    switch reference {
    case .id(let id): return try id == item || view.item(alias: id.text) == item
    case .accession(let accession): return accession == item.accession
    case .barcode(let barcode): return try view.item(alias: barcode.text) == item
    }
  }

  func record(_ text: String, in view: JournalView) throws -> BoxRecord {
    let number = try lookup.box(text)
    guard let record = try view.box(number) else { throw DeskError.noSuchBox(number) }
    return record
  }

  func refuse(_ act: BoxAct, on box: Box) throws {
    if let refusal = box.refusal(of: act, by: library) { throw refusal }
  }

  private func step(_ act: BoxAct, on record: BoxRecord) throws -> BoxStep {
    try refuse(act, on: record.box)
    return record.step
  }
}

// MARK: - Packing and sending

extension BoxDecision {
  /// A box is opened anew once it has been emptied, or has come back from where it was sent.
  private func open(
    _ number: BoxNumber, to destination: LibraryCode, for wished: BoxStage, in view: JournalView
  ) throws -> BoxFact {
    guard destination != library else { throw BoxRefusal.addressedToItself(number) }
    let known = try view.box(number)
    if let known, known.box.state != .received, !known.isOnItsWay {
      throw BoxRefusal.wrongState(number, state: known.box.state, act: "open")
    }
    let step = BoxStep(box: number, seal: known?.box.seal ?? 0)
    let stage = try rotas?.stage(wished, to: destination, in: view)
    return .opened(
      BoxRoute(
        step: step, from: library, to: destination, stage: stage?.reference,
        revision: stage?.revision))
  }

  private func pack(
    _ text: String, into number: BoxNumber, despiteWarnings: Bool, in view: JournalView
  ) throws -> BoxFact {
    let record = try record(number.text, in: view)
    let holding = try lookup.item(text, in: view)
    let box = try self.box(of: record, asFarAs: holding.item, in: view)
    try refuse(.pack(holding.item), on: box)
    guard try view.packedCount(in: record) < Box.mostItems else {
      throw BoxRefusal.full(number, limit: Box.mostItems)
    }
    let warnings = box.warnings(
      packing: holding.item, from: try whereabouts(of: holding, in: view),
      isInSet: try rotas?.isInSet(holding, in: record, in: view) ?? nil)
    guard warnings.isEmpty || despiteWarnings else { throw PackingStopped(warnings: warnings) }
    return .packed(
      ItemMove(
        item: holding.item, from: holding.place, to: .box(number), seen: holding.version))
  }

  /// A box holding one item where it is packed there: each scan would read the whole list else.
  private func box(
    of record: BoxRecord, asFarAs item: ItemID, in view: JournalView
  ) throws -> Box {
    record.box.holding(try view.isPacked(item, in: record) ? [item] : [])
  }

  private func whereabouts(of holding: Holding, in view: JournalView) throws -> Whereabouts {
    switch holding.place {
    case .shelf(let library): return .shelf(library)
    case .patron(let library):
      let card = try holding.loan.flatMap { try view.card(behind: $0.borrower) }
      let patron = try card.flatMap { try view.patron($0) }
      return .onLoan(library, schoolClass: patron?.schoolClass)
    case .box(let box): return .box(box)
    case .missing(let library): return .missing(library)
    case .withdrawn(let library): return .withdrawn(library)
    case .outside: return .unknown
    }
  }

  private func unpack(
    _ text: String, from number: BoxNumber, in view: JournalView
  ) throws -> BoxFact {
    let record = try record(number.text, in: view)
    let holding = try lookup.item(text, in: view)
    let box = try self.box(of: record, asFarAs: holding.item, in: view)
    try refuse(.unpack(holding.item), on: box)
    return .unpacked(
      ItemMove(
        item: holding.item, from: .box(number), to: .shelf(library), seen: holding.version))
  }

  /// The signed manifest of what is in an open box.
  private func slip(of record: BoxRecord, in view: JournalView) throws -> SealedSlip {
    let holdings = try view.packedItems(in: record)
    let box = record.box.holding(holdings.map(\.item))
    try refuse(.seal, on: box)
    guard let sign else { throw DeskError.noSlipKey }
    let lines = try holdings.map { holding in
      ManifestLine(
        item: holding.item, title: try view.record(of: holding)?.title ?? "",
        version: holding.version)
    }
    let manifest = try Manifest(
      box: box.number, seal: box.seal + 1, from: library, to: box.to, stage: record.stage,
      lines: lines)
    let signature = try sign(SignedManifest.signedBytes(of: manifest.encoded))
    return try SealedSlip(SignedManifest(manifest) { _ in signature })
  }

  private func send(_ record: BoxRecord, to text: String?) throws -> BoxFact {
    let destination: LibraryCode
    if record.box.state == .sealed {
      // Where a sealed box goes stands on its slip.
      try refuse(.dispatch, on: record.box)
      destination = record.box.to
    } else {
      guard let text else { throw DeskError.destinationNeeded }
      destination = try lookup.library(text)
      try refuse(.sendOn(to: destination), on: record.box)
    }
    return .sent(
      BoxRoute(step: record.step, from: library, to: destination, stage: record.stage))
  }
}

// MARK: - Receiving

extension BoxDecision {
  /// Notes that a box is here, with its slip where the host has told of it; nothing where that is
  /// known.
  private func arrive(
    _ number: BoxNumber, from text: String?, in view: JournalView
  ) throws -> BoxFact? {
    let known = try view.box(number)
    if let known {
      if known.isBeingReceived { return nil }
      guard known.box.state == .received || known.isOnItsWay else {
        throw BoxRefusal.wrongState(number, state: known.box.state, act: "arrive")
      }
    }
    if let slip = try announcedSlip(of: number, known, in: view) { return .slipRead(slip) }
    let usual = number.library == library ? known?.box.to : number.library
    let from = try text.map { try lookup.library($0) } ?? usual ?? library
    return .arrived(
      BoxRoute(step: BoxStep(box: number, seal: known?.box.seal ?? 0), from: from, to: library))
  }

  /// The slip of a box which has just come, if it came by the host's feed and bears a signature of
  /// the group.
  private func announcedSlip(
    of number: BoxNumber, _ known: BoxRecord?, in view: JournalView
  ) throws -> SealedSlip? {
    guard let verify, let slip = try view.groupSlip(of: number), slip.manifest.to == library,
      slip.manifest.seal > known?.lastSealHandled ?? 0,
      try view.groupBox(number).map({ $0.seal == slip.manifest.seal }) ?? false
    else { return nil }
    let signed = slip.signed
    let verdict = verify(
      slip.manifest.from, SignedManifest.signedBytes(of: signed.encoded), signed.signature)
    return verdict == .valid ? slip : nil
  }

  /// Takes an item out of a box; nothing where it was counted just so before.
  private func receive(
    _ text: String, from record: BoxRecord, _ condition: ItemCondition, in view: JournalView
  ) throws -> BoxFact? {
    guard record.isBeingReceived else {
      throw BoxRefusal.wrongState(record.box.number, state: record.box.state, act: "receive")
    }
    let item = try item(text, from: record, in: view)
    try refuse(.receive([item]), on: record.box)
    let holding = try view.holding(item)
    var from = Place.box(record.box.number)
    if let before = try view.countedItem(item, of: record) {
      if before.condition == condition { return nil }
      from = holding?.place ?? from
    } else if try view.countedCount(of: record) >= ReceivingLimits.countedItems {
      throw BoxRefusal.full(record.box.number, limit: ReceivingLimits.countedItems)
    }
    let said = record.slip?.manifest.versions[item] ?? 0
    return .received(
      BoxFinding(
        step: record.step,
        move: ItemMove(
          item: item, from: from, to: .shelf(library), seen: max(said, holding?.version ?? 0)),
        condition: condition))
  }

  /// The item that a label on a book means: of those that the slip names, or else of those here.
  private func item(
    _ text: String, from record: BoxRecord, in view: JournalView
  ) throws -> ItemID {
    let label = lookup.labels.read(ScannedCode(reported: text))
    guard case .item(let reference) = label else { throw lookup.slip(label, expected: .item) }
    switch reference {
    case .id(let item):
      return try view.holding(item) == nil ? view.item(alias: item.text) ?? item : item
    case .accession(let accession):
      let said = record.slip?.manifest.items.filter { $0.accession == accession } ?? []
      guard said.count <= 1 else { throw DeskError.ambiguousItem(said) }
      return try said.first ?? lookup.item(text, in: view).item
    case .barcode: return try lookup.item(text, in: view).item
    }
  }

  private func receipt(of record: BoxRecord, in view: JournalView) throws -> BoxReceipt {
    guard record.isBeingReceived else {
      throw BoxRefusal.wrongState(record.box.number, state: record.box.state, act: "confirm")
    }
    try refuse(.finishReceiving, on: record.box)
    let reporter = BoxReporter(lookup: lookup, offsetMinutes: 0)
    let difference = try reporter.difference(of: record, in: view)
    let counts = Dictionary(grouping: difference.lines, by: \.heading).mapValues(\.count)
    return BoxReceipt(step: record.step, counts: counts)
  }
}

/// What the receiving of a box allows.
package enum ReceivingLimits {
  /// Items that are counted out of one box, whatever its slip says.
  package static let countedItems = 2 * Box.mostItems
  /// Texts of codes that are taken for one slip.
  package static let slipTexts = 2 * ManifestLimits.parts
}

extension BoxRecord {
  /// The box was sent away from here, and nothing has been heard of it since.
  var isOnItsWay: Bool { !isInbound && box.state == .dispatched }
}
