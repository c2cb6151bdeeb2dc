import ArgumentParser
import Desk
import Foundation
import Journal
import Ledger
import StationServer

/// `lienthong term`: the end of a term, beside its page.
struct TermCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "term",
    abstract: "Add a term up, close it, and have both schools sign it (đối chiếu cuối kỳ).",
    discussion: """
      A term is closed once, after a stock-taking that went over all shelves. The closed term's \
      statement travels to the other school as a file: it signs the file with lienthong term sign, \
      and the same command takes the signed file home.
      """,
    subcommands: [
      TermSumCommand.self, TermCloseCommand.self, TermStatementCommand.self, TermSignCommand.self,
    ])
}

/// `lienthong term sum`: prints every item with its heading.
struct TermSumCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sum",
    abstract: "Print every item of a term with its heading and its events, as CSV.",
    discussion: """
      Each item stands in one line, under the one heading that it has. May be run while the \
      station serves.

      Example:
        lienthong term sum --data /var/lib/lienthong 2026-2027/1 > doi-chieu.csv
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Argument(help: "The term, such as 2026-2027/1; the next to be closed where it is left out.")
  var term: String?

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      let list = TermList(sum: try await desk.termLines(of: term))
      try CommandOutput.write(String(decoding: list.csv, as: UTF8.self))
      try journal.close()
    }
  }
}

/// `lienthong term close`: freezes a term.
struct TermCloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Close a term under this station's signature.",
    discussion: """
      What is open goes into the next term by name, and the closed term never changes. Nothing is \
      closed before everything was counted. May be run while the station serves.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Argument(help: "The term, such as 2026-2027/1.")
  var term: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      var desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      desk.slipSigner = SlipKeys(journal: journal).signer
      let report = try await desk.closeTerm(
        term, as: CommandOperation.named(at: journal.clock.now().wallMilliseconds))
      let hash = report.closed?.closing.hash.description ?? ""
      let open = report.statement.open.count
      try CommandOutput.write(
        """
        Đã chốt học kỳ \(term), còn \(open) chênh lệch. / Term \(term) is closed, \(open) \
        differences are open.
        \(hash)

        """)
      try journal.close()
    }
  }
}
