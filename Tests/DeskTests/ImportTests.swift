import Circulation
import Desk
import Journal
import Labels
import Ledger
import Lists
import TestSupport
import Testing

@Suite("Imports")
struct ImportTests {
  private let station: StationFixture

  init() async throws {
    station = try await StationFixture()
  }

  private func run(_ text: String, skipping: Bool = false) async throws -> ImportReport {
    try await station.desk.importList(
      Array(text.utf8), skippingRefused: skipping, as: StationFixture.operation())
  }

  @Test("gives new pupils cards, and changes nothing when the list comes again")
  func patrons() async throws {
    let list = "Họ tên,Lớp\nLê Văn An,4A\nLê Văn An,4A\nNguyễn Thị Hoa,3B\n"
    let preview = try await station.desk.previewImport(Array(list.utf8))
    #expect(preview.newCount == 2 && preview.unchangedCount == 1 && !preview.isImported)
    #expect(try await station.desk.roster(of: "4A").isEmpty)
    #expect(try await run(list).isImported)
    let pupils = try await station.desk.roster(of: "4A")
    #expect(pupils.map(\.patron.card.text) == ["P.TT1.00010", "P.TT1.00011"])
    let again = try await run(list)
    #expect(again.newCount == 0 && again.changedCount == 0 && again.unchangedCount == 3)
    #expect(try await station.desk.roster(of: "4A").count == 2)
  }

  @Test("adds what titles are about, once, and takes nothing away without the column")
  func subjects() async throws {
    let plain = "Số ĐKCB,Nhan đề,Loại\nTK.00031,Toán 3,STK\nTK.00032,Toán 3,STK\n"
    #expect(try await run(plain).newCount == 2)
    let list = "Số ĐKCB,Nhan đề,Loại,Chủ đề\nTK.00031,Toán 3,STK,Toán\nTK.00032,Toán 3,STK,\n"
    let report = try await run(list)
    #expect(report.isImported && report.changedCount == 1 && report.renamedCount == 0)
    #expect(report.unchangedCount == 1)
    #expect(report.changes.map(\.after.subjects.list) == ["Toán"])
    for text in [list, plain] {
      let again = try await run(text)
      #expect(again.changedCount == 0 && again.unchangedCount == 2)
    }
    let records = try await station.journal.read { try $0.records(matching: "toan 3", limit: 5) }
    #expect(records.map(\.subjects.words) == [["Toán"]])
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("moves a known card to another class, and refuses a card twice or of another")
  func cards() async throws {
    let (first, second) = (
      try CardNumber(library: station.desk.library, serial: 1),
      try CardNumber(library: station.desk.library, serial: 700)
    )
    try await station.perform(
      .replaceCard(card: first.label, newCard: second.label))
    let list = """
      Họ tên,Lớp,Số thẻ
      Nguyễn Thị Hoa,4B,\(first.label)
      Ai Đó,4B,\(second.label)
      Bạn Một,4B,P.TT1.00801-\(try check(801))
      Bạn Hai,4B,P.TT1.00801-\(try check(801))
      """
    let report = try await run(list)
    #expect(!report.isImported && report.changedCount == 1)
    #expect(report.problems.map(\.line) == [3, 4, 5])
    // Each of two equal cards names the other's row.
    #expect(
      report.problems.map(\.reason) == [.inUse, .duplicate(line: 5), .duplicate(line: 4)])
    #expect(try await station.desk.roster(of: "4B").isEmpty)
    let skipped = try await run(list, skipping: true)
    #expect(skipped.isImported && skipped.refusedRowCount == 3)
    #expect(try await station.desk.roster(of: "4B").map(\.name) == ["Nguyễn Thị Hoa"])
  }

  @Test("shows what a list changes, old and new, and first what gives a card another name")
  func changes() async throws {
    let cards = try [1, 2, 9].map { try CardNumber(library: station.desk.library, serial: $0) }
    let list = """
      Họ tên,Lớp,Số thẻ,Đối tượng
      Nguyễn Thị Hoa,4B,\(cards[0].label),
      Lê Thị Mai,,\(cards[1].label),Giáo viên
      Trần Văn Đức,3B,\(cards[2].label),
      """
    let report = try await station.desk.previewImport(Array(list.utf8))
    #expect(report.changedCount == 3 && report.renamedCount == 2)
    #expect(report.changes.map(\.line) == [3, 4, 2])
    #expect(report.changes.map(\.number) == [cards[1].text, cards[2].text, cards[0].text])
    let slipped = try #require(report.changes.first)
    #expect(slipped.before?.name == "Trần Văn Đức" && slipped.after.name == "Lê Thị Mai")
    #expect(slipped.before?.patronKind == .pupil && slipped.after.patronKind == .teacher)
    let moved = try #require(report.changes.last)
    #expect(!moved.isRenaming)
    #expect(moved.before?.schoolClass?.text == "3B" && moved.after.schoolClass?.text == "4B")
  }

  @Test("shows no more changes than a limit, and counts them all")
  func manyChanges() async throws {
    let cards = try (1_001...1_150).map {
      try CardNumber(library: station.desk.library, serial: $0).label
    }
    func list(_ schoolClass: String, _ last: String) -> String {
      "Họ tên,Lớp,Số thẻ\n"
        + cards.map { "Lê \($0 == cards.last ? last : "An"),\(schoolClass),\($0)" }
        .joined(separator: "\n")
    }
    _ = try await run(list("4A", "An"))
    let report = try await run(list("5A", "Bình"))
    #expect(report.isImported && report.changedCount == 150 && report.renamedCount == 1)
    #expect(report.changes.count == ListLimits.shownChanges)
    #expect(report.changes.prefix(2).map(\.line) == [151, 2])
  }

  private func check(_ serial: Int) throws -> Character {
    try #require(try CardNumber(library: station.desk.library, serial: serial).label.last)
  }

  @Test("imports nothing while one row is wrong")
  func nothingHalf() async throws {
    let head = try await station.journal.head()
    let patrons = try await run("Họ tên,Lớp\nLê An,4A\nNguyÔn V¨n §øc,4A\n")
    #expect(!patrons.isImported && patrons.problems.map(\.reason) == [.legacyFont])
    let items = try await run("Số ĐKCB,Nhan đề\nTK.00001,Sách\nTK.00002,\n")
    #expect(!items.isImported && items.problems.map(\.reason) == [.missing])
    #expect(try await station.journal.head() == head)
    #expect(try await station.desk.roster(of: "4A").isEmpty)
  }

  @Test(
    "registers items as facts, one record for all copies of a title, and gives strangers theirs")
  func items() async throws {
    let stranger = try await station.perform(
      .registerFound(item: "TK.00003", homeLibrary: nil))
    let list = """
      Số ĐKCB;Nhan đề;Tác giả;Loại
      TK.00001;Đất rừng phương Nam;Đoàn Giỏi;STK
      TK-00002;Đất rừng phương Nam;Đoàn Giỏi;STK
      TK.00003;Góc sân và khoảng trời;Trần Đăng Khoa;Sách thiếu nhi
      """
    let report = try await run(list)
    #expect(report.isImported && report.newCount == 2 && report.changedCount == 1)
    let named = try #require(report.changes.first)
    #expect(named.before == nil && named.after.name == "Góc sân và khoảng trời")
    let found = try await station.desk.titles(matching: "rung dat")
    #expect(found.map(\.copies.count) == [2])
    let item = try #require(stranger.item?.item)
    let summaries = try await station.desk.summaries(of: [item])
    #expect(summaries.map(\.title) == ["Góc sân và khoảng trời"])
    let again = try await run(list)
    #expect(again.unchangedCount == 3 && again.newCount == 0)
    let clash = try await run("Số ĐKCB,Nhan đề\nTK.00001,Sách khác\nTN.00099,Mới\nTN.00099,Mới")
    #expect(clash.problems.map(\.reason) == [.inUse, .duplicate(line: 3)])
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("promotes once a year; the last grade leaves its class and keeps its loans")
  func promotion() async throws {
    _ = try await run("Họ tên,Lớp\nLê An,1A\nLê Bình,2A\nLê Chi,5C\n")
    let leaver = try #require(try await station.desk.roster(of: "5C").first)
    let item = try ItemID("TT1.TN.00001")
    let card = leaver.patron.card.label
    try await station.perform(.checkout(item: item.label, card: card, overrideReason: nil))
    let preview = try await station.desk.promotion()
    #expect(preview.map { $0.to?.text } == ["2A", "3A", "4B", nil])
    #expect(preview.last?.from.withLoans == 1)
    _ = try await station.desk.promote(as: StationFixture.operation())
    #expect(try await station.desk.roster(of: "2A").map(\.name) == ["Lê An"])
    #expect(try await station.desk.roster(of: "3A").map(\.name) == ["Lê Bình"])
    #expect(try await station.desk.roster(of: "4B").count == 2)
    guard case .patron(let patron) = try await station.desk.recognise(ScannedCode(text: card))
    else {
      Issue.record("the card is lost")
      return
    }
    #expect(patron.patron.schoolClass == nil && patron.loans.map(\.item) == [item])
    await #expect(throws: DeskError.promotedRecently(on: TestClock.mondayInTerm)) {
      _ = try await station.desk.promote(as: StationFixture.operation())
    }
    station.clock.advance(days: 365)
    _ = try await station.desk.promote(as: StationFixture.operation())
    #expect(try await station.desk.roster(of: "3A").map(\.name) == ["Lê An"])
  }

  @Test("takes a school's lists, and finds people and books in them")
  func school() async throws {
    let given = ["An", "Bình", "Chi", "Dương", "Đức", "Hoa", "Nguyên", "Phúc", "Quỳnh", "Ước"]
    let pupils = (0..<2_000).map { index in
      "Nguyễn Văn \(given[index % 10]),\(1 + index / 400)\(["A", "B", "C", "D"][index / 100 % 4])"
    }
    let patrons = try await run("Họ tên,Lớp\n" + pupils.joined(separator: "\n"))
    #expect(patrons.newCount == 2_000)
    let books = (0..<12_000).map { index in
      "TK.\(String(100_000 + index).dropFirst()),Sách số \(index / 4) về \(given[index % 7])"
    }
    let items = try await run("Số ĐKCB,Nhan đề\n" + books.joined(separator: "\n"))
    #expect(items.newCount == 12_000)
    #expect(try await station.desk.patrons(matching: "duong ngu").count == 20)
    #expect(try await station.desk.titles(matching: "duong sa").count == 20)
    #expect(try await station.journal.verify().problems == [])
  }
}
