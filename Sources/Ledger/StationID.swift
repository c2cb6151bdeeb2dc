package import Labels

/// A station's name in the group: its library's code and a number, for example `TT1-1`.
package struct StationID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let library: LibraryCode
  package let number: Int

  /// The numbers that a station may have within its library.
  package static let numbers = 1...99

  /// Names the station of a library; most libraries have one only.
  package init(library: LibraryCode, number: Int = 1) {
    self.library = library
    self.number = min(max(number, Self.numbers.lowerBound), Self.numbers.upperBound)
  }

  /// Reads a name such as `TT1-1`, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    self.init(name: String(text))
  }

  private init?(name text: String) {
    guard let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")) else { return nil }
    let (code, digits) = (text[..<dash], text[text.utf8.index(after: dash)...])
    guard let library = try? LibraryCode(code), library.text == code,
      digits.utf8.allSatisfy({ (48...57).contains($0) }), digits.utf8.first != 48,
      let number = Int(digits), Self.numbers.contains(number)
    else { return nil }
    self.library = library
    self.number = number
  }

  package var text: String { "\(library.text)-\(number)" }

  package var description: String { text }

  package static func < (left: Self, right: Self) -> Bool {
    (left.library, left.number) < (right.library, right.number)
  }
}

/// Which life of a station an event belongs to; a restored or replaced station begins a new one.
package struct Epoch: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let number: Int

  /// The epochs that a station may live through.
  package static let numbers = 1...1_000_000

  /// Takes a number from 1 to a million, or gives `nil`.
  package init?(_ number: Int) {
    guard Self.numbers.contains(number) else { return nil }
    self.number = number
  }

  private init(unchecked number: Int) {
    self.number = number
  }

  package static let first = Epoch(unchecked: 1)

  /// The epoch after this one, or `nil` after the last.
  package var next: Epoch? { Epoch(number + 1) }

  package static func < (left: Self, right: Self) -> Bool {
    left.number < right.number
  }

  package var description: String { "\(number)" }
}
