import Circulation
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

@Suite("An entry of the feed")
struct FeedEntryTests {
  private static func contents() throws -> [FeedContent] {
    let maker = try FactMaker("TT1")
    let item = try maker.item(1)
    let box = try BoxNumber(library: maker.library, serial: 1)
    let record = try #require(RecordID("TT.1"))
    let token = try #require(PatronCommitment(bytes: Array(1...16)))
    let slip = try #require(maker.slip(of: item, in: BoxStep(box: box, seal: 3)))
    return [
      .record(
        BibliographicRecord(
          id: record, title: "Dế Mèn", author: "Tô Hoài", year: 2019, kind: .children, grade: 4),
        of: maker.library),
      .item(FeedItem(item: item, record: record, place: .box(box))),
      .item(FeedItem(item: item, record: .unknownTitle, place: .missing(maker.library))),
      .box(
        FeedBox(
          number: box, state: .dispatched, seal: 3, from: maker.library,
          to: try LibraryCode("TT"), holder: nil)),
      .box(FeedBox(number: box, state: .lost, seal: 0, from: nil, to: nil, holder: nil)),
      .slip(slip),
      .slipKey([UInt8](repeating: 7, count: 32), of: StationID(library: maker.library)),
      .card(token, of: maker.library, isBlocked: true),
      .decision(
        FeedDecision(
          station: StationID(library: maker.library), epoch: .first, sequence: 9,
          conflict: "unknown-item", decision: "registered")),
      .takenBack(FeedContent.slip(slip).name),
      .takenBack(FeedEntry.Name(kind: 200, library: nil, key: "x")),
    ]
  }

  @Test("comes out of its bytes as it went in")
  func roundTrip() throws {
    for content in try Self.contents() {
      let entry = try FeedEntry(encoded: content.entry.encoded[...])
      #expect(entry == content.entry)
      #expect(try FeedContent(entry) == content)
    }
  }

  @Test("is refused where it is cut short anywhere, or goes on after its end")
  func truncation() throws {
    for content in try Self.contents() {
      let bytes = content.entry.encoded
      for length in bytes.indices {
        #expect(throws: CBORError.self) { try FeedEntry(encoded: bytes[..<length]) }
      }
      #expect(throws: CBORError.trailingBytes(1)) { try FeedEntry(encoded: (bytes + [0])[...]) }
    }
  }

  @Test("of a kind that is not known is kept as it stands")
  func unknownKind() throws {
    let entry = FeedEntry(name: FeedEntry.Name(kind: 200, library: nil, key: "x"), value: [1, 2])
    let read = try FeedEntry(encoded: entry.encoded[...])
    #expect(read == entry)
    #expect(try FeedContent(read) == nil)
  }

  @Test("is refused under another's name")
  func otherName() throws {
    let maker = try FactMaker("TT1")
    let record = FeedContent.record(
      BibliographicRecord(id: try #require(RecordID("TT.1")), title: "x", kind: .map),
      of: maker.library)
    let entry = FeedEntry(
      name: FeedEntry.Name(kind: FeedKind.record, library: maker.library, key: "TT.2"),
      value: record.entry.value)
    #expect(throws: CBORError.badValue(field: "key")) {
      try FeedEntry(encoded: entry.encoded[...])
    }
  }

  @Test("never tells that a book is on loan")
  func onLoan() throws {
    let maker = try FactMaker("TT1")
    let item = FeedItem(item: try maker.item(1), record: .unknownTitle, place: maker.patron)
    #expect(item.place == maker.shelf)
    var value = CBORWriter()
    value.beginArray(count: 2)
    value.write("?")
    value.write(maker.patron.text)
    let forged = FeedEntry(name: FeedContent.item(item).name, value: value.bytes)
    #expect(throws: CBORError.badValue(field: "place")) { try FeedContent(forged) }
  }
}

@Suite("A run of the feed")
struct FeedRunTests {
  private let known = FeedCheckpoint(lineage: 5, version: 7, sequence: 70)

  private func run(
    from start: Int64, lineage: Int64 = 5, version: Int64, to sequence: Int64,
    beginning: Bool = false
  ) -> FeedRun {
    FeedRun(
      start: start,
      checkpoint: FeedCheckpoint(lineage: lineage, version: version, sequence: sequence),
      beginsSnapshot: beginning, isLast: true, entries: [])
  }

  @Test("is taken where it goes on from what is known, or overlaps it")
  func goesOn() throws {
    #expect(try run(from: 70, version: 8, to: 90).isNew(after: known))
    #expect(try run(from: 40, version: 9, to: 70).isNew(after: known))
    #expect(try run(from: 0, lineage: 6, version: 8, to: 3, beginning: true).isNew(after: known))
    #expect(try run(from: 0, lineage: 6, version: 1, to: 3, beginning: true).isNew(after: nil))
    #expect(try !run(from: 60, version: 7, to: 70).isNew(after: known))
  }

  @Test("is refused where it is old, whatever it begins with")
  func stale() throws {
    for beginning in [false, true] {
      #expect(throws: FeedRefusal.stale(version: 6, known: 7)) {
        try run(from: 70, version: 6, to: 99, beginning: beginning).isNew(after: known)
      }
    }
    #expect(throws: FeedRefusal.stale(version: 7, known: 7)) {
      try run(from: 70, version: 7, to: 99).isNew(after: known)
    }
  }

  @Test("is refused where it leaves a gap, leads back, or goes on from another beginning")
  func outOfOrder() throws {
    let runs = [
      run(from: 71, version: 8, to: 90), run(from: 40, version: 8, to: 69),
      run(from: 70, lineage: 6, version: 8, to: 90),
    ]
    for run in runs {
      #expect(throws: FeedRefusal.outOfOrder) { try run.isNew(after: known) }
    }
    #expect(throws: FeedRefusal.outOfOrder) { try runs[0].isNew(after: nil) }
  }
}
