import Labels
import Testing

@Suite("Advice")
struct AdviceTests {
  static let errors: [LabelError] = [
    .empty, .tooLong(limitBytes: 256), .notASCII("Ê"), .controlCharacter(0), .badLibraryCode("T"),
    .badAccessionNumber("TK", .standard), .accessionPrefixNotInUse("TK", .standard),
    .badGrammar("digits"), .badSerial("0", digits: 5), .unknownPrefix("T"),
    .unknownCommand("DANCE"), .missingCheckCharacter, .wrongCheckCharacter(expected: "O"),
    .wrongNumberOfDigits(5), .notDigits("1O"), .unknownBarcodeType("4"), .notABook("893"),
    .addOnAlone,
  ]

  @Test("Every refusal says what is wrong and what to do, in both languages", arguments: errors)
  func twoSentences(error: LabelError) {
    let texts = Language.allCases.map(error.advice(in:))
    #expect(Set(texts).count == Language.allCases.count)
    for text in texts {
      #expect(text.hasSuffix("."))
      #expect(text.contains(". ") || text.contains(".” "))
    }
    #expect(texts.allSatisfy { !$0.contains("Optional") })
  }

  @Test("No two refusals are told in the same words")
  func distinct() {
    #expect(Set(Self.errors.map(\.description)).count == Self.errors.count)
  }

  @Test("Damage by a Vietnamese input method is told with its cure")
  func inputMethod() {
    let advice = LabelReader().read(ScannedCode(reported: "TT1.TK.00123-Ơ")).refusal?
      .advice(in: .vietnamese)
    #expect(advice?.contains("tắt bộ gõ tiếng Việt") == true)
  }
}
