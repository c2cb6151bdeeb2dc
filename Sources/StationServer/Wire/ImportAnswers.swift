import Circulation
import Desk
import Journal
import Lists
import Serving

/// The bodies about imports and promotion that the API answers with.
extension Answer {
  struct ImportColumn: Encodable, Sendable {
    let heading: String
    /// What it was taken for; nothing where it is passed over.
    let column: String?
  }

  struct ImportProblem: Encodable, Sendable {
    let line: Int
    let column: Words
    let text: String
    let problem: String
    let words: Words
  }

  /// A patron or a title, before or after an import.
  struct ImportState: Encodable, Sendable {
    let name: String
    let kind: String?
    let schoolClass: String?
    /// Of a title: what it is about, where it is told.
    let subjects: String?
  }

  struct ImportChange: Encodable, Sendable {
    let line: Int
    let number: String
    /// Nothing for a copy whose title was not known.
    let before: ImportState?
    let after: ImportState
  }

  struct ImportRow: Encodable, Sendable {
    let line: Int
    let fields: [String]
  }

  struct Import: Encodable, Sendable {
    let kind: String
    let imported: Bool
    let rows: Int
    let new: Int
    let changed: Int
    let renamed: Int
    let unchanged: Int
    let refused: Int
    let columns: [ImportColumn]
    /// The first ones; those that give a card another name come first.
    let changes: [ImportChange]
    /// The first ones.
    let problems: [ImportProblem]
    let preview: [ImportRow]
  }

  struct PromotionStep: Encodable, Sendable {
    let from: String
    /// Nothing where the pupils leave the school.
    let to: String?
    let pupils: Int
    let withLoans: Int
  }

  struct Promotion: Encodable, Sendable {
    let steps: [PromotionStep]
    let done: Bool
  }
}

extension Answer.Import {
  init(_ report: ImportReport) {
    kind = report.kind.rawValue
    imported = report.isImported
    rows = report.rowCount
    new = report.newCount
    changed = report.changedCount
    renamed = report.renamedCount
    unchanged = report.unchangedCount
    refused = report.refusedRowCount
    columns = report.columns.map {
      Answer.ImportColumn(heading: $0.heading, column: $0.column?.rawValue)
    }
    changes = report.changes.map { Answer.ImportChange($0) }
    problems = report.problems.prefix(StationLimits.importProblems).map { problem in
      Answer.ImportProblem(
        line: problem.line, column: Words { problem.place.words(in: $0) },
        text: problem.excerpt, problem: problem.name,
        words: Words { problem.words(in: $0) })
    }
    preview = report.preview.map { Answer.ImportRow(line: $0.line, fields: $0.fields) }
  }
}

extension Answer.ImportChange {
  init(_ change: ImportChange) {
    line = change.line
    number = change.number
    before = change.before.map { Answer.ImportState($0) }
    after = Answer.ImportState(change.after)
  }
}

extension Answer.ImportState {
  init(_ state: ImportChange.State) {
    name = state.name
    kind = state.patronKind?.rawValue
    schoolClass = state.schoolClass?.text
    subjects = state.subjects.isEmpty ? nil : state.subjects.list
  }
}

extension Answer.Promotion {
  init(_ steps: [PromotionStep], done: Bool) {
    self.steps = steps.map {
      Answer.PromotionStep(
        from: $0.from.schoolClass.text, to: $0.to?.text, pupils: $0.from.pupils,
        withLoans: $0.from.withLoans)
    }
    self.done = done
  }
}
