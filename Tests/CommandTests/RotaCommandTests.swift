import Foundation
import TestSupport
import Testing

@Suite("lienthong rota")
struct RotaCommandTests {
  private let folder: TemporaryFolder
  private let host: String

  init() async throws {
    folder = try TemporaryFolder()
    host = folder.url.appending(path: "host").path
    _ = try await BuiltProduct.run(["host", "init", "--data", host, "--name", "Nhóm Tân Tập"])
  }

  private func run(_ arguments: [String]) async throws -> ChildProcess.Output {
    try await BuiltProduct.run(["rota", arguments[0], "--data", host] + arguments.dropFirst())
  }

  @Test("plans, publishes, amends with a reason, and shows the history")
  func journey() async throws {
    let text = "rota R1\nlibraries TT TT1\nset Truyện\n  kinds TN\n"
    let file = try folder.write(Array(text.utf8), to: "rota.txt").path
    let planned = try await run([
      "plan", "--term", "2026-2027/1", "--weight", "TT=2", file,
    ])
    #expect(planned.status == 0 && planned.stdout == text + "stage 1 2026-2027/1\n")
    #expect(planned.stderr.contains("0 items travel"))

    #expect(try await run(["publish", file]).stdout.contains("revision 1"))
    let unreasoned = try await run(["publish", file])
    #expect(unreasoned.status == 1 && unreasoned.stderr.contains("Give a reason"))
    #expect(try await run(["publish", "--reason", "Thêm", file]).stdout.contains("revision 2"))
    let shown = try await run(["show"])
    #expect(shown.stdout.contains("revision 1") && shown.stdout.contains("Thêm"))
    #expect(shown.stdout.hasSuffix(text))
  }

  @Test("says which line of a file has no meaning, and which part contradicts another")
  func badFiles() async throws {
    let bad = try folder.write(Array("rota R1\nhello\n".utf8), to: "bad.txt").path
    let unread = try await run(["publish", bad])
    #expect(unread.status == 1 && unread.stderr.contains("Line 2"))
    let text = "rota R1\nlibraries TT\nset A\nstage 1 2026-2027/1\nsend A from TT to TT1\n"
    let odd = try folder.write(Array(text.utf8), to: "odd.txt").path
    let refused = try await run(["publish", odd])
    #expect(refused.status == 1 && refused.stderr.contains("TT1"))
  }
}
