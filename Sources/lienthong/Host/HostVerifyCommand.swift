import ArgumentParser
import Exchange
import Registry

/// `lienthong host verify`: replays everything that stations have sent.
struct HostVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Replay every station's events and compare the books with them.",
    discussion: """
      Checks each station's hash chain up to the host's cursor, the on-site readings, and that the \
      places of all items add up to the register. It may be run while the host serves.

      Exit status: 0 if all agrees; 1 if something parts, each place on a line of its own, or if \
      the folder can't be read.
      """)

  @Option(help: "The host's data folder.", completion: .directory)
  var data: String

  func run() async throws {
    let passed = try await Terminal.advising {
      let folder = HostFolder(path: data)
      let store = try SQLiteRegistryStore(folder: folder)
      let key = try HostKey.read(folder, creating: false)
      let result = try await GroupRegistry(store: store, key: key).verify()
      try store.close()
      try report(result)
      return result.passed
    }
    if !passed { throw ExitCode.failure }
  }

  private func report(_ result: RegistryVerification) throws {
    var lines = [
      "stations: \(result.stationCount)", "events: \(result.eventCount)",
      "items: \(result.itemCount)",
    ]
    lines += result.balances.map { "  \($0.key): \($0.value)" }.sorted()
    lines += result.problems.map { "problem: \($0)" }
    if result.isCutShort { lines.append("… and more; only the first ones are listed") }
    lines.append(
      result.passed
        ? "OK: the events, the cursors and the custody sums agree"
        : "FAILED: keep a copy of the folder, then restore the last backup")
    try CommandOutput.write(lines.map { $0 + "\n" }.joined())
  }
}
