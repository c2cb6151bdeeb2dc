/// What each key of a keyboard layout types.
package struct KeyTable: Hashable, Sendable {
  /// What one key types with each of the keys that are held down beside it.
  package struct Levels: Hashable, Sendable {
    var plain: Unicode.Scalar?
    var shift: Unicode.Scalar?
    var altGr: Unicode.Scalar?
    var shiftAltGr: Unicode.Scalar?

    /// Whether CapsLock acts on the key: on letters, and on nothing else.
    var isLetter: Bool {
      guard let plain, let shift else { return false }
      return plain != shift && plain.properties.uppercaseMapping == String(shift)
    }
  }

  let levels: [UInt16: Levels]

  package init(levels: [UInt16: Levels]) {
    self.levels = levels
  }

  func character(
    for key: UInt16, shift: Bool, capsLock: Bool, altGr: Bool
  ) -> Unicode.Scalar? {
    guard let levels = levels[key] else { return nil }
    let isShifted = shift != (capsLock && levels.isLetter)
    switch (altGr, isShifted) {
    case (false, false): return levels.plain
    case (false, true): return levels.shift
    case (true, false): return levels.altGr
    case (true, true): return levels.shiftAltGr
    }
  }
}

extension KeyTable {
  /// The layout that scanners have from the factory.
  package static let us: KeyTable = {
    var levels: [UInt16: Levels] = [57: Levels(plain: " ", shift: " ")]
    for (first, plain, shift) in usRows {
      for (offset, pair) in zip(plain.unicodeScalars, shift.unicodeScalars).enumerated() {
        levels[first + UInt16(offset)] = Levels(plain: pair.0, shift: pair.1)
      }
    }
    return KeyTable(levels: levels)
  }()

  /// Runs of keys, from the number of the first one.
  private static let usRows: [(first: UInt16, plain: String, shift: String)] = [
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", "ASDFGHJKL:\"~"),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (86, "<", ">"),
  ]
}
