import Circulation
import Labels
import Ledger
import Testing

@Suite struct EventTests {
  @Test("reads back each kind of fact as the same bytes", arguments: SampleFacts.all)
  func roundTrip(of fact: Fact) throws {
    let event = SampleFacts.event(fact)
    let decoded = try Event(encoded: event.encoded)
    #expect(decoded == event)
    #expect(decoded.encoded == event.encoded)
  }

  @Test("refuses an event cut at any length", arguments: SampleFacts.all)
  func truncation(of fact: Fact) {
    let bytes = SampleFacts.event(fact).encoded
    for length in bytes.indices {
      #expect(throws: CBORError.self) { try Event(encoded: bytes[..<length]) }
    }
  }

  @Test("reads a changed event as another one or not at all, and never traps")
  func bitFlips() throws {
    for fact in SampleFacts.all {
      let bytes = SampleFacts.event(fact).encoded
      for index in bytes.indices {
        for bit in 0..<8 {
          var changed = bytes
          changed[index] ^= 1 << bit
          guard let event = try? Event(encoded: changed) else { continue }
          #expect(event.encoded == changed)
        }
      }
    }
  }

  @Test("keeps the bytes of version 1 for ever")
  func golden() {
    let event = SampleFacts.event(.checkin(SampleFacts.move))
    #expect(
      Hex.text(of: event.encoded)
        == "8b01655454312d3101071b000001a09d6d968019ea6019b007500198f1a2b3c47def8123456789abcdef"
        + "647061676504846c5454312e544e2e30303030316a706174726f6e3a545431697368656c663a54543102")
  }

  @Test("keeps the bytes of a box's route without a revision, and adds the revision at the end")
  func routes() throws {
    let plain = SampleFacts.event(.box(.opened(SampleFacts.route))).encoded
    let revised = SampleFacts.event(.box(.opened(SampleFacts.revisedRoute))).encoded
    let head = try #require(plain.firstIndex(of: 0x85))
    #expect(revised[head] == 0x86 && revised.last == 0x03)
    #expect(Array(plain[(head + 1)...]) == Array(revised[(head + 1)...].dropLast()))
    // A revision without a stage, or none at all, has no meaning.
    #expect(throws: CBORError.self) { try Event(encoded: revised.dropLast() + [0x00]) }
    #expect(
      BoxRoute(
        step: SampleFacts.step, from: SampleFacts.library, to: SampleFacts.route.to,
        revision: 3
      ).revision == nil)
  }

  @Test("keeps the bytes of a title without subjects, and refuses subjects that are none")
  func subjects() throws {
    let record = BibliographicRecord(id: SampleFacts.record, title: "Toán 3", kind: .textbook)
    let plain = SampleFacts.event(.recordDescribed(record)).encoded
    #expect(
      Hex.text(of: plain).hasSuffix(
        "89695454 2e303030303031 67546fc3a16e2033 f6f6f6 6353474b f6f4f6"
          .replacing(" ", with: "")))
    var about = record
    about.subjects = try #require(Subjects(["Văn"]))
    let bytes = SampleFacts.event(.recordDescribed(about)).encoded
    #expect(bytes.suffix(6) == [0x81, 0x64, 0x56, 0xC4, 0x83, 0x6E])
    // An empty list, and a word in two forms, have no meaning.
    let head = bytes.dropLast(6)
    #expect(throws: CBORError.self) { try Event(encoded: head + [0x80]) }
    #expect(throws: CBORError.self) {
      try Event(encoded: head + [0x81, 0x65, 0x56, 0x61, 0xCC, 0x86, 0x6E])
    }
  }

  @Test("passes on a fact of a later version as it came")
  func laterFact() throws {
    let event = SampleFacts.event(.unrecognised(kind: 900, body: [0x83, 0x01, 0x61, 0x61, 0xF6]))
    let decoded = try Event(encoded: event.encoded)
    #expect(decoded.fact == event.fact)
    #expect(decoded.effect(on: nil).discrepancies == [.unrecognisedFact(kind: 900)])
  }
}

@Suite struct ChainTests {
  @Test("gives another hash for any flipped bit of an event or of the link before")
  func everyBitCounts() throws {
    let start = ChainHash.genesis(of: SampleFacts.station, epoch: .first)
    let bytes = SampleFacts.event(.checkin(SampleFacts.move)).encoded
    let hash = start.link(bytes)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      #expect(start.link(changed) != hash)
    }
    var before = start.bytes
    before[31] ^= 0x80
    #expect(try #require(ChainHash(bytes: before)).link(bytes) != hash)
  }

  @Test("starts each station and each epoch from a place of its own")
  func genesis() throws {
    let second = try #require(Epoch(2))
    let other = StationID(library: try LibraryCode("TT"))
    let hashes: Set = [
      ChainHash.genesis(of: SampleFacts.station, epoch: .first),
      .genesis(of: SampleFacts.station, epoch: second), .genesis(of: other, epoch: .first),
    ]
    #expect(hashes.count == 3)
  }
}

@Suite struct NamesTests {
  @Test(
    "reads station names and refuses others",
    arguments: [
      ("TT1-1", true), ("TT1-99", true), ("TT1-0", false), ("TT1-01", false), ("TT1", false),
    ])
  func stations(text: String, isName: Bool) {
    #expect((StationID(text) != nil) == isName)
  }

  @Test("reads and writes operation names as UUIDs")
  func operations() throws {
    let text = "0198f1a2-b3c4-7def-8123-456789abcdef"
    #expect(try #require(OperationID(text)).description == text)
    #expect(try #require(OperationID(text.uppercased())).description == text)
    #expect(OperationID("0198f1a2-b3c4-7def-8123-456789abcde") == nil)
    #expect(OperationID("0198f1a2xb3c4-7def-8123-456789abcdef") == nil)
    #expect(OperationID("0198f1a2-b3c4-7def-8123-456789abcdeg") == nil)
  }

  @Test("commits to a card differently under each salt, and the same under one")
  func commitments() throws {
    let card = try CardNumber(library: try LibraryCode("TT1"), serial: 1)
    let salt = [UInt8](repeating: 1, count: 16)
    let other = [UInt8](repeating: 2, count: 16)
    #expect(PatronCommitment(to: card, salt: salt) == PatronCommitment(to: card, salt: salt))
    #expect(PatronCommitment(to: card, salt: salt) != PatronCommitment(to: card, salt: other))
  }

  @Test(
    "reads back the name of every place",
    arguments: [
      "outside", "shelf:TT1", "patron:TT1", "box:B.TT1.0007", "missing:TT", "withdrawn:TT",
    ])
  func places(text: String) throws {
    #expect(try #require(Place(text)).text == text)
    #expect(Place(text + ":x") == nil)
  }
}
