import Foundation
import Journal
import TestSupport
import Testing

@Suite("lienthong station and lienthong journal")
struct StationCommandTests {
  private let folder: TemporaryFolder
  private var data: String { folder.file("data").path }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func make() async throws -> ChildProcess.Output {
    try await BuiltProduct.run([
      "station", "init", "--data", data, "--station", "TT1-1", "--library-name", "Tân Tập 1",
    ])
  }

  @Test("sets a station up with keys that nobody else can read, and says how to run it")
  func initialise() async throws {
    let output = try await make()
    #expect(output.status == 0)
    #expect(output.stdout.contains("lienthong station run --data"))
    for key in ["station.key", "names.key"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(data)/\(key)")
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(attributes[.size] as? Int == 32)
    }
  }

  @Test("does not set up a station over another")
  func initialiseTwice() async throws {
    _ = try await make()
    let key = try Data(contentsOf: URL(filePath: "\(data)/station.key"))
    let second = try await make()
    #expect(second.status == 1)
    #expect(second.stderr.contains("holds a station already"))
    #expect(try Data(contentsOf: URL(filePath: "\(data)/station.key")) == key)
  }

  @Test("refuses a station's name that is none")
  func badStation() async throws {
    let output = try await BuiltProduct.run([
      "station", "init", "--data", data, "--station", "TT1", "--library-name", "Tân Tập 1",
    ])
    #expect(output.status == 64)
    #expect(!FileManager.default.fileExists(atPath: data))
  }

  @Test(
    "says in both languages that a folder holds no station",
    arguments: [
      ["station", "run", "--port", "0"], ["journal", "verify"],
    ])
  func noStation(command: [String]) async throws {
    let output = try await BuiltProduct.run(command + ["--data", data])
    #expect(output.status == 1)
    #expect(output.stderr.contains("chưa có trạm"))
    #expect(output.stderr.contains("holds no station"))
  }

  @Test("verifies a journal and prints what it holds")
  func verify() async throws {
    let fixture = try await StationFixture()
    let path = fixture.folder.path
    let sound = try await BuiltProduct.run(["journal", "verify", "--data", path])
    #expect(sound.status == 0)
    #expect(sound.stdout.contains("items: 14\n"))
    #expect(sound.stdout.contains("  shelf:TT1: 14\n"))
    #expect(sound.stdout.hasSuffix("OK: the events, the tables and the custody sums agree\n"))
  }

  @Test("serves until SIGTERM and ends with 0; one process at a time may have a folder or a port")
  func run() async throws {
    _ = try await make()
    let station = try await ServingProcess(["station", "run", "--data", data, "--port", "0"])
    let sameFolder = try await BuiltProduct.run(
      ["station", "run", "--data", data, "--port", "0"])
    #expect(sameFolder.status == 1)
    #expect(sameFolder.stderr.contains("Another process serves"))

    let other = folder.file("other").path
    _ = try await BuiltProduct.run([
      "station", "init", "--data", other, "--station", "TT-1", "--library-name", "Tân Tập",
    ])
    let samePort = try await BuiltProduct.run(
      ["station", "run", "--data", other, "--port", "\(station.port)"])
    #expect(samePort.status == 1)
    #expect(samePort.stderr.contains("Port \(station.port) is in use by another program."))
    #expect(samePort.stderr.contains("--port"))

    #expect(await station.stop() == 0)
  }

  @Test("makes no new key where a station is that has lost its own")
  func lostKey() async throws {
    _ = try await make()
    let key = data + "/station.key"
    try FileManager.default.removeItem(atPath: key)
    #expect(try await make().status == 1)
    #expect(!FileManager.default.fileExists(atPath: key))
  }

  @Test("refuses an address that the machine does not have", arguments: ["203.0.113.1", "no host"])
  func noSuchAddress(address: String) async throws {
    _ = try await make()
    let output = try await BuiltProduct.run(
      ["station", "run", "--data", data, "--port", "0", "--bind", address])
    #expect(output.status == 1)
    #expect(output.stderr.contains("This machine has no address \(address)."))
  }
}
