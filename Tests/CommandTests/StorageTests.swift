import Foundation
import Journal
import Labels
import TestSupport
import Testing

@Suite(
  "A disk that fails the station", .serialized,
  .enabled("needs root and loop devices to mount a small disk") { await SmallDisk.isAvailable() })
struct StorageTests {
  /// Acts until the disk must be full: each takes some pages of the log.
  private static let mostActs = 2_000

  @Test("when full, stops acts whole and in clear words, lets people read, and goes on when freed")
  func fullDisk() async throws {
    try await SmallDisk.lend { disk in
      let fixture = try await closedStation(on: disk)
      let station = try await StationProcess.start(fixture)
      let client = StationClient(station)
      try disk.fill(leaving: 256 * 1_024)
      let (act, refusal) = try #require(try await actUntilFull(client))
      #expect(refusal.error == "disk-full")
      #expect(refusal.advice?.en.contains("The disk is full, so nothing was recorded") == true)
      #expect(refusal.advice?.vi.contains("Đĩa đầy") == true)

      try await expectReading(client)
      try await expectVerified(fixture)
      #expect(try await client.perform(act).status == 507)
      try await expectReading(client)

      try disk.free()
      let reply = try await client.perform(act)
      #expect(reply.status == 200)
      #expect(reply.isRepeat == false)
      #expect(try await client.perform(act).isRepeat == true)
      #expect(await station.stop() == 0)
      try await expectVerified(fixture)
    }
  }

  @Test("when full, lets a station start after a power cut and read", arguments: [true, false])
  func startOnFullDisk(afterPowerCut: Bool) async throws {
    try await SmallDisk.lend { disk in
      let fixture = try await closedStation(on: disk)
      let station = try await StationProcess.start(fixture)
      try disk.fill(leaving: 256 * 1_024)
      let (act, _) = try #require(try await actUntilFull(StationClient(station)))
      if afterPowerCut {
        await station.kill()
      } else {
        #expect(await station.stop() == 0)
      }
      // What a merged log has freed is taken too: there is no block left but the reserve.
      try disk.fill(leaving: 0)

      let restarted = try await StationProcess.start(fixture)
      let client = StationClient(restarted)
      try await expectReading(client)
      try disk.free()
      #expect(try await client.perform(act).status == 200)
      #expect(await restarted.stop() == 0)
      try await expectVerified(fixture)
    }
  }

  @Test(
    "when full, leaves nothing of a new station or host that is in the way of the next try",
    arguments: NewFolder.allCases)
  func initOnFullDisk(kind: NewFolder) async throws {
    try await SmallDisk.lend { disk in
      var refusals = 0
      for kibibytes in stride(from: 0, through: 256, by: 16) {
        let folder = disk.mountPoint.appending(path: "new-\(kibibytes)").path
        try disk.fill(leaving: kibibytes * 1_024)
        let first = try await BuiltProduct.run(kind.setUp(folder))
        try disk.free()
        if first.status != 0 {
          refusals += 1
          #expect(first.status == 1, "\(kibibytes) KiB")
          #expect(first.stderr.contains(/[Dd]isk is full/), "\(kibibytes) KiB: \(first.stderr)")
          #expect(first.stderr.contains(/Đĩa.* đầy/), "\(kibibytes) KiB")
          let second = try await BuiltProduct.run(kind.setUp(folder))
          #expect(second.status == 0, "\(kibibytes) KiB: \(second.stderr)")
        }
        let verified = try await BuiltProduct.run([kind.owner, "verify", "--data", folder])
        #expect(verified.status == 0, "\(kibibytes) KiB: \(verified.stderr)")
        try FileManager.default.removeItem(atPath: folder)
      }
      #expect(refusals > 2)
    }
  }

  @Test("when read-only, ends the start with advice that names the folder, in both languages")
  func readOnly() async throws {
    try await SmallDisk.lend { disk in
      let fixture = try await closedStation(on: disk)
      try await disk.remountReadOnly()
      let output = try await BuiltProduct.run(
        ["station", "run", "--data", fixture.folder.path, "--port", "0"])
      #expect(output.status == 1)
      #expect(output.stdout.isEmpty)
      #expect(output.stderr.contains("\(fixture.folder.path) can't be written"))
      #expect(output.stderr.contains("Không ghi được vào \(fixture.folder.path)"))
    }
  }

  @Test(
    "when read-only, lets a backup be verified, with its log or without", arguments: [true, false])
  func verifyReadOnly(withLog: Bool) async throws {
    try await SmallDisk.lend { disk in
      let fixture = try await closedStation(on: disk)
      if withLog {
        let station = try await StationProcess.start(fixture)
        #expect(
          try await StationClient(station).perform(.checkout("TT1.TN.00001", to: 1)).status == 200)
        await station.kill()
      }
      let before = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path).sorted()
      #expect(before.contains("station.sqlite-wal") == withLog)
      try await disk.remountReadOnly()
      let verified = try await BuiltProduct.run(
        ["journal", "verify", "--data", fixture.folder.path])
      #expect(verified.status == 0, "\(verified.stderr)")
      #expect(verified.stdout.contains("patron:TT1: 1") == withLog, "\(verified.stdout)")
      #expect(verified.stdout.contains("OK: the events"))
    }
  }

  private func closedStation(on disk: SmallDisk) async throws -> StationFixture {
    let fixture = try await StationFixture(in: disk.mountPoint)
    try fixture.journal.close()
    return fixture
  }

  /// Lends and takes back one item until an act is refused for want of space.
  private func actUntilFull(_ client: StationClient) async throws -> (Act, Reply)? {
    for number in 0..<Self.mostActs {
      let act =
        number.isMultiple(of: 2)
        ? try Act.checkout("TT1.TN.00001", to: 1) : try Act.checkin("TT1.TN.00001")
      let reply = try await client.perform(act)
      if reply.status == 507 { return (act, reply) }
      try #require(reply.status == 200, "act \(number): \(reply.text)")
    }
    return nil
  }

  private func expectReading(_ client: StationClient) async throws {
    let label = try ItemID("TT1.TN.00001").label
    let scan = try await client.post("scan", json: #"{"text":"\#(label)"}"#)
    #expect(scan.status == 200)
    #expect(scan.kind == "item", "\(scan.text)")
    for path in ["state", "health"] {
      let reply = try await client.get(path)
      #expect(reply.status == 200, "\(path): \(reply.text)")
    }
  }

  private func expectVerified(_ fixture: StationFixture) async throws {
    let output = try await BuiltProduct.run(["journal", "verify", "--data", fixture.folder.path])
    #expect(output.status == 0, "\(output.stdout)\(output.stderr)")
  }
}

/// What is set up in a folder of its own.
enum NewFolder: String, CaseIterable {
  case station, host

  /// The command that verifies what was set up.
  var owner: String { self == .station ? "journal" : "host" }

  func setUp(_ folder: String) -> [String] {
    [rawValue, "init", "--data", folder]
      + (self == .station
        ? ["--station", "TT1-1", "--library-name", "Tân Tập 1"] : ["--name", "Nhóm Tân Tập"])
  }
}
