import Circulation
import Labels
import Testing

@testable import lienthong

@Suite("Sample group")
struct SampleGroupTests {
  @Test("The catalogue has exactly 600 titles, all of them different")
  func titles() throws {
    let records = try SampleTitles.records()
    #expect(records.count == 600)
    #expect(Set(records.map { $0.title.lowercased() }).count == 600)
    #expect(records.map(\.number) == Array(1...600))
    #expect(Set(records.map(\.kind)) == Set(MaterialKind.allCases))
    #expect(records.filter(\.isDictionary).allSatisfy { $0.title.contains("ừ điển") })
    #expect(records.allSatisfy { $0.grade.map((1...5).contains) ?? true })
  }

  @Test("All text is composed (NFC) and has no blank at an end")
  func composedText() throws {
    let group = try SampleGroup()
    let texts = group.records.flatMap { [$0.title, $0.author] } + group.patrons.map(\.name)
    let marks: ClosedRange<Unicode.Scalar> = "\u{300}"..."\u{36F}"
    #expect(texts.allSatisfy { !$0.unicodeScalars.contains(where: marks.contains) })
    #expect(texts.allSatisfy { !$0.hasPrefix(" ") && !$0.hasSuffix(" ") && !$0.contains("  ") })
  }

  @Test(
    "A line that can't be read is refused whole",
    arguments: ["", "Title|Author", "|Author|TN", "T|A|XX", "T|A|TN|one", "T|A|TN|1|P|more"])
  func badLine(line: String) {
    #expect(throws: SampleError.badTitle(line: line)) {
      try SampleTitles.record(from: line, number: 1)
    }
  }

  @Test("A title's fields may be left out from the end")
  func shortLine() throws {
    let record = try SampleTitles.record(from: "Tấm Cám||TN", number: 7)
    #expect(record.grade == nil)
    #expect(record.publisher == nil)
    #expect(!record.isDictionary)
  }

  @Test("2,000 items stand in the registers of both libraries, each title once at least")
  func items() throws {
    let group = try SampleGroup()
    #expect(group.items.count == 2_000)
    #expect(Set(group.items.map(\.record)).count == 600)
    #expect(Set(group.items.map { "\($0.library).\($0.accession)" }).count == 2_000)
    for library in group.libraries {
      let library = try LibraryCode(library.code)
      for item in group.items where item.library == library.text {
        let id = ItemID(library: library, accession: try AccessionNumber(item.accession))
        #expect(id.text == "\(item.library).\(item.accession)")
      }
    }
  }

  @Test("Both libraries have a TN.00001, as schools do")
  func ambiguousNumbers() throws {
    let owners = try SampleGroup().items.filter { $0.accession == "TN.00001" }.map(\.library)
    #expect(Set(owners) == ["TT", "TT1"])
  }

  @Test("700 patrons fill classes 1A to 5B of both schools, and the staff rooms")
  func patrons() throws {
    let group = try SampleGroup()
    #expect(group.patrons.count == 700)
    #expect(group.patrons.filter { $0.kind == .pupil }.count == 660)
    for library in group.libraries {
      let own = group.patrons.filter { $0.library == library.code }
      #expect(own.map(\.cardSerial) == Array(1...own.count))
      #expect(Set(own.compactMap(\.className)) == Set(SampleGroup.classNames))
      #expect(own.allSatisfy { ($0.kind == .pupil) == ($0.className != nil) })
      let code = try LibraryCode(library.code)
      for patron in own {
        #expect(throws: Never.self) { try CardNumber(library: code, serial: patron.cardSerial) }
      }
    }
  }

  @Test("The same seed gives the same group, another seed another one")
  func seeds() throws {
    #expect(try SampleGroup(seed: 1) == SampleGroup(seed: 1))
    #expect(try SampleGroup(seed: 1).patrons != SampleGroup(seed: 2).patrons)
    let first = try #require(try SampleGroup().patrons.first)
    #expect(first.name == "Phan Mỹ Phương")
  }
}
