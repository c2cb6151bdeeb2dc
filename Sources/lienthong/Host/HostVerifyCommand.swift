import ArgumentParser
import Exchange
import Registry

/// `lienthong host verify`: replays everything that stations have sent.
struct HostVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Replay every station's events and compare the books with them.",
    discussion: """
      Checks each station's hash chain up to the host's cursor, the loans and on-site readings, \
      that the places of all items add up to the register, that stations are told what the books \
      have and nothing else, and that each row by which terms are added up is what its event gives \
      and each term's closing is as it was kept. It may be run while the host serves.

      Exit status: 0 if all agrees; 1 if something parts, each place on a line of its own, or if \
      the folder can't be read.
      """)

  @OptionGroup var host: HostOptions

  func run() async throws {
    let passed = try await Terminal.advising {
      let host = try await self.host.open()
      let result = try await host.registry.verify()
      try host.close()
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
        ? "OK: the events, the cursors, the custody sums and the feed agree"
        : "FAILED: keep a copy of the folder, then restore the last backup")
    try CommandOutput.write(lines.map { $0 + "\n" }.joined())
  }
}
