import Foundation
import Journal
import Ledger
import TestSupport
import Testing

@Suite("lienthong stick")
struct StickCommandTests {
  private let folder: TemporaryFolder
  private let host: String
  private let station: String
  private let stick: String

  init() async throws {
    folder = try TemporaryFolder()
    host = folder.url.appending(path: "host").path
    station = folder.url.appending(path: "TT1").path
    stick = folder.url.appending(path: "stick").path
    try FileManager.default.createDirectory(atPath: stick, withIntermediateDirectories: false)
    let hostKey = try await setUp(["host", "init", "--data", host, "--name", "Nhóm Tân Tập"])
    let stationKey = try await setUp(
      ["station", "init", "--data", station, "--station", "TT1-1", "--library-name", "Tân Tập 1"])
    _ = try await BuiltProduct.run([
      "host", "enrol", "--data", host, "--station", "TT1-1", "--library-name", "Tân Tập 1",
      "--key", stationKey,
    ])
    // There is no network: the sync fails, and keeps what it was told.
    _ = try await BuiltProduct.run([
      "sync", "--data", station, "--host", "http://127.0.0.1:1", "--host-key", hostKey,
    ])
    let maker = try FactMaker("TT1")
    let journal = try Journal(folder: DataFolder(path: station))
    try await journal.recordAll([
      (OperationID(high: 7, low: 1), maker.description()),
      (OperationID(high: 7, low: 2), maker.registration(try maker.item(1))),
    ])
    try journal.close()
  }

  /// Runs a command and gives the key of 64 hexadecimal digits that it printed.
  private func setUp(_ arguments: [String]) async throws -> String {
    try key(in: try await BuiltProduct.run(arguments))
  }

  private func key(in output: ChildProcess.Output) throws -> String {
    let words = output.stdout.split(whereSeparator: \.isWhitespace)
    return String(try #require(words.first { $0.count == 64 && $0.allSatisfy(\.isHexDigit) }))
  }

  private func run(_ step: String, _ data: String, _ more: [String] = []) async throws
    -> ChildProcess.Output
  {
    try await BuiltProduct.run(["stick", step, "--data", data] + more + [stick])
  }

  @Test("carries events to a host and its reply back, twice, with a readable file beside each")
  func journey() async throws {
    let early = try await run("send", station)
    #expect(early.status == 1 && early.stderr.contains("--stick-key"))
    let none = try await run("answer", host)
    #expect(none.status != 0 && none.stderr.contains("no letter"))
    // Any letter shows the key; the host prints it with its answer.
    let probe = try await run("send", station, ["--stick-key", String(repeating: "1", count: 64)])
    #expect(probe.status == 0)
    let refused = try await run("answer", host)
    #expect(refused.status == 1 && refused.stderr.contains("another host"))
    let stickKey = try key(in: refused)

    for isRepeat in [false, true] {
      let sent = try await run("send", station, ["--stick-key", stickKey])
      #expect(sent.status == 0 && sent.stdout.contains("TT1-1-to-host.lienthong"))
      let answered = try await run("answer", host)
      #expect(answered.status == 0)
      #expect(answered.stdout.contains(isRepeat ? "New events: 0" : "New events: 2"))
      let received = try await run("receive", station)
      #expect(received.status == 0 && received.stdout.contains("events without a receipt: 0"))
    }
    for name in ["TT1-1-to-host.txt", "TT1-1-from-host.txt"] {
      let cover = try String(contentsOfFile: "\(stick)/\(name)", encoding: .utf8)
      #expect(cover.contains("TT1-1") && cover.contains("lienthong stick"))
    }
    #expect(try await BuiltProduct.run(["host", "verify", "--data", host]).status == 0)
    #expect(try await BuiltProduct.run(["journal", "verify", "--data", station]).status == 0)
  }
}
