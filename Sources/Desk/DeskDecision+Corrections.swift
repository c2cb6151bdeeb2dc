import Circulation
import Journal
import Labels
import Ledger

/// Acts that put something right: taken back, noted, found, labelled anew.
extension DeskDecision {
  func correction(for request: DeskRequest, in transaction: JournalTransaction) throws -> Fact {
    let view = transaction.view
    switch request {
    case .undo(let operation): return .undone(try undo(operation, in: view))
    case .note(let item, let condition, let text):
      let holding = try lookup.item(item, in: view)
      return try note(on: holding, condition, text, in: transaction)
    case .registerFound(let item, let homeLibrary):
      let found = try unknownItem(item, of: homeLibrary, in: view)
      return .discovered(Discovery(item: found, library: library))
    case .replaceLabel(let item, let label):
      let holding = try lookup.item(item, in: view)
      return .labelReplaced(.item(holding.item, label: try newLabel(label, of: holding, in: view)))
    case .replaceCard(let card, let newCard):
      return try replace(card, with: newCard, in: transaction)
    default: throw Refusal.notUndoable
    }
  }

  /// Says whether a request asks for what a correcting fact records.
  func isSameCorrection(
    _ request: DeskRequest, _ fact: Fact, in view: JournalView
  ) throws -> Bool {
    switch (request, fact) {
    case (.undo(let operation), .undone(let undo)): operation == undo.operation
    case (.note(let item, let condition, _), .noted(let note)):
      try condition == note.condition && names(item, note.item, in: view)
    case (.registerFound(let item, _), .discovered(let discovery)):
      try names(item, discovery.item, in: view)
    case (.replaceLabel(let item, let label), .labelReplaced(.item(let owner, _))):
      try names(item, owner, in: view) && names(label, owner, in: view)
    case (.replaceCard(let card, let newCard), .labelReplaced(.card(let owner))):
      try lookup.patron(card, in: view) == lookup.patron(newCard, in: view)
        && lookup.patron(card, in: view).card == view.card(behind: owner)
    default: false
    }
  }
}

// MARK: - Taking back

extension DeskDecision {
  private func undo(_ operation: OperationID, in view: JournalView) throws -> Undo {
    guard let event = try view.event(of: operation) else { throw Refusal.nothingToUndo }
    guard try !view.isUndone(operation) else { throw Refusal.alreadyUndone }
    switch event.fact {
    case .onSiteReading(let reading):
      return Undo(operation: operation, subject: .reading(reading))
    case .checkout, .checkin, .renewal, .lost, .found, .box(.packed), .box(.unpacked),
      .box(.received):
      guard let item = event.fact.move?.item, let holding = try view.holding(item) else {
        throw Refusal.nothingToUndo
      }
      return try undo(event, on: holding, in: view)
    case .recordDescribed, .itemRegistered, .discovered, .noted, .labelReplaced, .stockTaken,
      .undone, .box, .term, .link, .unrecognised:
      throw Refusal.notUndoable
    }
  }

  /// Refuses an act that is no longer the last one on its item.
  private func undo(_ event: Event, on holding: Holding, in view: JournalView) throws -> Undo {
    guard let last = try view.lastAct(on: holding), last.epoch == event.epoch,
      last.sequence == event.sequence
    else { throw Refusal.movedSince(holding.item) }
    return Undo(
      operation: event.operation,
      subject: .item(move(holding, to: last.before.place), loan: last.before.loan))
  }
}

// MARK: - Noting and finding

extension DeskDecision {
  private func note(
    on holding: Holding, _ condition: NotedCondition?, _ text: String?,
    in transaction: JournalTransaction
  ) throws -> Fact {
    let words = text.map(VietnameseText.composed).flatMap { words in
      words.contains { !$0.isWhitespace } ? words : nil
    }
    guard condition != nil || words != nil else { throw DeskError.emptyNote }
    if let words {
      guard words.utf8.count <= JournalTransaction.longestNote else {
        throw DeskError.noteTooLong(limit: JournalTransaction.longestNote)
      }
      try transaction.keepNote(words, on: holding.item, atMilliseconds: unixMilliseconds)
    }
    return .noted(ItemNote(item: holding.item, condition: condition))
  }

  /// The identifier of an item that this station doesn't know yet.
  private func unknownItem(
    _ text: String, of homeLibrary: String?, in view: JournalView
  ) throws -> ItemID {
    let item = try identifier(text, of: homeLibrary ?? library.text)
    if let known = try view.holding(item) ?? view.item(alias: item.text).flatMap(view.holding) {
      throw Refusal.alreadyRegistered(known.item)
    }
    return item
  }

  /// The identifier that a label gives, or that an accession number has in a library's register.
  private func identifier(_ text: String, of libraryText: String) throws -> ItemID {
    let label = lookup.labels.read(ScannedCode(reported: text))
    switch label {
    case .item(.id(let item)): return item
    case .item(.accession(let accession)):
      guard let home = try? LibraryCode(libraryText) else {
        throw DeskError.badLibrary(libraryText)
      }
      return ItemID(library: home, accession: accession)
    case .item(.barcode): throw DeskError.numberNeeded
    default: throw lookup.slip(label, expected: .item)
    }
  }
}

// MARK: - Labels and cards

extension DeskDecision {
  /// The text under which a new label is kept; a bare number is one of the item's own library.
  private func newLabel(
    _ text: String, of holding: Holding, in view: JournalView
  ) throws -> String {
    let label: String
    if case .item(.barcode(let barcode)) = lookup.labels.read(ScannedCode(reported: text)) {
      label = barcode.text
    } else {
      label = try identifier(text, of: holding.item.library.text).text
    }
    guard try !view.isInUse(label) else { throw Refusal.labelInUse(label) }
    return label
  }

  private func replace(
    _ card: String, with newCard: String, in transaction: JournalTransaction
  ) throws -> Fact {
    let view = transaction.view
    let patron = try lookup.patron(card, in: view)
    let label = lookup.labels.read(ScannedCode(reported: newCard))
    guard case .card(let number) = label else { throw lookup.slip(label, expected: .card) }
    guard try !view.isInUse(number.text) else { throw Refusal.labelInUse(number.text) }
    try transaction.addCard(number, of: patron.card)
    return .labelReplaced(
      .card(try transaction.commitment(of: patron.card, in: SchoolYear(containing: today))))
  }
}
