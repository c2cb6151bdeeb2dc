import Circulation
import Labels
import Rotation
import Testing

@Suite("What an amendment changes in a stage")
struct StageChangeTests {
  private let (one, two, three): (LibraryCode, LibraryCode, LibraryCode)
  private let before: Rota

  init() throws {
    (one, two, three) = (
      try LibraryCode("TT"), try LibraryCode("TT1"), try LibraryCode("TT2")
    )
    before = Rota(
      id: try #require(RotaID("R1")), libraries: [one, two, three],
      sets: [
        ItemSet(name: "Truyện", contents: .chosen(SetCriteria(kinds: [.children]))),
        ItemSet(name: "Toán", contents: .chosen(SetCriteria(grades: 1...2))),
      ],
      stages: [
        Stage(
          number: 1, term: try RotaTests.term(1),
          routes: [
            Route(set: "Truyện", from: one, to: two, limit: 10),
            Route(set: "Toán", from: one, to: three),
          ])
      ])
  }

  private func stage(_ routes: [Route], semester: Int = 1) throws -> [Stage] {
    [Stage(number: 1, term: try RotaTests.term(semester), routes: routes)]
  }

  @Test("is nothing where the stage is the same, was not there before, or other stages change")
  func same() throws {
    var after = before
    after.stages.append(Stage(number: 2, term: try RotaTests.term(2), routes: []))
    #expect(after.changes(ofStage: 1, since: before).isEmpty)
    #expect(after.changes(ofStage: 2, since: before).isEmpty)
  }

  @Test("is each route that is added, dropped or limited otherwise, a set, the term, or all of it")
  func changes() throws {
    var after = before
    let added = Route(set: "Toán", from: two, to: one)
    after.stages = try stage(
      [Route(set: "Truyện", from: one, to: two, limit: 4), added], semester: 2)
    after.sets[1] = ItemSet(name: "Toán", contents: .chosen(SetCriteria(grades: 1...3)))
    let changes = after.changes(ofStage: 1, since: before)
    #expect(
      changes == [
        .termMoved(from: try RotaTests.term(1), to: try RotaTests.term(2)),
        .routeDropped(before.stages[0].routes[1]),
        .limitChanged(after.stages[0].routes[0], from: 10), .routeAdded(added),
        .setChanged("Toán"),
      ])
    after.stages = []
    #expect(after.changes(ofStage: 1, since: before) == [.dropped])
    for change in changes + [.dropped] {
      #expect(!change.words(in: .vietnamese).isEmpty && !change.words(in: .english).isEmpty)
    }
  }

  @Test("is told for one way alone, where a box is asked about")
  func way() throws {
    var after = before
    after.stages = try stage([before.stages[0].routes[0]])
    #expect(
      after.changes(ofStage: 1, since: before, by: StageWay(from: one, to: two)).isEmpty)
    #expect(
      after.changes(ofStage: 1, since: before, by: StageWay(from: one, to: three))
        == [.routeDropped(before.stages[0].routes[1])])
  }

  @Test("speaks of stages by names that read back as the same ones")
  func names() throws {
    let stage = try #require(StageReference("2026-TT/12"))
    #expect(StageReference(stage.description) == stage && stage.number == 12)
    for bad in ["", "R1", "R1/", "R1/0", "R1/100", "R1/01", "R1/1/1", "r1/1", "none", "R1/+1"] {
      #expect(StageReference(bad) == nil, "\(bad)")
    }
  }
}
