import Foundation
import Journal
import TestSupport

/// The built `lienthong station run` on a folder, at a free port.
final class RunningStation: Sendable {
  /// For example `http://127.0.0.1:40123/`.
  let address: String
  let pid: Int32

  struct DidNotStart: Error {
    let output: String
  }

  init(_ folder: DataFolder) async throws {
    let log = folder.path + ".log"
    try Data().write(to: URL(filePath: log))
    let process = Process()
    process.executableURL = try BuiltProduct.url()
    process.arguments = ["station", "run", "--data", folder.path, "--port", "0"]
    process.standardOutput = FileHandle(forWritingAtPath: log)
    try process.run()
    pid = process.processIdentifier
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      let output = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      if let start = output.range(of: "http://"), output.hasSuffix("\n") {
        address = output[start.lowerBound...].trimmingCharacters(in: .newlines)
        return
      }
      try await Task.sleep(for: .milliseconds(2))
    }
    throw DidNotStart(output: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
  }

  /// Resident memory in megabytes, as the kernel counts it.
  func residentMegabytes() throws -> Double {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) }
    return (kilobytes ?? 0) / 1_024
  }

  func stop() {
    kill(pid, SIGKILL)
  }
}
