import Labels
import Testing

@Suite("Check characters")
struct CheckCharacterTests {
  @Test(
    "MOD 37,36 agrees with published examples and skips punctuation",
    arguments: [
      // The Global Release Identifier of IFPI's GRid standard, with and without its hyphens.
      ("A12425GABC1234002", "M"), ("A1-2425G-ABC1234002", "M"), ("TT1.TK.00123", "O"),
    ] as [(String, Character)])
  func mod3736(text: String, expected: Character) {
    #expect(Mod37_36.checkCharacter(for: text) == expected)
  }

  @Test(
    "Mod 10 agrees with published examples",
    arguments: [("7992739871", "3"), ("2123400012345", "5"), ("0", "0"), ("", "0")]
      as [(String, Character)])
  func mod10(digits: String, expected: Character) {
    #expect(Mod10.checkDigit(for: digits) == expected)
  }

  @Test(
    "Mod 43 agrees with published examples, and refuses what Code 39 can't carry",
    arguments: [("12345ABCDE/", "T"), ("TK.00123", "6"), ("tk", nil), ("Đ", nil)]
      as [(String, Character?)])
  func mod43(text: String, expected: Character?) {
    #expect(Mod43.checkCharacter(for: text) == expected)
  }

  @Test("ISBN's checks agree with published examples")
  func isbn() {
    #expect(ISBNCheck.checkDigit13(for: "978030640615") == "7")
    #expect(ISBNCheck.checkCharacter10(for: "030640615") == "2")
    #expect(ISBNCheck.checkCharacter10(for: "080442957") == "X")
  }

  @Test("MOD 37,36 finds any one substituted character, whatever stands before and after it")
  func substitutions() {
    let alphabet = Samples.alphabet.prefix(36)
    for before in alphabet {
      let checks = Set(alphabet.map { Mod37_36.checkCharacter(for: "\(before)\($0)TK7") })
      #expect(checks.count == alphabet.count)
    }
  }

  @Test("MOD 37,36 misses a swap of two neighbours in 36 cases of 22,680")
  func transpositions() {
    let alphabet = Samples.alphabet.prefix(36)
    var swaps = 0
    var missed = 0
    for before in alphabet {
      for (place, one) in alphabet.enumerated() {
        for other in alphabet.dropFirst(place + 1) {
          swaps += 1
          let check = Mod37_36.checkCharacter(for: "\(before)\(one)\(other)")
          if check == Mod37_36.checkCharacter(for: "\(before)\(other)\(one)") { missed += 1 }
        }
      }
    }
    #expect(swaps == 22_680)
    #expect(missed == 36)
  }
}
