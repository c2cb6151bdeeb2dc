import Circulation
import Desk
import Labels
import Ledger
import Rotation

/// What came of a simulated term: an article of the documentation, and what went wrong.
package struct SimulationReport {
  /// Nothing here means that every book was found under the heading that it belongs under.
  package internal(set) var problems: [String] = []
  var days = 0
  var sent = 0
  var sentHome = 0
  var fallenOut: Set<ItemID> = []
  var exceptions: Set<ItemID> = []
  var conflicts = 0
  private var sums: [String] = []
  private var headings: [String] = []
  private var hashes: [String] = []
  private var stages: [String] = []
  /// The report as an article of the documentation, the same in every run.
  package private(set) var text = ""

  /// Notes what a school has closed.
  mutating func add(_ report: TermReport, of school: SimulatedSchool, at number: Int) {
    let statement = report.statement
    for row in statement.rows {
      let numbers = row.numbers.map(String.init).joined(separator: " | ")
      sums.append("| \(school.library) | \(row.kind.rawValue) | \(row.home) | \(numbers) |")
    }
    for heading in Heading.allCases {
      guard let count = statement.headings[heading] else { continue }
      headings.append("| \(school.library) | \(heading.words(in: .english)) | \(count) |")
    }
    let open = statement.open.count
    hashes.append(
      "| \(school.library) | \(open) | `\(String(statement.hash.description.prefix(16)))…` |")
  }

  /// Notes what the minutes of a stage say.
  mutating func add(_ copy: StageHandoverCopy, agreed: Int) {
    let items = copy.boxes.map(\.lines.count).reduce(0, +)
    stages.append(
      "| \(copy.stage) | \(copy.way.from) | \(copy.way.to) | \(copy.boxes.count) | \(items) "
        + "| \(agreed) |")
  }

  private var outcome: String {
    problems.isEmpty
      ? "Every item stands under the heading under which the simulation knows that it belongs."
      : problems.map { "- \($0)" }.joined(separator: "\n")
  }

  /// Writes the report.
  mutating func finish(_ schools: [SimulatedSchool], _ scale: SimulatedTerm.Scale) {
    let items = scale.items.reduce(0, +)
    let loans = schools.map(\.loanCount).reduce(0, +)
    text = """
      # A simulated term

      Two schools over one term, day by day, added up to the last item.

      ## Overview

      `make simulate` lives through the first term of 2026–2027 with two real stations and a
      real host, and writes this page.
      \(scale.pupils.reduce(0, +)) pupils, \(items) items, \(days) school days, \(loans) loans.
      \(sent) items went to the other school in boxes with slips, and at the end of the term
      \(sentHome) went home in the same boxes. One book in a hundred was put on a wrong shelf or
      carried off without a word; \(fallenOut.count) fell out of their boxes on the way.
      The power failed \(schools.map(\.powerCuts).reduce(0, +)) times in the middle of lending: the
      process was killed, the station went on from its files as they lay, with half a write at the
      end of the log, and every act that it had answered was there. One school had no network for
      a week; \(schools.map(\.batches).reduce(0, +)) batches came to the host in all, with
      \(conflicts) conflicts.

      \(outcome)

      ### The sum

      | library | kind | home | opening | received | registered | found | sent | withdrawn | lost \
      | expected | counted |
      |---|---|---|---|---|---|---|---|---|---|---|---|
      \(sums.joined(separator: "\n"))

      ### Each item under one heading

      | library | heading | items |
      |---|---|---|
      \(headings.joined(separator: "\n"))

      What was sent is not known until the other school has signed. Each signed the other's \
      statement,
      and named the \(exceptions.count) items that it had not received.

      ### Minutes of each stage

      | stage | from | to | boxes | items handed over | items received |
      |---|---|---|---|---|---|
      \(stages.joined(separator: "\n"))

      ### What was closed

      | library | open differences | SHA-256 of the statement |
      |---|---|---|
      \(hashes.joined(separator: "\n"))

      """
  }
}
