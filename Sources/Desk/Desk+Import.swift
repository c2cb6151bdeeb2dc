package import Circulation
package import Journal
import Labels
package import Lists
import Ledger

/// A row that changes what the station has: a card's patron, or a copy's title.
///
/// It holds names and is for the librarian's eyes; it belongs in no log.
package struct ImportChange: Hashable, Sendable {
  /// What the station has or would have.
  package struct State: Hashable, Sendable {
    /// A person's name or a title.
    package let name: String
    package let patronKind: PatronKind?
    package let schoolClass: SchoolClass?
    /// Of a title: what it is about.
    package var subjects = Subjects.none
  }

  package let line: Int
  /// The number of the card or of the copy.
  package let number: String
  /// `nil` for a copy whose title was not known.
  package let before: State?
  package let after: State

  /// Another name on a known card: somebody else's card, or one that has slipped by a row.
  package var isRenaming: Bool { before.map { $0.name != after.name } ?? false }
}

/// What an import would do or has done, row by row where something is wrong.
package struct ImportReport: Sendable {
  package let kind: ListKind
  /// Each heading with what it was taken for; `nil` was passed over.
  package let columns: [(heading: String, column: ListColumn?)]
  package let rowCount: Int
  package fileprivate(set) var newCount = 0
  package var changedCount: Int { allChanges.count }
  package fileprivate(set) var unchangedCount = 0
  /// Rows that give a known card another name.
  package var renamedCount: Int { allChanges.count { $0.isRenaming } }
  /// What would change, ``ListLimits/shownChanges`` rows at most: first what gives a card another
  /// name, then in order of the rows.
  package var changes: [ImportChange] {
    let ordered = allChanges.filter(\.isRenaming) + allChanges.filter { !$0.isRenaming }
    return Array(ordered.prefix(ListLimits.shownChanges))
  }
  fileprivate var allChanges: [ImportChange] = []
  /// In order of the rows.
  package fileprivate(set) var problems: [RowProblem] = []
  /// The first rows as they were read.
  package let preview: [ListRow]
  /// The rows are in the store now.
  package fileprivate(set) var isImported = false

  /// Rows that a preview shows.
  package static let previewRows = 8

  fileprivate init(_ table: ListTable) {
    kind = table.kind
    columns = zip(table.headings, table.columns).map { ($0, $1) }
    rowCount = table.rows.count
    preview = Array(table.rows.prefix(Self.previewRows))
  }

  package var refusedRowCount: Int { Set(problems.map(\.line)).count }
}

extension Desk {
  /// Says what an import would do; changes nothing.
  package func previewImport(_ bytes: [UInt8]) async throws -> ImportReport {
    let planner = ImportPlanner(
      table: try ListTable(bytes), library: library, labels: settings.labels)
    return try await journal.read { try planner.plan(in: $0).report }
  }

  /// Imports a class list or a register: all rows in one transaction, or none.
  ///
  /// While a row has a problem nothing is imported, unless `skippingRefused` leaves such rows out.
  /// Doing it again changes nothing.
  package func importList(
    _ bytes: [UInt8], skippingRefused: Bool, as operation: NamedOperation
  ) async throws -> ImportReport {
    let planner = ImportPlanner(
      table: try ListTable(bytes), library: library, labels: settings.labels)
    let preview = try await previewImport(bytes)
    guard skippingRefused || preview.problems.isEmpty else { return preview }
    let report = ReportBox(preview)
    return try await journal.recordAll(operation) { transaction in
      let plan = try planner.plan(in: transaction.view)
      guard skippingRefused || plan.report.problems.isEmpty else {
        report.value = plan.report
        return []
      }
      for patron in plan.patrons { try transaction.register(patron) }
      report.value = plan.report
      report.value.isImported = true
      return plan.facts
    } telling: { _, _ in
      report.value
    }
  }
}

extension ImportChange.State {
  fileprivate init(name: String, patron: Patron? = nil) {
    self.name = name
    patronKind = patron?.kind
    schoolClass = patron?.schoolClass
  }
}

/// Carries a report out of a transaction, which runs once and before it is read.
private final class ReportBox: @unchecked Sendable {
  var value: ImportReport

  init(_ value: ImportReport) {
    self.value = value
  }
}

/// What an import puts into the store.
private struct ImportPlan {
  var report: ImportReport
  var patrons: [PatronRegistration] = []
  var facts: [Fact] = []
}

/// Holds a list's rows against what the station has.
private struct ImportPlanner: Sendable {
  let table: ListTable
  let library: LibraryCode
  let labels: LabelReader

  func plan(in view: JournalView) throws -> ImportPlan {
    var plan = ImportPlan(report: ImportReport(table))
    switch table.kind {
    case .patrons: try planPatrons(&plan, in: view)
    case .items: try planItems(&plan, in: view)
    }
    plan.report.problems.sort { $0.line < $1.line }
    return plan
  }

  private func problem(
    _ line: Int, _ column: ListColumn, _ text: String, _ reason: RowProblem.Reason
  ) -> RowProblem {
    RowProblem(line: line, place: table.place(of: column), text: text, reason: reason)
  }
}

// MARK: - Patrons

/// Somebody as a class list names one, without a card.
private struct Namesake: Hashable {
  let name: String
  let schoolClass: SchoolClass?
}

extension ImportPlanner {
  private func planPatrons(_ plan: inout ImportPlan, in view: JournalView) throws {
    let everybody = try view.everybody()
    let known = Dictionary(uniqueKeysWithValues: everybody.map { ($0.patron.card, $0) })
    let lines = patronLines(&plan)
    let given = Set(lines.compactMap(\.card))
    // Namesakes of a class are met in order, so that a list without cards may come again.
    var namesakes = Dictionary(
      grouping: everybody.filter { !given.contains($0.patron.card) },
      by: { Namesake(name: $0.name, schoolClass: $0.patron.schoolClass) })
    var serial = try max(
      view.highestCardSerial(of: library),
      given.compactMap { Self.serial(of: $0, at: library) }.max() ?? 0)
    for line in lines {
      let key = Namesake(name: line.name, schoolClass: line.schoolClass)
      if let card = line.card {
        guard try !view.isReplacement(card) else {
          plan.report.problems.append(problem(line.line, .card, card.text, .inUse))
          continue
        }
        add(line, with: card, to: &plan, known: known[card])
      } else if let namesake = namesakes[key]?.first {
        namesakes[key]?.removeFirst()
        add(line, with: namesake.patron.card, to: &plan, known: namesake)
      } else {
        serial += 1
        guard let card = try? CardNumber(library: library, serial: serial) else {
          plan.report.problems.append(problem(line.line, .card, "", .noCardLeft))
          continue
        }
        add(line, with: card, to: &plan, known: nil)
      }
    }
  }

  /// The rows that can be used; the same card twice is a problem of both rows.
  private func patronLines(_ plan: inout ImportPlan) -> [PatronLine] {
    var lines: [PatronLine] = []
    var firstLine: [CardNumber: Int] = [:]
    var secondLine: [CardNumber: Int] = [:]
    for row in table.rows {
      do throws(RowProblem) {
        let line = try PatronLine(row, of: table)
        if let card = line.card, let first = firstLine[card] {
          secondLine[card] = secondLine[card] ?? line.line
          throw problem(line.line, .card, card.text, .duplicate(line: first))
        }
        if let card = line.card { firstLine[card] = line.line }
        lines.append(line)
      } catch {
        plan.report.problems.append(error)
      }
    }
    for (card, second) in secondLine {
      guard let first = firstLine[card] else { continue }
      plan.report.problems.append(problem(first, .card, card.text, .duplicate(line: second)))
    }
    return lines.filter { line in line.card.map { secondLine[$0] == nil } ?? true }
  }

  private func add(
    _ line: PatronLine, with card: CardNumber, to plan: inout ImportPlan, known: NamedPatron?
  ) {
    let patron = Patron(card: card, kind: line.kind, schoolClass: line.schoolClass)
    if known?.patron == patron, known?.name == line.name {
      plan.report.unchangedCount += 1
      return
    }
    if let known {
      plan.report.allChanges.append(
        ImportChange(
          line: line.line, number: card.text,
          before: ImportChange.State(name: known.name, patron: known.patron),
          after: ImportChange.State(name: line.name, patron: patron)))
    } else {
      plan.report.newCount += 1
    }
    plan.patrons.append(PatronRegistration(patron: patron, name: line.name))
  }

  private static func serial(of card: CardNumber, at library: LibraryCode) -> Int? {
    guard card.library == library else { return nil }
    return card.text.split(separator: ".").last.flatMap { Int($0) }
  }
}

// MARK: - Items

extension ImportPlanner {
  private func planItems(_ plan: inout ImportPlan, in view: JournalView) throws {
    var records = TitleRegister(try view.allRecords(), library: library)
    var firstLine: [ItemID: Int] = [:]
    for row in table.rows {
      let line: ItemLine
      do throws(RowProblem) {
        line = try ItemLine(row, of: table, at: library, labels: labels)
      } catch {
        plan.report.problems.append(error)
        continue
      }
      if let first = firstLine[line.item] {
        plan.report.problems.append(
          problem(line.line, .accession, line.item.text, .duplicate(line: first)))
        continue
      }
      firstLine[line.item] = line.line
      try planItem(line, &plan, &records, in: view)
    }
  }

  private func planItem(
    _ line: ItemLine, _ plan: inout ImportPlan, _ records: inout TitleRegister,
    in view: JournalView
  ) throws {
    let known = try view.holding(line.item)
    let isStranger = known?.record == .unknownTitle
    if let known, !isStranger {
      guard records.id(of: line.title) == known.record else {
        plan.report.problems.append(problem(line.line, .accession, line.item.text, .inUse))
        return
      }
      describe(line, &plan, &records)
      return
    }
    guard try view.item(alias: line.item.text) == nil else {
      plan.report.problems.append(problem(line.line, .accession, line.item.text, .inUse))
      return
    }
    guard let (record, isTold) = records.register(line.title, about: line.subjects) else {
      plan.report.problems.append(problem(line.line, .title, line.title.title, .noCardLeft))
      return
    }
    if isTold { plan.facts.append(.recordDescribed(record)) }
    plan.facts.append(
      .itemRegistered(ItemRegistration(item: line.item, record: record.id, library: library)))
    if isStranger {
      plan.report.allChanges.append(
        ImportChange(
          line: line.line, number: line.item.text, before: nil,
          after: ImportChange.State(name: line.title.title)))
    } else {
      plan.report.newCount += 1
    }
  }

  /// Adds the subjects that a row names to the title of a copy which is registered already.
  private func describe(
    _ line: ItemLine, _ plan: inout ImportPlan, _ records: inout TitleRegister
  ) {
    let before = records.subjects(of: line.title)
    guard let (record, isTold) = records.register(line.title, about: line.subjects), isTold else {
      plan.report.unchangedCount += 1
      return
    }
    plan.facts.append(.recordDescribed(record))
    var states = (
      before: ImportChange.State(name: record.title), after: ImportChange.State(name: record.title)
    )
    (states.before.subjects, states.after.subjects) = (before, record.subjects)
    plan.report.allChanges.append(
      ImportChange(
        line: line.line, number: line.item.text, before: states.before, after: states.after))
  }
}

/// The titles of a station, to which an import adds its own.
private struct TitleRegister {
  private var ids: [ItemLine.Title: RecordID]
  private var subjects: [RecordID: Subjects]
  private let library: LibraryCode
  private var serial: Int

  init(_ records: [BibliographicRecord], library: LibraryCode) {
    ids = Dictionary(
      records.map { (ItemLine.Title($0), $0.id) }, uniquingKeysWith: { one, _ in one })
    subjects = Dictionary(
      records.map { ($0.id, $0.subjects) }, uniquingKeysWith: { one, _ in one })
    self.library = library
    let prefix = library.text + "."
    serial =
      records.compactMap { record in
        record.id.text.hasPrefix(prefix) ? Int(record.id.text.dropFirst(prefix.count)) : nil
      }.max() ?? 0
  }

  func id(of title: ItemLine.Title) -> RecordID? {
    ids[title]
  }

  func subjects(of title: ItemLine.Title) -> Subjects {
    ids[title].flatMap { subjects[$0] } ?? .none
  }

  /// The title's record, and whether it has to be told: it is a new one, or has more subjects now.
  ///
  /// Subjects that a list doesn't name stay, so that a list without them takes none away.
  mutating func register(
    _ title: ItemLine.Title, about more: Subjects
  ) -> (record: BibliographicRecord, isTold: Bool)? {
    if let id = ids[title] {
      let known = subjects[id] ?? .none
      let all = known.adding(more)
      subjects[id] = all
      return (title.record(id, about: all), all != known)
    }
    serial += 1
    let digits = String("\(1_000_000 + serial)".dropFirst())
    guard let id = RecordID("\(library).\(digits)") else { return nil }
    ids[title] = id
    subjects[id] = more
    return (title.record(id, about: more), true)
  }
}

extension ItemLine.Title {
  fileprivate init(_ record: BibliographicRecord) {
    self.init(
      title: record.title, author: record.author, publisher: record.publisher, year: record.year,
      kind: record.kind, grade: record.grade, isOnSiteOnly: record.isOnSiteOnly,
      isbn: record.isbn)
  }

  fileprivate func record(_ id: RecordID, about subjects: Subjects) -> BibliographicRecord {
    BibliographicRecord(
      id: id, title: title, author: author, publisher: publisher, year: year, kind: kind,
      grade: grade, isOnSiteOnly: isOnSiteOnly, isbn: isbn, subjects: subjects)
  }
}
