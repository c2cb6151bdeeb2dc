import ArgumentParser
import AsyncHTTPClient
import Exchange
import Journal
import Ledger
import NIOCore
import StationServer

/// `lienthong sync`: carries a station's events to the host.
struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Send what is pending to the host, keep its receipts, take in the group's news.",
    discussion: """
      May be run while the station serves, by hand or by a timer. The host is the one that the \
      station was enrolled at. Sending twice changes nothing. What comes back are titles, copies \
      and boxes of the group's other libraries, and which cards the coordinator has blocked. A \
      station whose disk was restored from a backup, or copied, is found out and recovers by itself.

      Exit status: 0 if the host has acknowledged everything; 75 if it was not reached and a later \
      try may go better; 1 on any other error.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Flag(help: "Make one pass and end, as is done without it too; a running station repeats it.")
  var once = false

  @Option(help: "The host's address, such as http://thuvien.example:8090; kept for next time.")
  var host: String?

  @Option(help: "The host's key, 64 hexadecimal digits, as host init printed it; kept.")
  var hostKey: String?

  func validate() throws {
    guard (host == nil) == (hostKey == nil) else {
      throw ValidationError("--host and --host-key go together.")
    }
  }

  func run() async throws {
    try await Terminal.advising {
      let folder = DataFolder(path: data)
      let journal = try Journal(folder: folder)
      if let host, let hostKey {
        try await UplinkSettings(url: host, hostKey: VerifyingKey(hostKey)).save(to: journal)
      }
      guard let settings = try await UplinkSettings(of: journal) else { throw UplinkError.noHost }
      do {
        let report = try await HTTPClient.sharing { client in
          try await Uplink(journal: journal, settings: settings, client: client).pass()
        }
        try tell(report)
      } catch let error as UplinkError where error.isTemporary {
        Terminal.complain(error.advice)
        throw Terminal.temporaryFailure
      }
      try journal.close()
    }
  }

  private func tell(_ report: UplinkReport) throws {
    if report.recoveryCount > 0 {
      try CommandOutput.write(
        """
        Đĩa đã được phục hồi hoặc sao chép: trạm đã lấy lại các sự kiện của mình, bắt đầu kỳ mới. \
        / The disk was restored or copied: the station has taken its events back and begun a new \
        epoch.

        """)
    }
    if report.releasedCount > 0 {
      try CommandOutput.write(
        """
        Máy chủ đã duyệt \(report.releasedCount) sự kiện của máy cũ ở trạm này; sổ ở đây đã ghi \
        theo. / The host has released \(report.releasedCount) events of an earlier machine of this \
        station; the books here have them now.

        """)
    }
    try CommandOutput.write(
      """
      Đã gửi \(report.batchCount) lô: \(report.newCount) sự kiện mới, \(report.knownCount) đã có. \
      / Batches sent: \(report.batchCount); events that were new: \(report.newCount), known: \
      \(report.knownCount).
      Biên nhận đến / Receipt up to: \(report.acknowledged.epoch).\(report.acknowledged.sequence) \
      \(report.acknowledged.hash)
      Bản tin của nhóm: \(report.feedCount) mục mới. / From the group's feed: \(report.feedCount) \
      new entries.

      """)
  }
}

extension HTTPClient {
  /// Lends a client for as long as the work takes.
  static func sharing<Value>(
    _ work: (HTTPClient) async throws -> Value
  ) async throws -> Value {
    var configuration = HTTPClient.Configuration()
    configuration.timeout.connect = .seconds(UplinkLimits.secondsToConnect)
    let client = HTTPClient(
      eventLoopGroupProvider: .singleton, configuration: configuration)
    let result: Result<Value, any Error>
    do {
      result = .success(try await work(client))
    } catch {
      result = .failure(error)
    }
    try await client.shutdown()
    return try result.get()
  }
}
