/// What is wrong with a code that a device sent; the device goes on.
package enum CodeTrouble: Error, Hashable, Sendable {
  /// The code passes ``CaptureLimits/maximumCodeCharacters`` and was thrown away whole.
  case tooLong

  /// The code holds NUL or another control character, which no label has.
  case controlCharacters

  /// The code's bytes are no text: often a wrong baud rate.
  case noText

  /// The rest of a code never came, and its beginning was thrown away.
  case cutShort
}

/// The characters of a code as they come in, within the limit.
///
/// A code that breaks a rule is thrown away to its end, so that its rest is never taken for a code
/// of its own.
struct CodeBuffer: Hashable, Sendable {
  private var characters: [Unicode.Scalar] = []
  private var trouble: CodeTrouble?

  /// Whether nothing has come since the last code ended.
  var isEmpty: Bool { characters.isEmpty && trouble == nil }

  mutating func append(_ scalar: Unicode.Scalar) {
    guard trouble == nil else { return }
    if scalar.properties.generalCategory == .control {
      note(.controlCharacters)
    } else if characters.count == CaptureLimits.maximumCodeCharacters {
      note(.tooLong)
    } else {
      characters.append(scalar)
    }
  }

  /// Spoils the code that is coming in; only the first reason is kept.
  mutating func note(_ reason: CodeTrouble) {
    trouble = trouble ?? reason
    characters.removeAll()
  }

  mutating func clear() {
    characters.removeAll(keepingCapacity: true)
    trouble = nil
  }

  /// Ends the code: its text, what is wrong with it, or nothing where nothing came.
  mutating func end() -> Result<String, CodeTrouble>? {
    defer { clear() }
    if let trouble { return .failure(trouble) }
    guard !characters.isEmpty else { return nil }
    return .success(String(String.UnicodeScalarView(characters)))
  }
}
