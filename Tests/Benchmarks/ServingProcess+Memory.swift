import Foundation
import Journal
import TestSupport

extension ServingProcess {
  /// The built `lienthong station run` on a folder, at a free port.
  static func station(_ folder: DataFolder) async throws -> ServingProcess {
    try await ServingProcess(["station", "run", "--data", folder.path, "--port", "0"])
  }

  /// Resident memory in megabytes, as the kernel counts it.
  func residentMegabytes() throws -> Double {
    try Self.megabytes("VmRSS:", of: "\(processID)")
  }

  /// The most resident memory so far, in megabytes.
  func peakMegabytes() throws -> Double {
    try Self.megabytes("VmHWM:", of: "\(processID)")
  }

  /// A figure of this process, such as `VmHWM:`, in megabytes.
  static func ownMegabytes(_ name: String) throws -> Double {
    try megabytes(name, of: "self")
  }

  /// Lets this process's peak, `VmHWM:`, begin anew at what it has now.
  static func forgetPeak() {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }

  private static func megabytes(_ name: String, of process: String) throws -> Double {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) }
    return (kilobytes ?? 0) / 1_024
  }
}
