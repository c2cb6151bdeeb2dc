import Foundation
import Journal
import TestSupport

extension ServingProcess {
  /// The built `lienthong station run` on a folder, at a free port.
  static func station(_ folder: DataFolder) async throws -> ServingProcess {
    try await ServingProcess(["station", "run", "--data", folder.path, "--port", "0"])
  }

  /// Resident memory in megabytes, as the kernel counts it.
  func residentMegabytes() throws -> Double { try megabytes(of: "VmRSS:") }

  /// The most resident memory so far, in megabytes.
  func peakMegabytes() throws -> Double { try megabytes(of: "VmHWM:") }

  private func megabytes(of name: String) throws -> Double {
    let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) }
    return (kilobytes ?? 0) / 1_024
  }
}
