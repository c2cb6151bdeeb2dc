import Foundation
import TestSupport

/// Scans through real drivers, inside the virtual machine that Devices/lab/run starts.
///
/// Each step prints a line that begins with `ok`; the first that fails ends the run with status 1.
@main
enum DeviceLab {
  static func main() async {
    do {
      try await Scenario().play()
      say("LAB PASSED")
    } catch {
      say("LAB FAILED: \(error)")
      exit(1)
    }
  }

  /// Writes a line at once: the machine may be switched off right after.
  static func say(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
  }
}

/// What did not come true in the lab.
struct LabFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Waits for something to come true.
enum Patience {
  /// Software emulation is slow: what takes a second on a real machine may take ten here.
  static let usual = Duration.seconds(60)

  /// Looking costs an emulated processor a lot, and takes it from what is waited for.
  private static let pause = Duration.milliseconds(150)

  /// Looks again and again until `look` finds something; throws, naming `what`, when it does not.
  @discardableResult
  static func find<Found>(
    _ what: String, within time: Duration = usual, _ look: () async throws -> Found?
  ) async throws -> Found {
    let deadline = ContinuousClock.now + time
    while ContinuousClock.now < deadline {
      if let found = try await look() { return found }
      try await Task.sleep(for: pause)
    }
    throw LabFailure("\(what): not within \(time)")
  }
}
