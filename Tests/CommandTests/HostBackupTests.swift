import Foundation
import Journal
import Ledger
import Registry
import TestSupport
import Testing

@Suite("lienthong host backup and restore")
struct HostBackupTests {
  private let folder: TemporaryFolder
  private let host: String
  private let station: String
  private let backup: String
  private let restored: String

  init() throws {
    folder = try TemporaryFolder()
    host = folder.url.appending(path: "host").path
    station = folder.url.appending(path: "TT1").path
    backup = folder.url.appending(path: "backup").path
    restored = folder.url.appending(path: "restored").path
  }

  private func run(_ arguments: String...) async throws -> ChildProcess.Output {
    try await BuiltProduct.run(arguments)
  }

  /// A host, a station that has a code from it, and one book registered and lent.
  private func setUp(
    in folder: String? = nil, at database: PostgresAddress? = nil
  ) async throws -> (server: ServingProcess, maker: FactMaker) {
    let host = folder ?? host
    let address = database.map { ["--database", $0.text] } ?? []
    let made = try await BuiltProduct.run(
      ["host", "init", "--data", host, "--name", "Nhóm Tân Tập"] + address)
    #expect(made.status == 0, "\(made.stderr)")
    _ = try await run(
      "station", "init", "--data", station, "--station", "TT1-1", "--library-name", "Tân Tập 1")
    let invited = try await run("host", "invite", "--data", host, "--library", "TT1")
    let code = String(try #require(invited.stdout.split(whereSeparator: \.isWhitespace).last))
    let server = try await ServingProcess(["host", "run", "--data", host, "--port", "0"])
    let enrolled = try await run(
      "station", "enrol", "--data", station, "--host", server.address, "--code", code)
    #expect(enrolled.status == 0, "\(enrolled.stderr)")
    return (server, try FactMaker("TT1"))
  }

  private func record(_ facts: [Fact], from number: UInt64) async throws {
    let journal = try Journal(folder: DataFolder(path: station))
    try await journal.recordAll(
      facts.enumerated().map { (OperationID(high: 9, low: number + UInt64($0.offset)), $0.element) }
    )
    try journal.close()
  }

  @Test("copy a host that serves, and make one of the copy, to which stations send the rest again")
  func rehearsal() async throws {
    let (server, maker) = try await setUp()
    let item = try maker.item(1)
    try await record([maker.description(), maker.registration(item)], from: 0)
    #expect(try await run("sync", "--data", station, "--once").status == 0)

    let taken = try await run("host", "backup", "--data", host, "--to", backup)
    #expect(taken.status == 0, "\(taken.stderr)")
    #expect(taken.stdout.contains("2 events, 1 items; all agrees"))
    let files = try FileManager.default.contentsOfDirectory(atPath: backup)
    #expect(Set(files) == ["README.txt", "host.key", "host.sqlite"])
    for file in files {
      let mode = try FileManager.default.attributesOfItem(atPath: backup + "/" + file)
      #expect(mode[.posixPermissions] as? Int == 0o600)
    }

    try await record([maker.checkout(item)], from: 2)
    #expect(try await run("sync", "--data", station, "--once").status == 0)
    await server.kill()
    try FileManager.default.removeItem(atPath: host)

    let again = try await run("host", "restore", "--from", backup, "--data", restored)
    #expect(again.status == 0, "\(again.stderr)")
    #expect(again.stdout.contains("lienthong host run --data \(restored)"))
    let port = String(try #require(server.address.split(separator: ":").last))
    let replacement = try await ServingProcess([
      "host", "run", "--data", restored, "--port", port,
    ])
    let sent = try await run("sync", "--data", station, "--once")
    #expect(sent.status == 0, "\(sent.stderr)")
    let verified = try await run("host", "verify", "--data", restored)
    #expect(verified.stdout.contains("events: 3\nitems: 1\n"), "\(verified.stdout)")
    #expect(await replacement.stop() == 0)
  }

  @Test("copy a host on PostgreSQL, and put it into another database")
  func database() async throws {
    let cluster = try await PostgresCluster.shared()
    let (address, other) = (try await cluster.makeDatabase(), try await cluster.makeDatabase())
    let (server, maker) = try await setUp(at: address)
    try await record([maker.description(), maker.registration(maker.item(1))], from: 0)
    #expect(try await run("sync", "--data", station, "--once").status == 0)
    let taken = try await run("host", "backup", "--data", host, "--to", backup)
    #expect(taken.status == 0, "\(taken.stderr)")
    #expect(await server.stop() == 0)

    let unnamed = try await run("host", "restore", "--from", backup, "--data", restored)
    #expect(unnamed.status == 1)
    #expect(unnamed.stderr.contains("--database"))
    let again = try await run(
      "host", "restore", "--from", backup, "--data", restored, "--database", other.text)
    #expect(again.status == 0, "\(again.stderr)")
    #expect(again.stdout.contains("2 events, 1 items; all agrees"))
    let full = try await run(
      "host", "restore", "--from", backup, "--data", host + "2", "--database", other.text)
    #expect(full.status == 1)
    let verified = try await run("host", "verify", "--data", restored)
    #expect(verified.status == 0, "\(verified.stdout)")
    try PostgresCluster.remove(address)
    try PostgresCluster.remove(other)
  }

  @Test("leave what is there as it is")
  func placeTaken() async throws {
    let made = try await run("host", "init", "--data", host, "--name", "Nhóm Tân Tập")
    #expect(made.status == 0)
    let onItself = try await run("host", "backup", "--data", host, "--to", host)
    #expect(onItself.status == 1)
    #expect(onItself.stderr.contains("is there already"))
    #expect(try await run("host", "backup", "--data", host, "--to", backup).status == 0)
    let onHost = try await run("host", "restore", "--from", backup, "--data", host)
    #expect(onHost.status == 1)
    #expect(onHost.stderr.contains("holds a host already"))
  }

  @Test("make no host of half a backup, nor of one that was changed")
  func damaged() async throws {
    let (server, maker) = try await setUp()
    try await record([maker.description(), maker.registration(maker.item(1))], from: 0)
    #expect(try await run("sync", "--data", station, "--once").status == 0)
    #expect(await server.stop() == 0)
    #expect(try await run("host", "backup", "--data", host, "--to", backup).status == 0)

    let file = try FileHandle(forUpdating: URL(filePath: backup + "/host.sqlite"))
    let size = try file.seekToEnd()
    try file.truncate(atOffset: size / 2)
    try file.close()
    let half = try await run("host", "restore", "--from", backup, "--data", restored)
    #expect(half.status == 1, "\(half.stdout)")
    #expect(!HostFolder(path: restored).holdsHost)

    try FileManager.default.removeItem(atPath: backup + "/host.sqlite")
    let none = try await run("host", "restore", "--from", backup, "--data", restored)
    #expect(none.status == 1)
    #expect(none.stderr.contains("holds no whole backup"))
  }

  @Test(
    "take no batch and no backup on a full disk, and serve again after a power cut",
    .enabled("needs root and loop devices to mount a small disk") {
      await SmallDisk.isAvailable()
    })
  func fullDisk() async throws {
    try await SmallDisk.lend { disk in
      let host = disk.mountPoint.appending(path: "host").path
      let (server, maker) = try await setUp(in: host)
      try disk.fill(leaving: 96 * 1_024)
      let refused = try await sendUntilRefused(maker)
      #expect(refused.stderr.contains("disk is full"), "\(refused.stderr)")
      await server.kill()
      try disk.fill(leaving: 0)

      let to = disk.mountPoint.appending(path: "backup").path
      let backup = try await run("host", "backup", "--data", host, "--to", to)
      #expect(backup.status == 1)
      #expect(backup.stderr.contains("disk is full"), "\(backup.stderr)")
      let left = try FileManager.default.contentsOfDirectory(atPath: disk.mountPoint.path)
      #expect(!left.contains { $0.hasPrefix("backup") })

      let port = String(try #require(server.address.split(separator: ":").last))
      let again = try await ServingProcess(["host", "run", "--data", host, "--port", port])
      try disk.free()
      #expect(try await run("sync", "--data", station, "--once").status == 0)
      let verified = try await run("host", "verify", "--data", host)
      #expect(verified.status == 0, "\(verified.stdout)")
      #expect(await again.stop() == 0)
    }
  }

  /// Reads in the library and sends that to the host until it refuses a batch.
  private func sendUntilRefused(_ maker: FactMaker) async throws -> ChildProcess.Output {
    for round in 0..<40 {
      try await record(
        (0..<200).map { _ in maker.reading(1) }, from: UInt64(round) * 200)
      let sent = try await run("sync", "--data", station, "--once")
      if sent.status != 0 { return sent }
    }
    throw NeverFull()
  }

  /// The disk took more than it has room for.
  private struct NeverFull: Error {}
}
