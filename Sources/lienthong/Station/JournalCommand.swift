import ArgumentParser
import Journal

/// `lienthong journal`: looks after a station's record of what happened.
struct JournalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "Look into a station's journal (nhật ký).",
    subcommands: [JournalVerifyCommand.self])
}

/// `lienthong journal verify`: replays everything that happened.
struct JournalVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Replay every event and compare the store with what they add up to.",
    discussion: """
      Checks the hash chain, every table that is made from the events, the receipts, and that the \
      places of all items add up to the register. It may be run while the station serves, and on a \
      backup that can't be written. A store of an older version is brought up to this one first, \
      so verify a copy of a backup that an older program is to read again.

      Exit status: 0 if all agrees; 1 if something parts, each place on a line of its own, or if \
      the folder can't be read.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  func run() async throws {
    let passed = try await Terminal.advising {
      let result = try await verify(DataFolder(path: data))
      try report(result)
      return result.passed
    }
    if !passed { throw ExitCode.failure }
  }

  private func verify(_ folder: DataFolder) async throws -> Verification {
    do {
      let journal = try Journal(folder: folder)
      let result = try await journal.verify()
      try journal.close()
      return result
    } catch JournalError.notWritable {
      return try Journal.verify(unwritable: folder)
    }
  }

  private func report(_ result: Verification) throws {
    var lines = ["events: \(result.eventCount)", "items: \(result.itemCount)"]
    lines += result.balances.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
    lines += result.problems.map { "problem: \($0)" }
    if result.isCutShort { lines.append("… and more; only the first ones are listed") }
    lines.append(
      result.passed
        ? "OK: the events, the tables and the custody sums agree"
        : "FAILED: keep a copy of the folder, then restore the last backup")
    try CommandOutput.write(lines.map { $0 + "\n" }.joined())
  }
}
