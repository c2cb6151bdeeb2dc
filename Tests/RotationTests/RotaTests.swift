import Circulation
import Labels
import Testing

@testable import Rotation

@Suite("A rota")
struct RotaTests {
  private let one: LibraryCode
  private let two: LibraryCode
  private let rota: Rota
  private let today = SchoolDay(number: 20_710)

  init() throws {
    one = try Sample.library("TT")
    two = try Sample.library("TT1")
    let first = try Self.term(1)
    let second = try Self.term(2)
    rota = Rota(
      id: try #require(RotaID("2026-TT")), libraries: [one, two],
      sets: [
        ItemSet(
          name: "Truyện lớp 3", contents: .chosen(SetCriteria(kinds: [.children], grades: 3...3))),
        ItemSet(name: "Từ điển", contents: .listed([try Sample.item(1)])),
      ],
      stages: [
        Stage(number: 1, term: first, routes: [Route(set: "Truyện lớp 3", from: one, to: two)]),
        Stage(number: 2, term: second, routes: [Route(set: "Truyện lớp 3", from: two, to: one)]),
      ])
  }

  static func term(_ semester: Int) throws -> Term {
    try #require(Term(year: SchoolYear(start: 2_026), semester: semester))
  }

  @Test("without a fault has no conflict")
  func sound() {
    #expect(rota.conflicts.isEmpty)
  }

  @Test("names every conflict, with what to change")
  func conflicts() throws {
    let stranger = try Sample.library("XX")
    let item = try Sample.item(1)
    var bad = rota
    bad.sets.append(ItemSet(name: "Từ điển", contents: .listed([item])))
    bad.sets.append(ItemSet(name: "", contents: .listed([])))
    bad.sets.append(ItemSet(name: "Mọi sách", contents: .chosen(SetCriteria(subjects: ["Toán"]))))
    bad.stages.append(
      Stage(
        number: 2, term: try Self.term(1),
        routes: [
          Route(set: "Không có", from: one, to: stranger),
          Route(set: "Từ điển", from: one, to: one),
          Route(set: "Từ điển", from: one, to: two),
          Route(set: "Từ điển", from: one, to: two, limit: 0),
        ]))
    bad.stages.append(Stage(number: 100, term: try Self.term(1), routes: []))
    let twice = Route(set: "Từ điển", from: one, to: two, limit: 0)
    let expected: [RotaConflict] = [
      .setTwice("Từ điển"), .itemInTwoSets(item, "Từ điển", "Từ điển"), .badSetName(""),
      .emptySet(""), .setsMayOverlap("Truyện lớp 3", "Mọi sách"), .stageTwice(2),
      .badStageNumber(100), .termOutOfOrder(stage: 100), .unknownSet("Không có", stage: 2),
      .unknownLibrary(stranger, stage: 2), .routeToItself(one, stage: 2), .badLimit(0, stage: 2),
      .routeTwice(twice, stage: 2), .setSharedWithWhole("Từ điển", from: one, stage: 2),
    ]
    #expect(Set(bad.conflicts) == Set(expected))
    #expect(bad.conflicts == bad.conflicts)
    for conflict in bad.conflicts {
      #expect(conflict.words(in: .vietnamese).contains("Hãy"))
      #expect(!conflict.words(in: .english).isEmpty)
    }
  }

  @Test("beyond its bounds is told so, and not looked at any further")
  func bounds() throws {
    var bad = rota
    bad.sets = (0...RotaLimits.sets).map { _ in ItemSet(name: "", contents: .listed([])) }
    #expect(bad.conflicts == [.tooMany("sets", limit: RotaLimits.sets)])
  }

  @Test("finds the set of a book: a list that names it, else kind, class and subject")
  func sets() throws {
    let id = try #require(RecordID("TT.1"))
    var record = BibliographicRecord(id: id, title: "Toán 3", kind: .children, grade: 3)
    #expect(rota.set(of: try Sample.item(1), record: record)?.name == "Từ điển")
    #expect(rota.set(of: try Sample.item(2), record: record)?.name == "Truyện lớp 3")
    record.grade = nil
    #expect(rota.set(of: try Sample.item(2), record: record) == nil)
    let criteria = SetCriteria(subjects: ["Địa lý"])
    record.subjects = try #require(Subjects(["ĐỊA LÝ", "Bản đồ"]))
    #expect(criteria.matches(record))
    record.subjects = try #require(Subjects(["Toán"]))
    #expect(!criteria.matches(record))
  }

  @Test("is amended with a reason, and keeps what it was before")
  func history() throws {
    var history = try RotaHistory(publishing: rota)
    let stage = Stage(number: 2, term: try Self.term(2), routes: [])
    try history.amend(.stage(stage), on: today, by: "TT", because: "Sửa chữa phòng đọc", begun: [1])
    try history.amend(.removeSet("Từ điển"), on: today, by: "TT", because: "Thanh lý", begun: [1])
    #expect(history.current.stage(2) == stage)
    #expect(history.amendments.map(\.number) == [1, 2])
    #expect(history.rota(after: 0) == rota)
    #expect(history.rota(after: 2) == history.current)
    #expect(history.rota(after: 1).sets.count == 2)
  }

  @Test("takes no amendment of a stage that has begun, without a reason, or into a conflict")
  func refusedAmendments() throws {
    var history = try RotaHistory(publishing: rota)
    let stage = Stage(number: 1, term: try Self.term(1), routes: [])
    func refusal(_ change: RotaChange, because reason: String = "x") -> AmendmentRefusal? {
      do throws(AmendmentRefusal) {
        try history.amend(change, on: today, by: "TT", because: reason, begun: [1])
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal(.stage(stage)) == .stageBegun(1))
    #expect(refusal(.removeStage(1)) == .stageBegun(1))
    #expect(refusal(.removeStage(9)) == .nothingToRemove)
    #expect(refusal(.removeStage(2), because: " ") == .noReason)
    #expect(
      refusal(.removeSet("Truyện lớp 3"))
        == .conflicts([
          .unknownSet("Truyện lớp 3", stage: 1), .unknownSet("Truyện lớp 3", stage: 2),
        ]))
    #expect(history.current == rota)
    #expect(history.amendments.isEmpty)
  }

  @Test(
    "has a name that fits on a slip",
    arguments: [
      ("2026-TT", true), ("A", true), ("", false), ("2026 TT", false), ("tt", false),
      ("A1234567890123456", false),
    ])
  func names(text: String, isGood: Bool) {
    #expect((RotaID(text) != nil) == isGood)
  }
}
