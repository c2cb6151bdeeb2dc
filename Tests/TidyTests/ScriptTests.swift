import Foundation
import Testing

@Suite("The shell scripts")
struct ScriptTests {
  @Test("are read by bash without a complaint, may be run, and stop at the first failure")
  func syntax() throws {
    let tree = try SourceTree.repository.get()
    let scripts = tree.files.filter(\.isShellScript)
    #expect(scripts.contains { $0.path == "Devices/setup" })
    for script in scripts {
      let path = tree.root.appending(path: script.path).path
      let complaint = try complaintOfBash(about: path)
      #expect(complaint.isEmpty, "\(script.path)")
      #expect(FileManager.default.isExecutableFile(atPath: path), "\(script.path)")
      #expect(script.text.contains("set -euo pipefail"), "\(script.path)")
    }
  }

  /// Returns what `bash -n`, which runs nothing, says about a script.
  private func complaintOfBash(about path: String) throws -> String {
    let bash = Process()
    let complaints = Pipe()
    bash.executableURL = URL(filePath: "/bin/bash")
    bash.arguments = ["-n", path]
    bash.standardError = complaints
    try bash.run()
    let text = try complaints.fileHandleForReading.readToEnd() ?? Data()
    bash.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }
}
