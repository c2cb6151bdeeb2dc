import Foundation
import Journal
import TestSupport

/// The built station, serving a fixture's folder inside the lab.
final class LabStation: Sendable {
  /// Where it is, such as `http://127.0.0.1:40123/`.
  let address: String
  private let process: SpawnedProcess
  private let folder: TemporaryFolder

  private init(_ fixture: StationFixture) async throws {
    folder = try TemporaryFolder()
    let log = folder.file("log")
    process = try SpawnedProcess(
      BuiltProduct.url(), ["station", "run", "--data", fixture.folder.path, "--port", "0"],
      output: log, errors: log)
    address = try await Patience.find("the station's address") {
      let words = try String(contentsOf: log, encoding: .utf8).split { $0.isWhitespace }
      return words.first { $0.hasPrefix("http://") && $0.hasSuffix("/") }.map(String.init)
    }
  }

  /// Serves while `body` runs; prints the station's log where that fails.
  static func serve(
    _ fixture: StationFixture, _ body: (LabStation) async throws -> Void
  ) async throws {
    let station = try await LabStation(fixture)
    do {
      try await body(station)
    } catch {
      DeviceLab.say((try? String(contentsOf: station.folder.file("log"), encoding: .utf8)) ?? "")
      throw error
    }
    station.process.send(SIGTERM)
    let status = try await Patience.find("the station's end") { station.process.status }
    guard status == 0 else { throw LabFailure("the station ended with status \(status)") }
    DeviceLab.say("ok: the station ended cleanly")
  }
}
