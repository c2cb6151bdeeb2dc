/// A text that could stand on a label: printable ASCII in upper case, neither empty nor too long.
///
/// Every label's initialiser begins here, so that the rules after it meet nothing surprising. Only
/// then is it safe to make capitals: beyond ASCII `ß` would turn into the two letters `SS`.
struct LabelText: Hashable, Sendable {
  let text: String

  /// Refuses what no label carries, naming the first rule that is broken.
  init(_ text: some StringProtocol) throws(LabelError) {
    // One conversion here keeps all that follows free of generics, which cross no module cheaply.
    try self.init(string: String(text))
  }

  private init(string text: String) throws(LabelError) {
    guard !text.isEmpty else { throw .empty }
    guard text.utf8.count <= Self.limitBytes else { throw .tooLong(limitBytes: Self.limitBytes) }
    guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      throw Self.firstFault(in: text)
    }
    let isUpperCase = !text.utf8.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    self.text = isUpperCase ? text : text.uppercased()
  }

  private static func firstFault(in text: String) -> LabelError {
    for character in text {
      guard character.isASCII, let code = character.unicodeScalars.first?.value else {
        return .notASCII(character)
      }
      guard (0x20...0x7E).contains(code) else { return .controlCharacter(code) }
    }
    return .empty
  }

  /// The longest text that is looked at, in bytes of UTF-8: five times our longest label.
  static let limitBytes = 256

  /// The start of a text of any length, short enough to be shown and recorded.
  static func excerpt(of text: String) -> String {
    var excerpt = String.UnicodeScalarView()
    excerpt.append(contentsOf: text.unicodeScalars.prefix(limitBytes))
    return String(excerpt)
  }
}
