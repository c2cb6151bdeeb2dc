import ArgumentParser
import HostServer
import Labels
import Ledger
import Registry
import Rotation

/// `lienthong host reconcile`: adds a term up over the group.
struct HostReconcileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Add a term up over the group, beside its page (đối chiếu cuối kỳ).",
    discussion: """
      A library that has closed the term is in it as it then stood; the others are waited for. \
      With --csv every open difference is printed with its events, with --closing the lines whose \
      hash stands for the group's closing. Once every library has closed the term, these lines are \
      kept and never change; what comes later is told beside them. The host may be running \
      meanwhile.

      Examples:
        lienthong host reconcile --data /var/lib/lienthong
        lienthong host reconcile --data /var/lib/lienthong --term 2026-2027/1 --csv > doi-chieu.csv
        lienthong host reconcile --data /var/lib/lienthong --pair TT,TT1
        lienthong host reconcile --data /var/lib/lienthong --minutes bien-ban.pdf
      """)

  @OptionGroup var host: HostOptions

  @Option(help: "The term, such as 2026-2027/1; the last that was closed where it is left out.")
  var term: String?

  @Option(help: "Two libraries, such as TT,TT1: only what is between them.")
  var pair: String?

  @Flag(help: "Print every open difference, as CSV.")
  var csv = false

  @Flag(help: "Print what the term was closed with, once every library has closed it.")
  var closing = false

  @Option(
    help: "Draw up the group's minutes in this file: PDF, or CSV where its name ends so.",
    completion: .file())
  var minutes: String?

  func validate() throws {
    if let term, Term(term) == nil {
      throw ValidationError("--term takes a term such as 2026-2027/1.")
    }
    if pair != nil, libraryPair == nil {
      throw ValidationError("--pair takes two libraries with a comma between, such as TT,TT1.")
    }
    if [csv, closing, minutes != nil].count(where: \.self) > 1 {
      throw ValidationError("Give one of --csv, --closing and --minutes.")
    }
  }

  private var libraryPair: LibraryPair? {
    guard let codes = pair?.split(separator: ",").compactMap({ try? LibraryCode($0) }),
      codes.count == 2, codes[0] != codes[1]
    else { return nil }
    return LibraryPair(codes[0], codes[1])
  }

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let group = try await host.registry.reconciliation(of: term.flatMap { Term($0) })
      let groupName = try await host.registry.groupName()
      try host.close()
      // Beside what was closed, so that a file of it has its hash.
      if closing || minutes != nil {
        for line in ReconciliationText.lines(of: group.closingDeviation) {
          CommandOutput.complain(line)
        }
      }
      if let minutes {
        let drawn = try GroupMinutes(group, groupName: groupName).minutes
        try MinutesFile.write(drawn, to: minutes)
      } else if csv {
        try CommandOutput.write(ReconciliationList(group, pair: libraryPair).csv)
      } else if closing {
        try CommandOutput.write(try group.closingText())
      } else {
        try CommandOutput.write(ReconciliationText(group, pair: libraryPair).text)
      }
    }
  }
}
