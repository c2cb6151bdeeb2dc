package import Circulation
package import Journal

/// Where the pupils of a class go at the end of the year.
package struct PromotionStep: Hashable, Sendable {
  package let from: ClassCount
  /// `nil` where they leave the school.
  package let to: SchoolClass?
}

extension Desk {
  private static let promotedOn = "promoted-on"
  /// Days that lie between two promotions at least, so that a second press moves nobody twice.
  private static let shortestYearDays = 180

  /// Where each class would go; changes nothing.
  package func promotion() async throws -> [PromotionStep] {
    try await journal.read { view in try Self.steps(in: view) }
  }

  /// Moves all classes up a year; pupils of the last grade leave their class, and keep their cards
  /// and loans.
  ///
  /// - Throws: `DeskError.promotedRecently` where that was done this year already.
  package func promote(as operation: NamedOperation) async throws -> [PromotionStep] {
    let today = today
    let steps = try await promotion()
    return try await journal.recordAll(operation) { transaction in
      let view = transaction.view
      if let number = try view.setting(Self.promotedOn).flatMap({ Int($0) }),
        today.number - number < Self.shortestYearDays
      {
        throw DeskError.promotedRecently(on: SchoolDay(number: number))
      }
      try transaction.promote(
        try Self.steps(in: view).map { (from: $0.from.schoolClass, to: $0.to) })
      try transaction.set(Self.promotedOn, to: "\(today.number)")
      return []
    } telling: { _, _ in
      steps
    }
  }

  private static func steps(in view: JournalView) throws -> [PromotionStep] {
    try view.classCounts().map { PromotionStep(from: $0, to: $0.schoolClass.promoted()) }
  }
}
