/// What a title is about, in a few words such as a school's subjects: chủ đề, môn.
///
/// Words are composed (NFC) and stand once each, however they are written; none has a comma or a
/// semicolon, by which lists of them are read.
package struct Subjects: Hashable, Sendable {
  package let words: [String]

  /// Words that one title has at most.
  package static let most = 8
  /// Characters of one word, or of the few that name a subject.
  package static let longest = 40

  package static let none = Subjects(unchecked: [])

  private init(unchecked words: [String]) {
    self.words = words
  }

  /// Takes words that obey the rules as they are, or gives `nil`.
  package init?(_ words: [String]) {
    guard words.count <= Self.most, words.allSatisfy(Self.isWord),
      Set(words.map(VietnameseText.folded)).count == words.count
    else { return nil }
    self.words = words
  }

  /// Reads words between commas or semicolons, each once; `nil` where one is too long, has signs
  /// that can't be seen, or where there are too many.
  package init?(list text: String) {
    var seen: Set<String> = []
    let words = text.split { Self.separators.contains($0) }.compactMap { part -> String? in
      let word = VietnameseText.composed(
        part.split(whereSeparator: \.isWhitespace).joined(separator: " "))
      return word.isEmpty || !seen.insert(VietnameseText.folded(word)).inserted ? nil : word
    }
    self.init(words)
  }

  /// The words with commas between them; reading it gives the same subjects.
  package var list: String { words.joined(separator: ", ") }

  package var isEmpty: Bool { words.isEmpty }

  /// These words and those of another list that are not among them, as far as there is room.
  package func adding(_ others: Subjects) -> Subjects {
    let known = Set(words.map(VietnameseText.folded))
    let more = others.words.filter { !known.contains(VietnameseText.folded($0)) }
    return Subjects(unchecked: Array((words + more).prefix(Self.most)))
  }

  private static let separators: Set<Character> = [",", ";"]

  private static func isWord(_ word: String) -> Bool {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    // Compared by scalars: as characters, a letter and its marks equal the composed one.
    let composed = VietnameseText.composed(
      word.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    return (1...longest).contains(word.count) && isPlain
      && composed.utf8.elementsEqual(word.utf8) && !word.contains(where: separators.contains)
  }
}
