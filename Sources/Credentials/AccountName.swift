/// The name under which somebody signs in: lower-case letters, digits and dashes.
package struct AccountName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  /// Characters that a name may have.
  package static let longest = 40

  /// Takes a name, or refuses it with `AccessError.badAccountName`.
  package init(_ text: String) throws(AccessError) {
    guard (1...Self.longest).contains(text.utf8.count),
      text.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    else { throw .badAccountName }
    self.text = text
  }

  package var description: String { text }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
