import Circulation
import Labels
import Ledger
import Rotation
import Testing

@Suite("A term's statement")
struct TermStatementTests {
  private func statement(title: String = "Dế Mèn  phiêu lưu ký ") throws -> TermStatement {
    let (here, there) = (SampleFacts.library, SampleFacts.route.to)
    let mark = EventMark(epoch: .first, sequence: 17)
    return TermStatement(
      library: here, libraryName: "Trường Tiểu học\nTân Tập 1", term: SampleFacts.term,
      day: SchoolDay(number: 20_830), after: nil, through: mark,
      counts: [
        TermStatement.Count(session: SampleFacts.operation, range: .all),
        TermStatement.Count(
          session: SampleFacts.operation, range: try #require(StockRange("TK.1-500"))),
      ],
      rows: [
        TermStatement.Row(kind: .children, home: here, numbers: [1, 2, 3, 4, 5, 6, 7, -8, 9])
      ],
      ways: [TermStatement.Way(from: here, to: there, numbers: [1, 2, 3, 4, 5, 6])],
      headings: [.present: 3, .missing: 1, .absent: 0],
      passages: [
        TermStatement.Passage(direction: .sent, other: there, item: SampleFacts.item, event: mark),
        TermStatement.Passage(direction: .came, other: there, item: SampleFacts.item, event: mark),
      ],
      open: [
        TermStatement.Open(
          difference: OpenDifference(
            item: SampleFacts.item, since: SampleFacts.term, firstHeading: .missing,
            heading: .notKnownYet, library: nil, references: [mark.reference]), title: title),
        TermStatement.Open(
          difference: OpenDifference(
            item: SampleFacts.item, since: SampleFacts.term, firstHeading: .missing,
            heading: .elsewhere, library: there, references: []), title: ""),
      ])
  }

  @Test("is read back as it was written", arguments: ["Dế Mèn  phiêu lưu ký ", "", "a\nb"])
  func roundTrip(title: String) throws {
    let statement = try statement(title: title)
    #expect(try TermStatement(statement.text) == statement)
    #expect(try TermStatement(statement.text).hash == statement.hash)
  }

  @Test("is refused wherever it is cut or a character is changed to one that means nothing")
  func damaged() throws {
    let text = try statement().text
    for end in text.indices.dropFirst() where end < text.endIndex {
      #expect(throws: StatementError.self) { try TermStatement(String(text[..<end])) }
    }
    for index in text.indices.dropFirst() {
      var changed = text
      changed.replaceSubrange(index...index, with: "\u{7}")
      // In a name or a title any character may stand; then the hash is another one.
      if let read = try? TermStatement(changed) { #expect(try read.hash != statement().hash) }
    }
  }

  @Test("is split at the ends of lines into parts that an event holds")
  func parts() throws {
    let lines = (0..<2_000).map { "open 2026-2027/1 TT.TK.\($0) missing missing - - Nhan đề\n" }
    let text = lines.joined() + "end\n"
    let hash = StatementHash(of: text)
    let parts = try #require(StatementPart.parts(of: text, hash: hash))
    #expect(parts.map(\.text).joined() == text && parts.map(\.number) == Array(1...parts.count))
    #expect(parts.allSatisfy { $0.text.utf8.count <= StatementPart.longest })
    let long = String(repeating: lines.joined(), count: 8)
    #expect(StatementPart.parts(of: long, hash: hash) == nil)
    for part in parts {
      #expect(SampleFacts.event(.term(.part(part))).encoded.count <= Event.longestEncoding)
    }
  }

  @Test("is refused with a year or a number that no sum could hold")
  func tooLarge() throws {
    #expect(Term("9223372036854775807-0/1") == nil)
    #expect(Term("2026-2027/1") != nil)
    let text = try statement().text
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("heading ") })
    let words = line.split(separator: " ")
    let large = text.replacing(line, with: "heading \(words[1]) \(Int.max)")
    #expect(throws: StatementError.self) { try TermStatement(large) }
  }

  @Test("names its events by one number, which is read back")
  func references() throws {
    for (epoch, sequence) in [(1, 1), (7, 1_000_000), (1_000_000, 1 << 39)] {
      let mark = EventMark(epoch: try #require(Epoch(epoch)), sequence: Int64(sequence))
      #expect(EventMark(mark.reference) == mark && EventMark(mark.description) == mark)
    }
  }
}
