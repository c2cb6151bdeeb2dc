import Circulation
import Desk
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@Suite("Whole classes")
struct ClassLoanTests {
  private let station: StationFixture

  init() async throws {
    station = try await StationFixture()
    try await station.journal.register(Self.pupils())
  }

  /// Thirty pupils of 4A whose names come in no order.
  private static func pupils() throws -> [PatronRegistration] {
    let given = ["Yến", "Ánh", "Đạt", "Dung", "Ân", "Bình", "Êm", "Hoa", "Khôi", "Ơn"]
    return try (0..<30).map { index in
      let card = try CardNumber(library: LibraryCode("TT1"), serial: 100 + index)
      return PatronRegistration(
        patron: Patron(card: card, kind: .pupil, schoolClass: SchoolClass("4A")),
        name: "Học Sinh \(given[index % 10])")
    }
  }

  private func registerItems(_ count: Int, record: String = "TT.1") async throws -> [ItemID] {
    let library = station.desk.library
    let id = try #require(RecordID(record))
    let items = try (0..<count).map { try ItemID("TT1.TN.\(20_000 + $0)") }
    try await station.journal.recordAll(
      items.enumerated().map { index, item in
        (
          OperationID(high: 8, low: UInt64(index)),
          .itemRegistered(ItemRegistration(item: item, record: id, library: library))
        )
      })
    return items
  }

  @Test("lists a class by the last word of the name")
  func roster() async throws {
    let names = try await station.desk.roster(of: "4A").map(\.name)
    #expect(names.count == 30)
    #expect(
      names.first == "Học Sinh Ánh" && names[3] == "Học Sinh Ân" && names.last == "Học Sinh Yến")
    #expect(names.firstIndex(of: "Học Sinh Dung") ?? 0 < names.firstIndex(of: "Học Sinh Đạt") ?? 0)
    await #expect(throws: DeskError.badClass("4a?")) {
      try await station.desk.roster(of: "4a?")
    }
  }

  @Test("lends a class of thirty by thirty scans in turn and takes the pile back in any order")
  func wholeClass() async throws {
    let items = try await registerItems(30)
    let pupils = try await station.desk.roster(of: "4A")
    for (pupil, item) in zip(pupils, items) {
      let outcome = try await station.perform(
        .checkout(item: item.label, card: pupil.patron.card.label, overrideReason: nil))
      #expect(outcome.patron?.patron == pupil.patron)
    }
    #expect(try await station.desk.roster(of: "4A").allSatisfy { $0.loanCount == 1 })
    var generator = SeededGenerator(seed: 3)
    for item in items.shuffled(using: &generator) {
      try await station.perform(.checkin(item: item.label))
    }
    #expect(try await station.desk.roster(of: "4A").allSatisfy { $0.loanCount == 0 })
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("hands out a set: one of each title to every pupil, due at the end of the school year")
  func set() async throws {
    try await station.desk.save(
      set: "SGK-4", name: "Sách lớp 4", records: ["TT.1", "TT.2"],
      as: StationFixture.operation())
    let items = try await registerItems(2)
    let pupil = try #require(try await station.desk.roster(of: "4A", set: "SGK-4").first)
    #expect(pupil.missing.map(\.title) == ["Dế Mèn phiêu lưu ký", "Tiếng Việt 3, tập một"])
    let card = pupil.patron.card.label
    func give(_ item: ItemID) async throws -> Outcome {
      try await station.perform(.checkoutOfSet(item: item.label, card: card, set: "SGK-4"))
    }
    let outcome = try await give(items[0])
    #expect(outcome.item?.due == (try SchoolDay(year: 2027, month: 5, day: 28)))
    await #expect(throws: Refusal.hasTitleAlready(items[1])) { try await give(items[1]) }
    let stranger = try ItemID("TT1.BTC.00001")
    await #expect(throws: Refusal.notInSet(stranger)) { try await give(stranger) }
    _ = try await give(try ItemID("TT1.SGK.00001"))
    let after = try await station.desk.roster(of: "4A", set: "SGK-4").first
    #expect(after?.missing.isEmpty == true && after?.loanCount == 2)
    await #expect(throws: DeskError.noSuchSet("X")) {
      try await station.desk.roster(of: "4A", set: "X")
    }
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("hands out no title that is for reading here, though a set has it")
  func onSiteSet() async throws {
    try await station.desk.save(
      set: "A", name: "B", records: ["TT.3", "TT.4"], as: StationFixture.operation())
    let card = try #require(try await station.desk.roster(of: "3B").first).patron.card.label
    for id in ["TT1.BTC.00001", "TT1.STK.00001"] {
      let item = try ItemID(id)
      await #expect(throws: Refusal.onSiteOnly(item)) {
        try await station.perform(.checkoutOfSet(item: item.label, card: card, set: "A"))
      }
    }
  }

  @Test("keeps sets of known titles only, each once")
  func badSets() async throws {
    for records in [[], ["TT.1", "TT.1"], ["nobody"], ["TT.1 "]] {
      await #expect(throws: DeskError.badSet) {
        try await station.desk.save(
          set: "A", name: "B", records: records, as: StationFixture.operation())
      }
    }
    try await station.desk.save(
      set: "A", name: "B", records: ["TT.1"], as: StationFixture.operation())
    #expect(try await station.desk.titleSets().map(\.set.id) == ["A"])
    try await station.desk.remove(set: "A", as: StationFixture.operation())
    #expect(try await station.desk.titleSets().isEmpty)
  }

  @Test("counts today's readings by class and kind, without names")
  func readings() async throws {
    for (kind, schoolClass) in [(MaterialKind.children, "4A"), (.map, "4A"), (.children, "3B")] {
      try await station.perform(
        .readOnSite(item: nil, kind: kind, schoolClass: schoolClass, count: 2))
    }
    try await station.perform(
      .readOnSite(item: nil, kind: .children, schoolClass: "4A", count: 1))
    let counts = try await station.desk.readingsToday()
    #expect(counts.map(\.count) == [2, 2, 3])
    #expect(counts.map { $0.key.schoolClass?.text } == ["3B", "4A", "4A"])
  }

  @Test("finds patrons by the start of any word, typed without marks")
  func patrons() async throws {
    #expect(try await station.desk.patrons(matching: "duc").map(\.name) == ["Trần Văn Đức"])
    #expect(try await station.desk.patrons(matching: "ngu ho").map(\.name) == ["Nguyễn Thị Hoa"])
    #expect(try await station.desk.patrons(matching: "uyen").isEmpty)
    #expect(try await station.desk.patrons(matching: " ").isEmpty)
    #expect(try await station.desk.patrons(matching: "hoc", limit: 5).count == 5)
  }
}
