import Foundation
import Exchange
import Journal
import StationServer
import TestSupport
import Testing

@Suite("Starting and ending a station")
struct StartTests {
  @Test("a port that is taken ends the start with its number")
  func portInUse() async throws {
    let (first, second) = (try await closedStation(), try await closedStation())
    let station = try await StationProcess.start(first)
    let output = try await run(second, port: station.port)
    #expect(output.status == 1)
    #expect(output.stderr.contains("Port \(station.port) is in use"))
    #expect(output.stderr.contains("Cổng \(station.port) đang có chương trình khác dùng"))
  }

  @Test("data of a newer version ends the start and keeps every byte")
  func newerVersion() async throws {
    let fixture = try await closedStation()
    let file = URL(filePath: fixture.folder.database)
    var bytes = try Data(contentsOf: file)
    // The user's version is the big-endian number at byte 60 of a SQLite file.
    bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
    try bytes.write(to: file)

    let output = try await run(fixture)
    #expect(output.status == 1)
    #expect(output.stderr.contains("The data is of version 99"))
    #expect(output.stderr.contains("Dữ liệu thuộc phiên bản 99"))
    #expect(try Data(contentsOf: file) == bytes)
  }

  @Test("a folder without a station ends the start with how to make one")
  func noStation() async throws {
    let folder = try TemporaryFolder()
    let output = try await BuiltProduct.run(
      ["station", "run", "--data", folder.url.path, "--port", "0"])
    #expect(output.status == 1)
    #expect(output.stderr.contains("lienthong station init --data \(folder.url.path)"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }

  @Test("an empty file in place of the store is called damaged, and nothing is written to it")
  func emptyStore() async throws {
    let fixture = try await closedStation()
    try Data().write(to: URL(filePath: fixture.folder.database))
    let output = try await run(fixture)
    #expect(output.status == 1)
    #expect(output.stderr.contains("station.sqlite is empty"), "\(output.stderr)")
    #expect(output.stderr.contains("restore the last backup"))
    #expect(try Data(contentsOf: URL(filePath: fixture.folder.database)).isEmpty)
  }

  @Test("a page that can't be read fails the verification, whichever it is")
  func damagedPages() async throws {
    let fixture = try await closedStation()
    let file = URL(filePath: fixture.folder.database)
    let bytes = try Data(contentsOf: file)
    for start in stride(from: 4_096, to: bytes.count, by: 4_096) {
      var broken = bytes
      broken.replaceSubrange(start..<(start + 16), with: repeatElement(0xFF, count: 16))
      try broken.write(to: file)
      let output = try await verify(fixture)
      #expect(output.status == 1, "byte \(start): \(output.stdout)")
    }
  }

  @Test("an index that parts from its table fails the verification")
  func damagedIndex() async throws {
    let fixture = try await closedStation()
    let file = URL(filePath: fixture.folder.database)
    let bytes = try Data(contentsOf: file)
    // The number stands in events, in tables and in the index by accession numbers, where a book
    // would no longer be found by it.
    let number = Data("TN.00002".utf8)
    var problems: Set<String> = []
    var rest = bytes.startIndex
    while let place = bytes[rest...].firstRange(of: number) {
      var broken = bytes
      broken[place.upperBound - 1] = UInt8(ascii: "9")
      try broken.write(to: file)
      problems.formUnion(try await verify(fixture).stdout.split(separator: "\n").map(String.init))
      rest = place.upperBound
    }
    #expect(
      problems.contains {
        $0.hasPrefix("problem: the database file:") && $0.contains("items_by_accession")
      })
  }

  @Test("a library's name that no host would take is refused at once", arguments: [0, 201])
  func libraryName(length: Int) async throws {
    let folder = try TemporaryFolder()
    let output = try await BuiltProduct.run([
      "station", "init", "--data", folder.url.path, "--station", "TT1-1", "--library-name",
      String(repeating: "x", count: length),
    ])
    #expect(output.status == 64)
    #expect(output.stderr.contains("--library-name takes 1 to 200 bytes"), "\(output.stderr)")
  }

  @Test("a second process on the same folder is turned away, and the first goes on")
  func inUse() async throws {
    let fixture = try await closedStation()
    let station = try await StationProcess.start(fixture)
    let output = try await run(fixture)
    #expect(output.status == 1)
    #expect(output.stderr.contains("Another process serves \(fixture.folder.path)"))
    #expect(try await StationClient(station).get("health").status == 200)
  }

  @Test("a key that can't be used ends the start with its name", arguments: KeyFault.allCases)
  func badKey(fault: KeyFault) async throws {
    let fixture = try await closedStation()
    try fault.inflict(on: fixture.folder.namesKey)
    let output = try await run(fixture)
    #expect(output.status == 1)
    #expect(output.stderr.contains("The key file \(fixture.folder.namesKey)"))
    #expect(output.stderr.contains("Tệp khóa \(fixture.folder.namesKey)"))
  }

  @Test("SIGTERM ends it while a host that never answers is being waited for")
  func stopWithSilentHost() async throws {
    let fixture = try await StationFixture()
    let silent = try SilentListener()
    let key = try VerifyingKey(String(repeating: "0", count: 64))
    try await UplinkSettings(url: "http://127.0.0.1:\(silent.port)", hostKey: key)
      .save(to: fixture.journal)
    try fixture.journal.close()
    let station = try await StationProcess.start(fixture)
    try await silent.waitForCaller()
    let start = ContinuousClock.now
    #expect(await station.stop() == 0)
    // A request to the host may take 30 s; a service manager kills what takes 20 s to end.
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test("a folder that may not be looked into is not taken for an empty one")
  func hiddenFolder() async throws {
    let fixture = try await closedStation()
    let folder = fixture.folder.path
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
    for command in [["station", "run", "--port", "0"], ["host", "run", "--port", "0"]] {
      let output = try await BuiltProduct.runAsNobody(command + ["--data", folder])
      #expect(output.status == 1)
      #expect(output.stderr.contains("may not be looked into"), "\(output.stderr)")
      #expect(output.stderr.contains("Không được xem"))
    }
  }

  @Test("SIGTERM ends it with 0 and merges the log into the database")
  func cleanStop() async throws {
    let fixture = try await closedStation()
    let station = try await StationProcess.start(fixture)
    #expect(
      try await StationClient(station).perform(Act.checkout("TT1.TN.00001", to: 1)).status == 200)
    #expect(await station.stop() == 0)
    #expect(!FileManager.default.fileExists(atPath: fixture.folder.database + "-wal"))
    let output = try await verify(fixture)
    #expect(output.stdout.contains("OK"))
  }

  @Test("the journal of a running station is verified beside it")
  func verifyWhileRunning() async throws {
    let fixture = try await closedStation()
    let station = try await StationProcess.start(fixture)
    let client = StationClient(station)
    #expect(try await client.perform(Act.checkout("TT1.TN.00001", to: 1)).status == 200)
    let output = try await verify(fixture)
    #expect(output.status == 0)
    #expect(output.stdout.contains("OK"))
    #expect(try await client.perform(Act.checkin("TT1.TN.00001")).status == 200)
  }

  @Test("a journal that was changed by hand is found out, and where")
  func tampered() async throws {
    let fixture = try await closedStation()
    let file = URL(filePath: fixture.folder.database)
    var bytes = try Data(contentsOf: file)
    let title = Data("Nhi đồng".utf8)
    while let place = bytes.range(of: title) {
      bytes.replaceSubrange(place, with: Data("Nhì đồng".utf8).prefix(title.count))
    }
    try bytes.write(to: file)
    let output = try await verify(fixture)
    #expect(output.status == 1)
    #expect(output.stdout.contains("the chain's hash does not fit"))
    #expect(output.stdout.contains("problem: event 1."))
    #expect(output.stdout.contains("FAILED"))
  }

  private func closedStation() async throws -> StationFixture {
    let fixture = try await StationFixture()
    try fixture.journal.close()
    return fixture
  }

  private func run(_ fixture: StationFixture, port: Int = 0) async throws -> ChildProcess.Output {
    try await BuiltProduct.run(
      ["station", "run", "--data", fixture.folder.path, "--port", "\(port)"])
  }

  private func verify(_ fixture: StationFixture) async throws -> ChildProcess.Output {
    try await BuiltProduct.run(["journal", "verify", "--data", fixture.folder.path])
  }
}

/// What can be wrong with a key file.
enum KeyFault: CaseIterable {
  case missing, cutShort, openToOthers, folder

  func inflict(on path: String) throws {
    let files = FileManager.default
    switch self {
    case .missing: try files.removeItem(atPath: path)
    case .cutShort: try #require(truncate(path, 31) == 0)
    case .openToOthers: try #require(chmod(path, 0o644) == 0)
    case .folder:
      try files.removeItem(atPath: path)
      try files.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
  }
}
