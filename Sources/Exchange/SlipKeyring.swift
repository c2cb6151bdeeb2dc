package import Labels
package import Rotation

/// The keys of a group's libraries, by which a station knows their slips.
///
/// In text, a line for each key: the library's code, a blank, and 64 hexadecimal digits.
package struct SlipKeyring: Hashable, Sendable {
  private var keys: [LibraryCode: [VerifyingKey]] = [:]

  /// Keys that one library may have: a machine that is replaced brings a new one.
  package static let mostKeysOfLibrary = 8
  /// Keys of all libraries together.
  package static let mostKeys = 2_000

  package init() {}

  /// Reads the text form, refusing a line that is no library's key.
  package init(_ text: some StringProtocol) throws(ExchangeError) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ")
      guard words.count == 2, let library = try? LibraryCode(words[0]) else { throw .badKey }
      try add(VerifyingKey(words[1]), of: library)
    }
  }

  /// Takes one more key of a library; one that is there already changes nothing.
  package mutating func add(_ key: VerifyingKey, of library: LibraryCode) throws(ExchangeError) {
    let known = keys[library] ?? []
    guard !known.contains(key) else { return }
    guard known.count < Self.mostKeysOfLibrary,
      keys.values.reduce(0, { $0 + $1.count }) < Self.mostKeys
    else { throw .badKey }
    keys[library] = known + [key]
  }

  /// The text form, in order of libraries.
  package var text: String {
    keys.keys.sorted().flatMap { library in
      (keys[library] ?? []).map { "\(library) \($0)\n" }
    }.joined()
  }

  /// Says whose signature stands under a slip.
  package func verdict(
    on signature: [UInt8], for message: [UInt8], of library: LibraryCode
  ) -> SignedManifest.Verdict {
    guard let known = keys[library] else { return .unknownLibrary }
    return known.contains { $0.isValidSignature(signature, for: message) } ? .valid : .wrong
  }
}

extension SigningKey {
  /// The signature under a slip; `message` is what `SignedManifest.signedBytes` gives.
  package func slipSignature(for message: [UInt8]) throws(ExchangeError) -> [UInt8] {
    try signature(for: message)
  }
}
