/// The order of Vietnamese lists.
///
/// Letters go a ă â b c d đ e ê … o ô ơ … u ư …; tones, in the order ngang, huyền, hỏi, ngã, sắc,
/// nặng, count only where two words have the same letters (the order of Vietnamese dictionaries).
package enum VietnameseOrder {
  /// What class lists are sorted by: the last word of a name first, then the others from the left.
  ///
  /// Keys compare byte by byte; two names with equal keys are written alike but for case.
  package static func nameKey(_ name: String) -> [UInt8] {
    let words = VietnameseText.composed(name).lowercased().split(whereSeparator: \.isWhitespace)
    guard let last = words.last else { return [] }
    return key(last) + words.dropLast().flatMap(key)
  }

  /// What titles are sorted by: the words from the left.
  package static func titleKey(_ title: String) -> [UInt8] {
    VietnameseText.composed(title).lowercased().split(whereSeparator: \.isWhitespace).flatMap(key)
  }

  /// The letters' ranks, then the tones; the zeros put a shorter word before a longer one.
  private static func key(_ word: Substring) -> [UInt8] {
    let places = word.map { Self.places[$0] ?? Place(rank: 1, tone: 0) }
    return places.map(\.rank) + [0] + places.map(\.tone) + [0]
  }

  private struct Place {
    let rank: UInt8
    let tone: UInt8
  }

  /// Each letter of the alphabet in order, followed by its forms with the other five tones.
  private static let alphabet = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "b", "c", "d",
    "đ", "eèẻẽéẹ", "êềểễếệ", "f", "g", "h", "iìỉĩíị", "j", "k", "l", "m", "n", "oòỏõóọ", "ôồổỗốộ",
    "ơờởỡớợ", "p", "q", "r", "s", "t", "uùủũúụ", "ưừửữứự", "v", "w", "x", "yỳỷỹýỵ", "z",
  ]

  private static let places: [Character: Place] = {
    var table: [Character: Place] = [:]
    for (rank, letters) in alphabet.enumerated() {
      for (tone, letter) in letters.enumerated() {
        table[letter] = Place(rank: UInt8(rank + 2), tone: UInt8(tone))
      }
    }
    return table
  }()
}
