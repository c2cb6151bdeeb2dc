import Foundation
import TestSupport

extension StationProcess {
  /// The most memory that the process has had resident, in bytes.
  func peakMemory() throws -> Int { try memory("VmHWM") }

  /// The memory that the process has resident, in bytes.
  func residentMemory() throws -> Int { try memory("VmRSS") }

  /// A field of `/proc/PID/status`, which the kernel gives in KiB.
  private func memory(_ field: String) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }
    guard let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return kibibytes * 1_024
  }
}
