import Circulation
import Journal
import Labels
import Ledger
import TestSupport
import Testing

@Suite("What a station has of the feed")
struct FeedTests {
  private let station: StationFixture
  private let maker: FactMaker
  private let record: BibliographicRecord

  init() async throws {
    station = try await StationFixture()
    maker = try FactMaker("TT")
    record = BibliographicRecord(
      id: try #require(RecordID("TT.77")), title: "Đất rừng phương Nam", kind: .children)
  }

  private func run(
    _ contents: [FeedContent], from start: Int64 = 0, lineage: Int64 = 1, version: Int64,
    to sequence: Int64, beginning: Bool = false, isLast: Bool = true
  ) -> FeedRun {
    FeedRun(
      start: start,
      checkpoint: FeedCheckpoint(lineage: lineage, version: version, sequence: sequence),
      beginsSnapshot: beginning, isLast: isLast, entries: contents.map(\.entry))
  }

  private func item(_ serial: Int) throws -> FeedContent {
    .item(FeedItem(item: try maker.item(serial), record: record.id, place: maker.shelf))
  }

  private func items() async throws -> [FeedItem] {
    let accessions = try (1...3).map { try maker.item($0).accession }
    return try await station.journal.read { view in
      try accessions.flatMap { try view.groupItems(accession: $0) }
    }
  }

  @Test("is taken back entry by entry, with nothing left of it")
  func takenBack() async throws {
    let contents = [try item(1), try item(2)]
    #expect(try await station.journal.take(run(contents, version: 1, to: 2, beginning: true)))
    let gone = FeedContent.takenBack(contents[0].name)
    #expect(try await station.journal.take(run([gone, gone], from: 2, version: 2, to: 3)))
    #expect(try await items().map(\.item) == [maker.item(2)])
    let kept = try await station.journal.read { view in
      try [FeedKind.item, FeedKind.takenBack].map { try view.feedCount(of: $0) }
    }
    #expect(kept == [1, 0])
  }

  @Test("is found by an item's number and its title, and is no part of the station's own books")
  func taken() async throws {
    let head = try await station.journal.head()
    let snapshot = run(
      [.record(record, of: maker.library), try item(1), try item(2)], version: 1, to: 3,
      beginning: true)
    #expect(try await station.journal.take(snapshot))
    #expect(try await !station.journal.take(snapshot))
    #expect(try await items().map(\.item) == [maker.item(1), maker.item(2)])
    let (library, id) = (maker.library, record.id)
    let (first, third) = (try maker.item(1), try maker.item(3))
    let found = try await station.journal.read { view in
      (
        items: [try view.groupItem(first), try view.groupItem(third)],
        told: try view.groupRecord(id, of: library), own: try view.record(id),
        count: try view.feedCount(of: FeedKind.item)
      )
    }
    #expect(found.items.map { $0?.record } == [id, nil])
    #expect(found.told == record && found.own == nil && found.count == 2)
    #expect(try await station.journal.head() == head)
    #expect(try await station.journal.verify().problems == [])
    let state = try #require(try await station.journal.feedState())
    #expect(state.isWhole && state.checkpoint == snapshot.checkpoint)
  }

  @Test("that is old or leaves a gap is refused, and nothing of it is taken")
  func refused() async throws {
    _ = try await station.journal.take(
      run([try item(1)], version: 5, to: 10, beginning: true))
    let stale = run([try item(2)], from: 10, version: 4, to: 20)
    await #expect(throws: FeedRefusal.stale(version: 4, known: 5)) {
      try await station.journal.take(stale)
    }
    let gap = run([try item(2)], from: 11, version: 6, to: 20)
    await #expect(throws: FeedRefusal.outOfOrder) { try await station.journal.take(gap) }
    #expect(try await items().count == 1)
  }

  @Test("is replaced by a whole snapshot only once that has come to its end")
  func snapshotInPages() async throws {
    _ = try await station.journal.take(
      run([try item(1), try item(2)], version: 1, to: 2, beginning: true))
    _ = try await station.journal.take(
      run([try item(3)], lineage: 2, version: 2, to: 1, beginning: true, isLast: false))
    #expect(try await items().count == 3)
    #expect(try await station.journal.feedState()?.isWhole == false)
    _ = try await station.journal.take(
      run([try item(2)], from: 1, lineage: 2, version: 3, to: 2))
    #expect(try await items().map(\.item) == [maker.item(2), maker.item(3)])
    #expect(try await station.journal.feedState()?.isWhole == true)
    #expect(try await station.journal.verify().problems == [])
  }

  @Test("keeps an entry of a kind that a later program will know")
  func unknownKind() async throws {
    let entry = FeedEntry(name: FeedEntry.Name(kind: 99, library: nil, key: "k"), value: [0xF6])
    let checkpoint = FeedCheckpoint(lineage: 1, version: 1, sequence: 1)
    _ = try await station.journal.take(
      FeedRun(
        start: 0, checkpoint: checkpoint, beginsSnapshot: true, isLast: true, entries: [entry]))
    #expect(try await station.journal.read { try $0.feedCount(of: 99) } == 1)
  }
}
