import Foundation
import TestSupport
import Testing

@Suite("The shell scripts")
struct ScriptTests {
  @Test("are read by bash without a complaint, may be run, and stop at the first failure")
  func syntax() async throws {
    let tree = try SourceTree.repository.get()
    let scripts = tree.files.filter(\.isShellScript)
    #expect(scripts.contains { $0.path == "Devices/setup" })
    for script in scripts {
      let path = tree.root.appending(path: script.path).path
      let complaint = try await complaintOfBash(about: path)
      #expect(complaint.isEmpty, "\(script.path)")
      #expect(FileManager.default.isExecutableFile(atPath: path), "\(script.path)")
      #expect(script.text.contains("set -euo pipefail"), "\(script.path)")
    }
  }

  /// Returns what `bash -n`, which runs nothing, says about a script.
  private func complaintOfBash(about path: String) async throws -> String {
    try await ChildProcess.run(URL(filePath: "/bin/bash"), ["-n", path]).stderr
  }
}
