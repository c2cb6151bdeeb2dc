/// One row of the table that `make bench` prints.
struct Figure {
  /// What is measured.
  let what: String
  /// The most that it may be, in `unit`; infinite where there is no goal.
  let goal: Double
  let measured: Double
  /// `×` for a ratio of two medians of one run; else a unit such as `ms`.
  let unit: String
  /// The figures behind it, for the person who wonders.
  let note: String

  var isWithinGoal: Bool { measured <= goal }
}

extension Figure {
  /// A Markdown table of figures.
  static func table(of figures: [Figure]) -> String {
    let head = ["| what | goal | measured | |", "|---|---|---|---|"]
    return (head + figures.map(\.row)).joined(separator: "\n")
  }

  private var row: String {
    let verdict = isWithinGoal ? note : "**over the goal**; \(note)"
    let most = goal.isFinite ? "≤ \(text(goal))" : "none"
    return "| \(what) | \(most) | \(text(measured)) | \(verdict) |"
  }

  private func text(_ value: Double) -> String {
    let rounded = (value * 1_000).rounded() / 1_000
    return unit == "×" ? "\(rounded) ×" : "\(rounded) \(unit)"
  }
}
