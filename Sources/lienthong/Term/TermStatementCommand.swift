import ArgumentParser
import Desk
import Foundation
import Journal
import Ledger
import StationServer

/// `lienthong term statement`: prints a closed term's statement.
struct TermStatementCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "Print a closed term's statement with its signatures, for the other school.",
    discussion: """
      The statement is text that a person can read. May be run while the station serves.

      Example:
        lienthong term statement --data /var/lib/lienthong 2026-2027/1 > doi-chieu-TT1.txt
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Argument(help: "The term, such as 2026-2027/1.")
  var term: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      try CommandOutput.write(try await desk.statementFile(of: term))
      try journal.close()
    }
  }
}

/// `lienthong term sign`: signs another school's statement, or takes signatures home.
struct TermSignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Sign another school's statement, or take one home that they have signed.",
    discussion: """
      Another school's statement is held against what was received and sent here; where they \
      differ nothing is signed, unless --accept-differences is given: then the items that were not \
      received are named under the signature. Prints the file with all signatures. May be run \
      while the station serves.

      Example:
        lienthong term sign --data /var/lib/lienthong doi-chieu-TT1.txt > da-ky.txt
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Flag(help: "Sign all the same, with a list of what was not received.")
  var acceptDifferences = false

  @Argument(help: "The statement's file; - is standard input.", completion: .file())
  var file: String

  func run() async throws {
    try await Terminal.advising {
      let content = try content()
      let journal = try Journal(folder: DataFolder(path: data))
      var desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      desk.slipSigner = SlipKeys(journal: journal).signer
      let outcome = try await desk.takeStatement(
        content, acceptsDifferences: acceptDifferences,
        as: CommandOperation.named(at: journal.clock.now().wallMilliseconds))
      try CommandOutput.write(outcome.file)
      try journal.close()
    }
  }

  private func content() throws -> String {
    do throws(InputFileError) {
      let bytes = try InputFile.read(file)
      guard bytes.count <= Desk.longestStatement else { throw InputFileError.tooManyBytes }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw ValidationError("\(file): \(error.description)")
    }
  }
}
