import ArgumentParser
import Desk
import Foundation
import Journal
import Labels
import Ledger
import Printing
import Rotation
import StationServer

/// `lienthong minutes`: draws up minutes as PDF or CSV.
struct MinutesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minutes",
    abstract: "Draw up minutes as a PDF or CSV file (biên bản).",
    discussion: """
      Minutes are drawn up from what is frozen: a box as it was sealed or received, all boxes of \
      a rota's stage, a closed stock-taking, a closed term. Printing them again gives the same \
      file. May be run while the station serves.
      """,
    subcommands: [
      HandoverMinutesCommand.self, StageMinutesCommand.self, StockMinutesCommand.self,
      TermMinutesCommand.self,
    ])
}

/// Where minutes are written; a name that ends in .csv gives a table.
struct MinutesOptions: ParsableArguments {
  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Option(
    help: "The file to write: PDF, or CSV where its name ends so; one that is there is replaced.",
    completion: .file())
  var output: String

  func write(_ request: MinutesRequest) async throws {
    try await write { _ in request }
  }

  /// Writes minutes that depend on which library's station this is.
  func write(_ request: (LibraryCode) -> MinutesRequest) async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      let minutes = try await MinutesPrinter(desk: desk).minutes(request(desk.library))
      try journal.close()
      try MinutesFile.write(minutes, to: output)
    }
  }
}

/// Minutes on the disk: PDF, or a table where the file's name ends in .csv.
enum MinutesFile {
  static func write(_ minutes: Minutes, to output: String) throws {
    let bytes = output.lowercased().hasSuffix(".csv") ? minutes.csv : try minutes.pdf()
    do {
      try Data(bytes).write(to: URL(filePath: output), options: .atomic)
    } catch {
      throw ValidationError(
        "\(output) can't be written (\(error.localizedDescription)). Name another file.")
    }
  }
}

/// `lienthong minutes handover`: of a box.
struct HandoverMinutesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handover", abstract: "Minutes of a box: biên bản bàn giao.",
    discussion: """
      Example:
        lienthong minutes handover --data /var/lib/lienthong --output bien-ban.pdf B.TT1.0007
      """)

  @OptionGroup var options: MinutesOptions

  @Argument(help: "The box's number or what is printed on it, such as B.TT1.0007.")
  var box: String

  func run() async throws {
    try await options.write(.handover(box: box))
  }
}

/// `lienthong minutes stage`: of all boxes of a stage.
struct StageMinutesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stage",
    abstract: "Minutes of all boxes of a rota's stage: biên bản bàn giao theo đợt.",
    discussion: """
      At the library that sends, all boxes that are sealed or sent off; at the one that receives, \
      all whose receipt is confirmed, with what was found. A box that is sealed or received later \
      makes new minutes.

      Example:
        lienthong minutes stage --data /var/lib/lienthong --output bien-ban.pdf --to TT 2026-TT/1
      """)

  @OptionGroup var options: MinutesOptions

  @Option(help: "Of what was handed over: the library that it goes to.")
  var to: LibraryCode?

  @Option(help: "Of what was received: the library that it came from.")
  var from: LibraryCode?

  @Argument(help: "The rota's name and the stage's number, such as 2026-TT/1.")
  var stage: String

  func validate() throws {
    guard (to == nil) != (from == nil) else {
      throw ValidationError("Say either --to or --from, with the other library's code.")
    }
  }

  func run() async throws {
    guard let stage = StageReference(stage) else {
      throw ValidationError("\(stage) is no stage. Write it like 2026-TT/1.")
    }
    try await options.write { library in
      .stage(stage, StageWay(from: from ?? library, to: to ?? library))
    }
  }
}

/// `lienthong minutes stock`: of a stock-taking.
struct StockMinutesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stock", abstract: "Minutes of a closed stock-taking: biên bản kiểm kê.",
    discussion: "Without a session, the one that was opened last.")

  @OptionGroup var options: MinutesOptions

  @Option(help: "The stock-taking: the UUID of the operation that opened it.")
  var session: String?

  func run() async throws {
    try await options.write(.stock(session: try await chosen()))
  }

  private func chosen() async throws -> OperationID {
    if let session {
      guard let id = OperationID(session) else {
        throw ValidationError("\(session) is no UUID. Take it from the page of stock-taking.")
      }
      return id
    }
    let last = try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: options.data))
      let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      let sessions = try await desk.stockTakings()
      try journal.close()
      return sessions.first?.id
    }
    guard let last else { throw ValidationError("There is no stock-taking yet.") }
    return last
  }
}

/// `lienthong minutes term`: of a closed term.
struct TermMinutesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "term", abstract: "Minutes of a closed term: biên bản đối chiếu cuối kỳ.",
    discussion: """
      Example:
        lienthong minutes term --data /var/lib/lienthong --output bien-ban.csv 2026-2027/1
      """)

  @OptionGroup var options: MinutesOptions

  @Argument(help: "The term, such as 2026-2027/1.")
  var term: String

  func run() async throws {
    try await options.write(.term(term))
  }
}
