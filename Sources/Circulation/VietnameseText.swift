/// Vietnamese text as people type it: composed for storing, folded for finding, ordered for lists.
///
/// `Character` compares by canonical equivalence, so one table serves letters that come as one
/// scalar and letters that come as a base and marks.
package enum VietnameseText {
  /// The text with every Vietnamese letter in its composed form (NFC).
  package static func composed(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return String(text.map { composedLetters[$0] ?? $0 })
  }

  /// The text in lower case and without marks, `đ` as `d`, runs of white space as one space:
  /// what a search matches against, so that `nguyen` finds Nguyễn.
  package static func folded(_ text: String) -> String {
    var folded = ""
    folded.reserveCapacity(text.utf8.count)
    var pendingSpace = false
    for character in text.lowercased() {
      if character.isWhitespace {
        pendingSpace = !folded.isEmpty
        continue
      }
      if pendingSpace {
        folded.append(" ")
        pendingSpace = false
      }
      folded.append(baseLetters[character] ?? character)
    }
    return folded
  }

  /// Whether a character is a letter of A–Z or of the Vietnamese alphabet, in either case.
  package static func isLetter(_ character: Character) -> Bool {
    composedLetters[character] != nil || (character.isASCII && character.isLetter)
  }

  /// Each base letter with all letters that a search should find by it, lower case.
  private static let families: [(base: Character, letters: String)] = [
    ("a", "àáảãạăằắẳẵặâầấẩẫậ"), ("d", "đ"), ("e", "èéẻẽẹêềếểễệ"), ("i", "ìíỉĩị"),
    ("o", "òóỏõọôồốổỗộơờớởỡợ"), ("u", "ùúủũụưừứửữự"), ("y", "ỳýỷỹỵ"),
  ]

  private static let baseLetters: [Character: Character] = {
    var table: [Character: Character] = [:]
    for family in families {
      for letter in family.letters { table[letter] = family.base }
    }
    return table
  }()

  private static let composedLetters: [Character: Character] = {
    var table: [Character: Character] = [:]
    for family in families {
      for letter in family.letters + family.letters.uppercased() { table[letter] = letter }
    }
    return table
  }()
}
