import Foundation
import Journal
import Ledger
import Rotation
import TestSupport
import Testing

@Suite("lienthong box open and lienthong minutes stage")
struct StageCommandTests {
  @Test("open a box for a stage, and tell what stands in the way of its minutes")
  func stage() async throws {
    let station = try await StationFixture()
    try await station.journal.hear(
      of: try RotaText.rota(
        """
        rota R1
        libraries TT TT1
        set Truyện
          kinds TN
        stage 1 2026-2027/1
          send Truyện from TT1 to TT
        """))
    try station.journal.close()
    let data = station.folder.path
    let opened = try await BuiltProduct.run([
      "box", "open", "--data", data, "--to", "TT", "--stage", "R1/1", "B.TT1.0001",
    ])
    #expect(opened.status == 0 && opened.stdout.contains("stage R1/1"))
    let outside = try await BuiltProduct.run([
      "box", "open", "--data", data, "--to", "TT", "--stage", "none", "B.TT1.0002",
    ])
    #expect(outside.status == 0 && !outside.stdout.contains("stage"))
    let unknown = try await BuiltProduct.run([
      "box", "open", "--data", data, "--to", "TT", "--stage", "R1/2", "B.TT1.0003",
    ])
    #expect(unknown.status == 1 && unknown.stderr.contains("No rota has a stage R1/2"))

    let minutes = ["minutes", "stage", "--data", data, "--output", data + "/bien-ban.pdf"]
    let early = try await BuiltProduct.run(minutes + ["--to", "TT", "R1/1"])
    #expect(early.status == 1 && early.stderr.contains("No box of stage R1/1"))
    #expect(try await BuiltProduct.run(minutes + ["R1/1"]).status == 64)
    #expect(try await BuiltProduct.run(minutes + ["--to", "TT", "R1"]).status == 64)
  }
}
