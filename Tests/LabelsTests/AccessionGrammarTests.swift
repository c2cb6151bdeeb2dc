import Labels
import Testing

@Suite("Accession grammar")
struct AccessionGrammarTests {
  @Test(
    "A grammar's text form is read back as the same grammar",
    arguments: [
      "prefixes=any separators=dot,dash,space,none digits=1-8",
      "prefixes=SGK,TK,TN separators=dot digits=5", "prefixes=TK separators=dash,none digits=2-6",
      "prefixes=any separators=dot digits=5 bare=TK",
    ])
  func roundTrip(text: String) throws {
    let grammar = try AccessionGrammar(text)
    #expect(grammar.description == text)
    #expect(try AccessionGrammar(grammar.description) == grammar)
  }

  @Test("What a text form leaves out is as in the standard grammar", arguments: ["", "digits=1-8"])
  func leftOut(text: String) throws {
    #expect(try AccessionGrammar(text) == .standard)
  }

  @Test(
    "A part that can't be read is named",
    arguments: [
      ("prefixes=", "prefixes="), ("prefixes=T1", "prefixes"), ("prefixes=LONGER", "prefixes"),
      ("separators=dot,comma", "separators"), ("digits=0", "digits"), ("digits=5-3", "digits"),
      ("digits=1-9", "digits"), ("digits=1-2-3", "digits"), ("digits=-", "digits"),
      ("bare=12", "bare"), ("bare=", "bare="), ("prefixes=TK bare=TN", "bare"),
      ("colour=red", "colour"), ("digits", "digits"), ("separators=,", "separators"),
    ])
  func badGrammar(text: String, part: String) {
    #expect(throws: LabelError.badGrammar(part)) { try AccessionGrammar(text) }
  }

  @Test("Digits alone are a number of the register that has bare labels, and of none else")
  func bare() throws {
    let grammar = try AccessionGrammar("prefixes=TK,TN separators=dot digits=4-5 bare=tk")
    #expect(try AccessionNumber("00123", grammar: grammar).text == "TK.00123")
    #expect(try AccessionNumber("TN.00123", grammar: grammar).text == "TN.00123")
    let reader = LabelReader(accessionGrammar: grammar)
    let number = try AccessionNumber("TK.00123")
    #expect(reader.read(ScannedCode(reported: "00123")) == .item(.accession(number)))
    #expect(reader.read(ScannedCode(reported: "]C000123")) == .item(.accession(number)))
    #expect(
      reader.read(ScannedCode(reported: "123"))
        == .unknown(text: "123", reason: .badAccessionNumber("123", grammar)))
    guard case .isbn = reader.read(ScannedCode(reported: "9786042112345")) else {
      Issue.record("an ISBN is no bare number")
      return
    }
    #expect(throws: LabelError.badAccessionNumber("00123", .standard)) {
      try AccessionNumber("00123")
    }
  }

  @Test("A number outside a library's grammar is refused, and its register named")
  func refusals() throws {
    let grammar = try AccessionGrammar("prefixes=TK,tn separators=dot digits=5")
    #expect(try AccessionNumber("TN.00001", grammar: grammar).text == "TN.00001")
    #expect(throws: LabelError.accessionPrefixNotInUse("SGK", grammar)) {
      try AccessionNumber("SGK.00001", grammar: grammar)
    }
    for text in ["TK-00001", "TK00001", "TK.0001", "TK.000001"] {
      #expect(throws: LabelError.badAccessionNumber(text, grammar)) {
        try AccessionNumber(text, grammar: grammar)
      }
    }
  }
}
