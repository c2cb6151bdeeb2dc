package import Circulation
import Journal

/// What a change of the settings would do, told before it is done.
package struct SettingsPreview: Hashable, Sendable {
  /// A field with another value; `nil` where it is not there.
  package struct Change: Hashable, Sendable {
    package let field: String
    package let before: String?
    package let after: String?
  }

  /// In order of field.
  package let changes: [Change]
  /// Open loans: they keep the due days that they were given.
  package let openLoanCount: Int
  /// Days on which open loans are due and the library would be closed, with their number.
  package let closedDueDays: [(day: SchoolDay, loans: Int)]

  package static func == (left: Self, right: Self) -> Bool {
    left.changes == right.changes && left.openLoanCount == right.openLoanCount
      && left.closedDueDays.elementsEqual(right.closedDueDays, by: ==)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(changes)
    hasher.combine(openLoanCount)
  }
}

extension Desk {
  /// Compares settings with those that hold; changes nothing.
  package func preview(_ new: DeskSettings) async throws -> SettingsPreview {
    let before = SettingsDocument(settings).fields
    let after = SettingsDocument(new).fields
    let changes = Set(before.keys).union(after.keys).sorted()
      .filter { before[$0] != after[$0] }
      .map { SettingsPreview.Change(field: $0, before: before[$0], after: after[$0]) }
    let dueDays = try await journal.read { try $0.dueDays() }
    let closed = dueDays.filter { !new.calendar(on: $0.key).isOpen($0.key) }
    return SettingsPreview(
      changes: changes, openLoanCount: dueDays.values.reduce(0, +),
      closedDueDays: closed.sorted { $0.key < $1.key }.map { (day: $0.key, loans: $0.value) })
  }
}

extension SettingsDocument {
  /// Every field by its path, as text.
  var fields: [String: String] {
    rules.fields.merging([
      "offsetMinutes": "\(offsetMinutes)",
      "labels.accessionGrammar": labels.accessionGrammar,
      "labels.code39HasCheckCharacter": "\(labels.code39HasCheckCharacter)",
    ]) { $1 }
  }
}
