import Circulation

/// Finds text in TCVN3 or VNI fonts that was saved as if it were Unicode: `NguyÔn V¨n §øc`.
///
/// Such a row is refused and shown; nobody guesses what it meant. What is found can't be
/// Vietnamese; a word whose wrong letters happen to make another word can't be found by anybody.
package enum LegacyText {
  /// Whether a word of a text can only come from such a font, or from bytes that were no text.
  package static func isSuspect(_ text: String) -> Bool {
    text.unicodeScalars.contains("\u{FFFD}")
      || text.split(whereSeparator: \.isWhitespace).contains { isSuspect(word: Array($0)) }
  }

  /// Whether letters were lost on saving: a program that can't write `ề` writes `?` in its place.
  ///
  /// Nobody writes a question mark between two letters or right before one: `Truy?n Ki?u`.
  package static func hasLostLetters(_ text: String) -> Bool {
    zip(text, text.dropFirst()).contains { $0 == "?" && $1.isLetter }
  }

  private static func isSuspect(word: [Character]) -> Bool {
    word.indices.contains { index in
      let before = index > 0 ? word[index - 1] : nil
      let after = index + 1 < word.count ? word[index + 1] : nil
      return isFontLetter(word[index], before, after) || isCapitalInside(word[index], before)
        || isPair(before, word[index])
    }
  }

  /// A sign that TCVN3 fonts draw as a letter, standing among letters.
  private static func isFontLetter(
    _ character: Character, _ before: Character?, _ after: Character?
  ) -> Bool {
    guard signs.contains(character) else { return false }
    if "«»".contains(character), before?.isLetter != true || after?.isLetter != true {
      return false
    }
    let isAfterLetter = before?.isLetter == true
    // Quotation marks and the section sign also stand before a word.
    return isAfterLetter || (after?.isLetter == true && !"«»§".contains(character))
      || (character == "§" && after?.isLowercase == true)
  }

  private static let signs: Set<Character> = [
    "¡", "¢", "§", "¤", "¥", "¦", "¨", "©", "ª", "«", "¬", "\u{AD}", "®", "µ", "¶", "·", "¸", "¹",
    "»", "¼", "½", "¾",
  ]

  /// A marked capital after a small letter: TCVN3's small letters include Latin-1's capitals.
  private static func isCapitalInside(_ character: Character, _ before: Character?) -> Bool {
    !character.isASCII && character.isUppercase && before?.isLowercase == true
  }

  /// A vowel and a marked letter that VNI fonts use as its mark, which no Vietnamese word has.
  private static func isPair(_ before: Character?, _ character: Character) -> Bool {
    guard let before, let base = before.lowercased().first, let mark = character.lowercased().first
    else { return false }
    return pairs[base]?.contains(mark) == true
  }

  private static let pairs: [Character: Set<Character>] = [
    "a": Set("âáàåãäêéèëúùüû"), "e": Set("âáàåãäùøûõï"), "o": Set("âåäùøûï"), "u": Set("ùøûõï"),
    "y": Set("ùøûõï"), "ö": Set("ùøûõïô"), "ô": Set("ùøûõï"),
  ]
}
