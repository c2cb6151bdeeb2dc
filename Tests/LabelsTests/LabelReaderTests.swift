import Labels
import Testing

@Suite("Reading labels")
struct LabelReaderTests {
  let reader = LabelReader()

  @Test("Each kind of label is read as what it is")
  func kinds() throws {
    let library = try LibraryCode("TT1")
    let id = try ItemID("TT1.TK.00123")
    let card = try CardNumber(library: library, serial: 42)
    let box = try BoxNumber(library: library, serial: 7)
    let expected: [(String, Label)] = [
      ("]C0TT1.TK.00123-O\r", .item(.id(id))), ("tt1.tk.00123-o", .item(.id(id))),
      ("]C0\(card.label)", .card(card)), (box.label, .box(box)),
      ("TK-00123", .item(.accession(try AccessionNumber("TK.00123")))),
      ("]FAA31234000123453B", .item(.barcode(try LegacyBarcode("31234000123453")))),
      ("2 1234 00012345 5", .card(try CardNumber("21234000123455"))),
      ("]E09780306406157", .isbn(try ISBN("9780306406157"))),
      ("]X0080442957X", .isbn(try ISBN("080442957X"))),
      ("0-8044-2957-X", .isbn(try ISBN("080442957X"))),
      (Command.returnItems.label, .command(.returnItems)),
    ]
    for (reported, label) in expected {
      #expect(reader.read(ScannedCode(reported: reported)) == label)
    }
  }

  @Test("A one-letter register is told from cards, boxes and commands", arguments: ["P", "B", "C"])
  func oneLetterRegister(prefix: String) throws {
    let number = try AccessionNumber("\(prefix).00012")
    #expect(reader.read(ScannedCode(reported: number.text)) == .item(.accession(number)))
  }

  @Test(
    "Each refusal names its rule",
    arguments: [
      ("", .empty), ("\r\n", .empty), ("TT1.TK.00123-P", .wrongCheckCharacter(expected: "O")),
      ("TT1.TK.00123", .missingCheckCharacter),
      ("TT1.TK.OO123", .badAccessionNumber("TK.OO123", .printed)),
      ("T.TK.00123", .unknownPrefix("T")), ("C.DANCE", .unknownCommand("DANCE")),
      ("00123", .wrongNumberOfDigits(5)), ("21234000123456", .wrongCheckCharacter(expected: "5")),
      ("]E09780306406158", .wrongCheckCharacter(expected: "7")),
      ("]E08934974170617", .notABook("8934974170617")), ("]E496385074", .notABook("96385074")),
      ("]E0036000291452", .notABook("036000291452")), ("]E112", .addOnAlone),
      ("TT1.TK.00123\u{0}-O", .controlCharacter(0)), ("TK\t00123", .controlCharacter(9)),
      ("TK.00\u{FFFD}23", .notASCII("\u{FFFD}")), ("TÊ.00123", .notASCII("Ê")),
      ("Straße.1", .notASCII("ß")), ("http://example.org", .badLibraryCode("HTTP://EXAMPLE")),
      ("HELLO", .badAccessionNumber("HELLO", .standard)), ("B.TT1.7", .badSerial("7", digits: 4)),
      (String(repeating: "A", count: 257), .tooLong(limitBytes: 256)),
    ] as [(String, LabelError)])
  func refusals(reported: String, reason: LabelError) {
    #expect(reader.read(ScannedCode(reported: reported)).refusal == reason)
  }

  @Test(
    "Any one misread character is caught",
    arguments: Samples.checkedLabels + Command.allCases.map(\.label))
  func misread(label: String) {
    #expect(reader.read(ScannedCode(text: label)).refusal == nil)
    var taken: [String] = []
    for index in label.indices {
      for character in Samples.alphabet where character != label[index] {
        var misread = label
        misread.replaceSubrange(index...index, with: String(character))
        if reader.read(ScannedCode(text: misread)).refusal == nil { taken.append(misread) }
      }
    }
    #expect(taken.isEmpty)
  }

  @Test("Two swapped neighbours are caught", arguments: Samples.checkedLabels)
  func swapped(label: String) {
    var taken: [String] = []
    for index in label.indices.dropLast() {
      let next = label.index(after: index)
      let pair = [label[index], label[next]]
      guard pair[0] != pair[1], pair.allSatisfy({ $0.isLetter || $0.isNumber }) else { continue }
      var swapped = label
      swapped.replaceSubrange(index...next, with: String(pair.reversed()))
      if reader.read(ScannedCode(text: swapped)).refusal == nil { taken.append(swapped) }
    }
    #expect(taken.isEmpty)
  }

  @Test("A label cut short anywhere is no other label", arguments: Samples.checkedLabels.prefix(8))
  func cutShort(label: String) {
    for length in 1..<label.count {
      let refusal = reader.read(ScannedCode(text: label.prefix(length))).refusal
      #expect(refusal != nil, "\(label.prefix(length))")
    }
  }

  @Test("The library's grammar decides about bare accession numbers only")
  func grammar() throws {
    let grammar = try AccessionGrammar("prefixes=TN separators=dot digits=5")
    let reader = LabelReader(accessionGrammar: grammar)
    #expect(
      reader.read(ScannedCode(text: "TK.00123")).refusal == .accessionPrefixNotInUse("TK", grammar))
    #expect(reader.read(ScannedCode(text: "TT1.TK.00123-O")).refusal == nil)
  }
}

@Suite("Reading Code 39")
struct Code39Tests {
  @Test(
    "The setting says whether a check character is there, unless the scanner knows",
    arguments: [
      ("]A0TK.00123", false), ("]A0TK.001236", true), ("]A1TK.001236", false),
      ("]A5TK.001236", true), ("]A3TK.00123", true), ("]A7TK.00123", false),
      ("]A4TK.00123", false),
    ])
  func checked(reported: String, hasCheckCharacter: Bool) throws {
    let reader = LabelReader(code39HasCheckCharacter: hasCheckCharacter)
    let expected = Label.item(.accession(try AccessionNumber("TK.00123")))
    #expect(reader.read(ScannedCode(reported: reported)) == expected)
  }

  @Test("A wrong check character is told, with or without a setting")
  func wrongCheck() {
    let strict = LabelReader(code39HasCheckCharacter: true)
    let code = ScannedCode(text: "TK.001230", symbology: .code39)
    #expect(strict.read(code).refusal == .wrongCheckCharacter(expected: "6"))
    let told = ScannedCode(reported: "]A1TK.001230")
    #expect(LabelReader().read(told).refusal == .wrongCheckCharacter(expected: "6"))
    let single = ScannedCode(text: "T", symbology: .code39)
    #expect(strict.read(single).refusal == .missingCheckCharacter)
  }
}
