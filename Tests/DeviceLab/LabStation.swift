import Foundation
import TestSupport

/// The built station, serving a fixture's folder inside the lab.
enum LabStation {
  /// Serves while `body` runs; prints the station's log where that fails.
  static func serve(
    _ fixture: StationFixture, _ body: (ServingProcess) async throws -> Void
  ) async throws {
    let station = try await ServingProcess([
      "station", "run", "--data", fixture.folder.path, "--port", "0",
    ])
    do {
      try await body(station)
      let status = await station.stop()
      guard status == 0 else { throw LabFailure("the station ended with status \(status)") }
      DeviceLab.say("ok: the station ended cleanly")
    } catch {
      DeviceLab.say((try? station.log()) ?? "")
      await station.kill()
      throw error
    }
  }
}
