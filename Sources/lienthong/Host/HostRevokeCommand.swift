import ArgumentParser
import Labels
import Ledger
import Registry

/// `lienthong host revoke`: ends the trust in a station's key.
struct HostRevokeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "End the trust in a station's key, as after a theft.",
    discussion: """
      What the station sends from now on is kept aside: it is listed by lienthong host quarantine \
      and in no book. What it had sent after the last trusted event stays in the books, and each \
      such event is listed as a conflict. The station goes on once it is enrolled with a new code.
      """)

  @OptionGroup var host: HostOptions

  @Option(help: "The station's name, such as TT1-1.")
  var station: StationID

  @Option(help: "The number of the last event to trust; without it, all that is here.")
  var lastTrusted: Int64?

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let last = try await host.registry.revoke(station, lastTrusted: lastTrusted)
      try host.close()
      try CommandOutput.write(
        "Đã thu hồi khóa của trạm \(station) sau sự kiện \(last.epoch).\(last.sequence). / The key "
          + "of station \(station) is not trusted after event \(last.epoch).\(last.sequence).\n")
    }
  }
}

/// `lienthong host quarantine`: lists what came after an epoch's end.
struct HostQuarantineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "List the events that were kept aside, newest first.",
    discussion: """
      A line for each: the event, when the station says that it was, what was done, to which item. \
      They are in no book until a coordinator takes them in, on the host's page /de-rieng. A \
      machine that was superseded brings its own again when it is enrolled with a new code.
      """)

  @OptionGroup var host: HostOptions

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let quarantine = try await host.registry.quarantine()
      try host.close()
      var lines = quarantine.events.map(line)
      lines.append("Giữ riêng / Kept aside: \(quarantine.count)")
      try CommandOutput.write(lines.map { $0 + "\n" }.joined())
    }
  }

  private func line(_ kept: QuarantinedEvent) -> String {
    guard let event = try? Event(encoded: kept.bytes) else { return "\(kept.event)\t?" }
    let item = event.fact.move?.item.text ?? ""
    return "\(kept.event)\t\(kept.reason)\t\(event.fact.name)\t\(item)"
  }
}
