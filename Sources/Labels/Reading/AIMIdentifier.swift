/// The three characters that a scanner may put before a code, such as `]C0` (ISO/IEC 15424).
package struct AIMIdentifier: Hashable, Sendable, CustomStringConvertible {
  /// The letter of the symbology.
  package let code: Character
  /// What the scanner did with the code; its meaning depends on the symbology.
  package let modifier: Character

  /// Whether a scanner verified Code 39's own check character, and what became of it.
  package enum Check: Hashable, Sendable {
    case notVerified, transmitted, removed
  }

  /// How many characters an identifier has, with its `]`.
  static let length = 3

  package var description: String { "]\(code)\(modifier)" }

  /// Finds an identifier at the start of a text: `]`, a letter, and a letter or digit.
  init?(startOf text: String) {
    let characters = Array(text.prefix(Self.length))
    guard
      characters.count == Self.length, characters[0] == "]",
      characters[1].isASCII, characters[1].isLetter,
      characters[2].isASCII, characters[2].isLetter || characters[2].isNumber
    else { return nil }
    code = characters[1]
    modifier = characters[2]
  }

  /// The symbology of a text that came with this identifier; nothing for one no library uses.
  func symbology(of text: String) -> Symbology? {
    switch code {
    case "A": .code39
    case "C": .code128
    case "E": ean(of: text)
    case "F": .codabar
    case "I": .itf
    case "Q": .qr
    // "X" is any code without a letter of its own; scanners give it to ISBN.
    case "X": text.count == 13 ? .isbn13 : text.count == 10 ? .isbn10 : nil
    default: nil
    }
  }

  /// For Code 39: 1 and 5 mean verified, 3 and 7 verified and removed; 4 adds full ASCII.
  var code39Check: Check {
    switch (code, modifier) {
    case ("A", "1"), ("A", "5"): .transmitted
    case ("A", "3"), ("A", "7"): .removed
    default: .notVerified
    }
  }

  /// For EAN: 13 digits followed by those of an add-on.
  var hasAddOn: Bool { code == "E" && modifier == "3" }

  private func ean(of text: String) -> Symbology {
    switch modifier {
    case "1": .ean2
    case "2": .ean5
    case "4": .ean8
    default: text.count == 12 ? .upca : .ean13
    }
  }
}
