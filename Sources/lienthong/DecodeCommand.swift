import ArgumentParser
import Foundation
import Scanning

/// `lienthong decode`: reads pictures one after the other and prints what is in them.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode",
    abstract: "Read the bar codes and QR codes in pictures.",
    discussion: """
      Prints a line for each code, such as CODE-128:TT1.TK.00123-O, in the order in which they \
      were found. Texts are printed as they are, control characters too; --json escapes them.

      A code is printed if it can be trusted: it has a check that holds, or enough lines across it \
      agree. With --all the others follow with the reason for the doubt.

      Reads PNG, JPEG, PGM and PPM, whatever the files are called. A file that can't be read is \
      named on standard error, and the run goes on.

      Exit status: 0 if a code was printed, 4 if none was, 1 if a file could not be read.
      """)

  @Flag(help: "Print one JSON object a line for each file, with time, quality and orientation.")
  var json = false

  @Flag(help: "Print what can't be trusted too, and why.")
  var all = false

  @Argument(help: "Pictures; - is standard input.", completion: .file())
  var files: [String]

  func run() throws {
    let scanner = BarcodeScanner()
    let format: DecodeFormat = json ? .json : .text
    var outcome = DecodeOutcome()
    for file in files {
      let report = DecodeReport(file: file, scanner: scanner, all: all)
      if let error = report.error { CommandOutput.complain("\(file): \(error)") }
      try CommandOutput.write(format.text(for: report))
      outcome.add(report)
    }
    throw outcome.exitCode
  }
}

/// What a run comes to, in the exit codes of `zbarimg`.
private struct DecodeOutcome {
  private var hasError = false
  private var hasSymbol = false

  mutating func add(_ report: DecodeReport) {
    hasError = hasError || report.error != nil
    hasSymbol = hasSymbol || !report.symbols.isEmpty
  }

  var exitCode: ExitCode {
    if hasError { return ExitCode(1) }
    return hasSymbol ? .success : ExitCode(4)
  }
}
