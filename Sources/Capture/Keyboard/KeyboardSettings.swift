/// How a scanner that types is set.
package struct KeyboardSettings: Hashable, Sendable {
  /// What ends a code.
  package enum Ending: String, Hashable, Sendable, CaseIterable {
    /// Enter, of the keyboard or of the keypad.
    case enter
    case tab
    /// Nothing: a code is over when no key follows.
    case gap
  }

  package var layout: String
  package var endings: Set<Ending>

  /// What scanners do from the factory.
  package static let usual = KeyboardSettings(layout: "us", endings: [.enter, .tab])

  package init(layout: String, endings: Set<Ending>) {
    self.layout = layout
    self.endings = endings
  }

  /// The layout's table; the US one needs no libxkbcommon data on the machine.
  func table() throws(DeviceError) -> KeyTable {
    layout == "us" ? .us : try XKBLayout.table(named: layout)
  }
}
