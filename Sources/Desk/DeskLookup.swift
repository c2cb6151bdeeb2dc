import Circulation
import Journal
import Labels
import Ledger

/// Finds what labels stand for in one consistent state of the journal.
struct DeskLookup: Sendable {
  let labels: LabelReader
  let policy: LoanPolicy
  let today: SchoolDay

  func recognise(_ label: Label, in view: JournalView) throws -> Recognition {
    switch label {
    case .card(let card):
      return try patron(card, in: view).map { .patron($0) } ?? .stranger(label)
    case .item(let reference):
      let found = try holdings(reference, in: view).map { try summary(of: $0, in: view) }
      switch found.count {
      case 0: return try stranger(label, reference, in: view)
      case 1: return .item(found[0])
      default: return .choice(found)
      }
    case .isbn(let isbn):
      guard let record = try view.records(isbn: isbn).first else { return .stranger(label) }
      let copies = try view.holdings(of: record.id).map { try summary(of: $0, in: view) }
      return .title(record, copies: copies)
    case .box(let box): return .box(box)
    case .command(let command): return .command(command)
    case .unknown(let text, let reason): return .unreadable(text: text, reason)
    }
  }

  /// The one item that a text stands for.
  ///
  /// - Throws: `DeskError` where it is no item's label or stands for several,
  ///   `Refusal.unknownItem` where it stands for none.
  func item(_ text: String, in view: JournalView) throws -> Holding {
    let label = labels.read(ScannedCode(reported: text))
    guard case .item(let reference) = label else {
      throw slip(label, expected: .item)
    }
    let found = try holdings(reference, in: view)
    guard let first = found.first else { throw Refusal.unknownItem(reference.text) }
    guard found.count == 1 else { throw DeskError.ambiguousItem(found.map(\.item)) }
    return first
  }

  /// The patron whose card a text is.
  func patron(_ text: String, in view: JournalView) throws -> Patron {
    let label = labels.read(ScannedCode(reported: text))
    guard case .card(let card) = label else { throw slip(label, expected: .card) }
    guard let patron = try view.patron(card) else { throw Refusal.unknownCard }
    return patron
  }

  /// The item's title; of one that nobody has told of, the kind that its register usually holds.
  func record(of holding: Holding, in view: JournalView) throws -> BibliographicRecord {
    try view.record(of: holding)
      ?? BibliographicRecord(
        id: holding.record, title: holding.record.text, kind: MaterialKind(usualFor: holding.item))
  }

  func summary(of holding: Holding, in view: JournalView) throws -> ItemSummary {
    let record = try view.record(of: holding)
    return ItemSummary(
      item: holding.item, title: record?.title ?? holding.record.text, author: record?.author,
      kind: record?.kind ?? MaterialKind(usualFor: holding.item),
      isOnSiteOnly: record?.isOnSiteOnly ?? false, place: holding.place, due: holding.loan?.due,
      isOverdue: holding.loan.map { $0.due < today } ?? false,
      renewals: holding.loan?.renewals ?? 0,
      condition: try view.condition(of: holding.item))
  }

  /// A label of nothing here: perhaps of other libraries' copies, which the host has told of.
  private func stranger(
    _ label: Label, _ reference: ItemReference, in view: JournalView
  ) throws -> Recognition {
    let told: [FeedItem] =
      switch reference {
      case .id(let item): [try view.groupItem(item)].compactMap(\.self)
      case .accession(let accession): try view.groupItems(accession: accession)
      case .barcode: []
      }
    guard !told.isEmpty else { return .stranger(label) }
    return .elsewhere(
      try told.prefix(Self.mostElsewhere).map { try summary(of: $0, in: view) }, label: label)
  }

  /// Copies of other libraries that one label is shown for.
  private static let mostElsewhere = 20

  /// Another library's copy as a screen shows it.
  func summary(of item: FeedItem, in view: JournalView) throws -> ItemSummary {
    let record = try view.groupRecord(item.record, of: item.item.library)
    return ItemSummary(
      item: item.item, title: record?.title ?? item.item.text, author: record?.author,
      kind: record?.kind ?? MaterialKind(usualFor: item.item),
      isOnSiteOnly: record?.isOnSiteOnly ?? false, place: item.place, due: nil,
      isOverdue: false, renewals: 0, condition: nil)
  }

  func patron(_ card: CardNumber, in view: JournalView) throws -> PatronSummary? {
    guard let patron = try view.patron(card) else { return nil }
    let loans = try view.loans(of: patron.card).compactMap { loan in
      try view.holding(loan.item).map { try summary(of: $0, in: view) }
    }
    return PatronSummary(
      patron: patron, name: try view.name(of: patron.card) ?? "", loans: loans,
      itemLimit: policy.policy(for: patron.kind).itemLimit)
  }

  private func holdings(
    _ reference: ItemReference, in view: JournalView
  ) throws -> [Holding] {
    switch reference {
    case .id(let item):
      let owner = try view.holding(item) == nil ? try view.item(alias: item.text) : item
      return [try owner.flatMap { try view.holding($0) }].compactMap(\.self)
    case .accession(let accession):
      let found = try view.holdings(accession: accession)
      let relabelled = try view.items(aliasAccession: accession).compactMap { try view.holding($0) }
      return found + relabelled.filter { !found.contains($0) }
    case .barcode(let barcode):
      let item = try view.item(alias: barcode.text)
      return [try item.flatMap { try view.holding($0) }].compactMap(\.self)
    }
  }

  func slip(_ label: Label, expected: DeskError.LabelKind) -> DeskError {
    if case .unknown(_, let reason) = label { return .unreadableLabel(reason) }
    return .wrongLabel(expected: expected, found: label.kind)
  }
}
