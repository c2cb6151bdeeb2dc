import Circulation
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

@Suite("A rota as text")
struct RotaTextTests {
  private static let text = """
    rota 2026-TT
    libraries TT TT1
    set Truyện thiếu nhi
      kinds BTC TN
      grades 3-5
      subjects tieng viet, toan
      stays
    set Sách thi đọc
      items TT.TN.00001 TT.TN.00002
    set Còn lại
    stage 1 2026-2027/1
      send Truyện thiếu nhi from TT to TT1 up to 50
      send Sách thi đọc from TT1 to TT
    stage 2 2026-2027/2

    """

  @Test("is written as it was read, and says what it says")
  func roundTrip() throws {
    let rota = try RotaText.rota(Self.text)
    #expect(RotaText.text(of: rota) == Self.text)
    #expect(rota.id.text == "2026-TT" && rota.libraries.count == 2)
    #expect(rota.sets.map(\.name) == ["Truyện thiếu nhi", "Sách thi đọc", "Còn lại"])
    #expect(rota.sets.map(\.goesHome) == [false, true, true])
    guard case .chosen(let criteria) = rota.sets[0].contents else {
      Issue.record("no rule")
      return
    }
    #expect(criteria.kinds == [.children, .periodical] && criteria.grades == 3...5)
    #expect(criteria.subjects == ["toan", "tieng viet"])
    #expect(rota.stages.map(\.routes.count) == [2, 0])
    #expect(rota.stages[0].routes.map(\.limit) == [50, nil])
    #expect(rota.stages[1].term.description == "2026-2027/2")
  }

  @Test("may have notes, blank lines and any indent, and single grades")
  func lenient() throws {
    let rota = try RotaText.rota(
      "# kế hoạch\n\nrota R1 # tên\n  libraries TT\nset A\n grades 4\n")
    #expect(RotaText.text(of: rota) == "rota R1\nlibraries TT\nset A\n  grades 4-4\n")
  }

  @Test(
    "says which line has no meaning",
    arguments: [
      ("rota", 1), ("rota r1", 1), ("rota R1\nrota R2", 2), ("rota R1\nlibraries", 2),
      ("rota R1\nlibraries tt!", 2), ("rota R1\nkinds TN", 2), ("rota R1\nset A\nkinds XX", 3),
      ("rota R1\nset A\ngrades 5-3", 3), ("rota R1\nset A\ngrades 0-3", 3),
      ("rota R1\nset A\nitems TT.TN.00001\nkinds TN", 4), ("rota R1\nset A\nitems x", 3),
      ("rota R1\nstage 1", 2), ("rota R1\nstage 1 2026/1", 2),
      ("rota R1\nsend A from TT to TT1", 2),
      ("rota R1\nstage 1 2026-2027/1\nsend A from TT", 3),
      ("rota R1\nstage 1 2026-2027/1\nsend A from TT to TT1 up to x", 3), ("rota R1\nhello", 2),
    ])
  func badLine(text: String, line: Int) {
    #expect(throws: RotaTextError.badLine(line)) { try RotaText.rota(text) }
  }

  @Test("needs a name, and has a limit")
  func bounds() {
    #expect(throws: RotaTextError.incomplete) { try RotaText.rota("libraries TT") }
    let long = String(repeating: "#\n", count: RotaText.longest)
    #expect(throws: RotaTextError.tooLong) { try RotaText.rota(long) }
    for error in [RotaTextError.badLine(3), .incomplete, .tooLong] {
      #expect(error.words(in: .vietnamese) != error.words(in: .english))
    }
  }

  @Test("travels in the feed, the latest revision alone")
  func entry() throws {
    let published = PublishedRota(
      rota: try RotaText.rota(Self.text), revision: 3, wallMilliseconds: 1_789_500_000_000,
      reason: "Thêm sách")
    let content = FeedContent.rota(published)
    #expect(content.rank == 3 && content.name.key == "2026-TT" && content.name.library == nil)
    #expect(try FeedContent(FeedEntry(encoded: content.entry.encoded[...])) == content)
  }
}
