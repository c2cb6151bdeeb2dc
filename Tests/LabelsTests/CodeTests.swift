import Labels
import Testing

@Suite("Codes")
struct CodeTests {
  @Test("A library code has two to eight letters and digits", arguments: ["TT", "TT1", "A1234567"])
  func libraryCode(text: String) throws {
    #expect(try LibraryCode(text).text == text)
    #expect(try LibraryCode(text.lowercased()).text == text)
  }

  @Test(
    "What is no library code is refused by name",
    arguments: ["T", "1T", "A12345678", "T.T", "T T", "T-1"])
  func badLibraryCode(text: String) {
    #expect(throws: LabelError.badLibraryCode(text)) { try LibraryCode(text) }
  }

  @Test(
    "An accession number has one form, however an old label writes it",
    arguments: ["TK.00123", "TK-00123", "TK 00123", "TK00123", "tk.00123"])
  func accessionNumber(text: String) throws {
    let grammar = try AccessionGrammar(separators: Set(AccessionGrammar.Separator.allCases))
    let number = try AccessionNumber(text, grammar: grammar)
    #expect(number.text == "TK.00123")
    #expect(number.prefix == "TK")
    #expect(number.digits == "00123")
  }

  @Test(
    "What is no accession number is refused",
    arguments: [
      "TK", "00123", "TK.", "TK..1", "TK.OO123", "TK.123456789", "ABCDEF.1", "TK00123", "TK/1",
      "TK.1/2",
      "T1.1", ".1", "TK.00123-O",
    ])
  func badAccessionNumber(text: String) {
    #expect(throws: LabelError.badAccessionNumber(text, .standard)) { try AccessionNumber(text) }
  }

  @Test("An item's text and label are read back as the same item")
  func itemRoundTrip() throws {
    let id = ItemID(library: try LibraryCode("TT1"), accession: try AccessionNumber("TK-00123"))
    #expect(id.text == "TT1.TK.00123")
    #expect(id.label == "TT1.TK.00123-O")
    #expect(try ItemID(id.text) == id)
    #expect(try ItemID(label: id.label) == id)
    #expect(try ItemID(label: id.label.lowercased()) == id)
  }

  @Test(
    "An item's label in another form than the printed one is refused",
    arguments: ["TT1", "TT1.", "TT1.TK-00123", "TT1.TK00123", "T.TK.00123", "TT1.TK.00123."])
  func badItem(text: String) {
    #expect(throws: LabelError.self) { try ItemID(text) }
  }

  @Test("A label without its check character is refused for that")
  func missingCheck() {
    #expect(throws: LabelError.missingCheckCharacter) { try ItemID(label: "TT1.TK.00123") }
    #expect(throws: LabelError.missingCheckCharacter) { try CardNumber(label: "P.TT1.00042") }
    #expect(throws: LabelError.missingCheckCharacter) { try BoxNumber(label: "B.TT1.0007") }
  }

  @Test("A card's number and label are read back as the same card", arguments: [1, 42, 99_999])
  func cardRoundTrip(serial: Int) throws {
    let library = try LibraryCode("TT1")
    let card = try CardNumber(library: library, serial: serial)
    #expect(card.library == library)
    #expect(card.text.count == "P.TT1.00042".count)
    #expect(try CardNumber(card.text) == card)
    #expect(try CardNumber(label: card.label) == card)
  }

  @Test("A box's number and label are read back as the same box", arguments: [1, 7, 9_999])
  func boxRoundTrip(serial: Int) throws {
    let box = try BoxNumber(library: try LibraryCode("TT"), serial: serial)
    #expect(try BoxNumber(box.text) == box)
    #expect(try BoxNumber(label: box.label) == box)
  }

  @Test("A serial number outside its digits is refused", arguments: [-1, 0, 100_000, .max])
  func badSerial(serial: Int) throws {
    let library = try LibraryCode("TT1")
    #expect(throws: LabelError.badSerial("\(serial)", digits: 5)) {
      try CardNumber(library: library, serial: serial)
    }
    #expect(throws: LabelError.badSerial("\(serial)", digits: 4)) {
      try BoxNumber(library: library, serial: serial)
    }
  }

  @Test("A number of one kind is not taken for another kind")
  func wrongKind() {
    #expect(throws: LabelError.unknownPrefix("B")) { try CardNumber("B.TT1.0007") }
    #expect(throws: LabelError.unknownPrefix("P")) { try BoxNumber("P.TT1.00042") }
    #expect(throws: LabelError.unknownPrefix("P")) { try Command("P.DONE") }
    #expect(throws: LabelError.badLibraryCode("P")) { try ItemID("P.TK.00042") }
    #expect(throws: LabelError.unknownBarcodeType("3")) { try CardNumber("31234000123453") }
  }

  @Test("A card of an older system keeps its 14 digits and names no library")
  func legacyCard() throws {
    let card = try CardNumber(label: "21234000123455")
    #expect(card.library == nil)
    #expect(card.text == "21234000123455")
    #expect(card.label == card.text)
    #expect(try CardNumber(card.text) == card)
  }

  @Test("Every command's label is read back", arguments: Command.allCases)
  func commandRoundTrip(command: Command) throws {
    #expect(try Command(label: command.label) == command)
    #expect(try Command(command.text) == command)
  }

  @Test("A word that is no command is refused by name")
  func unknownCommand() {
    #expect(throws: LabelError.unknownCommand("DANCE")) { try Command("C.DANCE") }
    #expect(throws: LabelError.unknownCommand("")) { try Command("C") }
  }

  @Test("14 digits tell a patron from an item, and nothing else")
  func legacyBarcode() throws {
    #expect(try LegacyBarcode("21234000123455").kind == .patron)
    #expect(try LegacyBarcode("31234000123453").kind == .item)
    #expect(throws: LabelError.unknownBarcodeType("4")) {
      try LegacyBarcode("4123400012345\(Mod10.checkDigit(for: "4123400012345"))")
    }
    #expect(throws: LabelError.wrongCheckCharacter(expected: "5")) {
      try LegacyBarcode("21234000123456")
    }
    #expect(throws: LabelError.wrongNumberOfDigits(13)) { try LegacyBarcode("2123400012345") }
    #expect(throws: LabelError.notDigits("2123400O123455")) {
      try LegacyBarcode("2123400O123455")
    }
  }

  @Test(
    "An ISBN is kept as 13 digits, in whatever form it comes",
    arguments: [
      ("9780306406157", "9780306406157"), ("978-0-306-40615-7", "9780306406157"),
      ("0-306-40615-2", "9780306406157"), ("080442957X", "9780804429573"),
      ("080442957x", "9780804429573"), ("979 10 90636 07 1", "9791090636071"),
    ])
  func isbn(text: String, expected: String) throws {
    #expect(try ISBN(text).text == expected)
  }

  @Test(
    "What is no ISBN is refused by its rule",
    arguments: [
      ("9780306406158", .wrongCheckCharacter(expected: "7")),
      ("0306406153", .wrongCheckCharacter(expected: "2")),
      ("8934974170617", .notABook("8934974170617")), ("978030640615X", .notDigits("978030640615X")),
      ("03064X6152", .notDigits("03064X6152")), ("978", .wrongNumberOfDigits(3)), ("", .empty),
    ] as [(String, LabelError)])
  func badISBN(text: String, reason: LabelError) {
    #expect(throws: reason) { try ISBN(text) }
  }
}
