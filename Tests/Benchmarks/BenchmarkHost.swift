import Exchange
import Journal
import Ledger
import Registry
import StationServer
import TestSupport

/// A host with its books in SQLite on a real disk, which the built program serves.
struct BenchmarkHost {
  let folder: HostFolder
  let key: SigningKey

  init(in parent: BenchmarkFolder) throws {
    folder = HostFolder(path: parent.path + "/host")
    try folder.create()
    key = try SigningKey(bytes: KeyFile(path: folder.signingKey, creating: true).bytes)
    try SQLiteRegistryStore.create(in: folder, groupName: "benchmark").close()
  }

  /// Pins keys to stations, while nobody serves the host.
  func enrol(_ enrolments: [Enrolment]) async throws {
    let store = try SQLiteRegistryStore(folder: folder)
    let registry = GroupRegistry(store: store, key: key)
    for enrolment in enrolments { try await registry.enrol(enrolment) }
    try store.close()
  }

  func enrol(_ journal: Journal) async throws {
    let stationKey = try StationKeys(folder: journal.folder).key(of: .first)
    try await enrol([
      Enrolment(
        station: journal.station, libraryName: "\(journal.station.library)",
        key: stationKey.verifyingKey)
    ])
  }

  func serve() async throws -> ServingProcess {
    try await ServingProcess(["host", "run", "--data", folder.path, "--port", "0"])
  }

  /// What a station has to know of the host as it is served.
  func settings(at serving: ServingProcess) throws -> UplinkSettings {
    try UplinkSettings(url: serving.address, hostKey: key.verifyingKey)
  }

  /// A station could not carry its events to the host, or take the feed in.
  private struct DidNotSync: Error {
    let output: String
  }

  /// Runs the built `lienthong sync` on a station's folder, and gives the seconds that it took.
  static func seconds(toSync folder: DataFolder) async throws -> Double {
    let start = ContinuousClock.now
    let output = try await BuiltProduct.run(["sync", "--data", folder.path])
    let seconds = (ContinuousClock.now - start).seconds
    guard output.status == 0 else { throw DidNotSync(output: output.stderr) }
    return seconds
  }
}
