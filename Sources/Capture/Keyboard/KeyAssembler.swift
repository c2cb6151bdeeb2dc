/// Makes codes of the keys that one node of a scanner sends.
///
/// A pure state machine: it follows Shift, AltGr, Control and CapsLock, takes Alt with keypad
/// digits as the character of that number, and ends a code as the profile says. Each node has its
/// own, so that two scanners never mix.
package struct KeyAssembler: Hashable, Sendable {
  private let table: KeyTable
  private let endings: Set<KeyboardSettings.Ending>
  private var held: Set<UInt16> = []
  private var isCapsLocked: Bool
  private var altDigits = ""
  private var buffer = CodeBuffer()
  private var lastKey: Int64 = 0
  /// Events were lost: what is known of the keys is not true until the next report.
  private var isLost = false

  package init(
    table: KeyTable, endings: Set<KeyboardSettings.Ending>, isCapsLocked: Bool = false
  ) {
    self.table = table
    self.endings = endings
    self.isCapsLocked = isCapsLocked
  }

  /// When the code that is coming in is over without another key; nothing where none is.
  package var deadline: Int64? {
    guard !buffer.isEmpty else { return nil }
    let wait =
      endings.contains(.gap) ? CaptureLimits.gapMilliseconds : CaptureLimits.staleCodeMilliseconds
    return lastKey + wait
  }

  /// Takes an event, and gives the code that it ends or what was wrong with that.
  package mutating func take(_ event: KeyEvent) -> Result<String, CodeTrouble>? {
    if event.type == KeyEvent.synchronisation { return synchronise(event.code) }
    // A scanner turns the case of its letters over for as long as the light is on.
    if event.isCapsLight { isCapsLocked = event.value != 0 }
    guard event.type == KeyEvent.key, !isLost else { return nil }
    switch event.value {
    case 1: return press(event.code, at: event.milliseconds)
    case 0: return release(event.code)
    default: return nil  // A repeat: no scanner holds a key down.
    }
  }

  /// Ends what is over at a moment: a code that ends in silence, or one that stays unfinished.
  package mutating func silence(at milliseconds: Int64) -> Result<String, CodeTrouble>? {
    guard let deadline, milliseconds >= deadline else { return nil }
    if endings.contains(.gap) { return buffer.end() }
    buffer.clear()
    return .failure(.cutShort)
  }

  private mutating func synchronise(_ code: UInt16) -> Result<String, CodeTrouble>? {
    if code == KeyEvent.dropped {
      isLost = true
      held.removeAll()
      altDigits = ""
      buffer.note(.cutShort)
    } else {
      isLost = false
    }
    return nil
  }

  private mutating func press(
    _ key: UInt16, at milliseconds: Int64
  ) -> Result<String, CodeTrouble>? {
    let stale = silence(at: milliseconds)
    lastKey = milliseconds
    if let ended = typed(key) { return ended }
    return stale
  }

  /// What a pressed key does to the code.
  private mutating func typed(_ key: UInt16) -> Result<String, CodeTrouble>? {
    switch key {
    case KeyCode.capsLock:
      isCapsLocked.toggle()
    case KeyCode.leftShift, KeyCode.rightShift, KeyCode.leftControl, KeyCode.rightControl,
      KeyCode.leftAlt, KeyCode.rightAlt:
      held.insert(key)
    case KeyCode.enter, KeyCode.keypadEnter:
      return endings.contains(.enter) ? buffer.end() : nil
    case KeyCode.tab:
      return endings.contains(.tab) ? buffer.end() : nil
    default:
      return typedCharacter(key)
    }
    return nil
  }

  private mutating func typedCharacter(_ key: UInt16) -> Result<String, CodeTrouble>? {
    if let scalar = KeyCode.keypad[key] {
      if held.contains(KeyCode.leftAlt) {
        if altDigits.utf8.count < 6 { altDigits.unicodeScalars.append(scalar) }
      } else {
        buffer.append(scalar)
      }
      return nil
    }
    let scalar = table.character(
      for: key, shift: isDown(KeyCode.leftShift, KeyCode.rightShift), capsLock: isCapsLocked,
      altGr: held.contains(KeyCode.rightAlt))
    guard let scalar else { return nil }
    guard isDown(KeyCode.leftControl, KeyCode.rightControl) else {
      buffer.append(scalar)
      return nil
    }
    return typedControl(scalar)
  }

  /// Control and a letter: some scanners send their line ends so.
  private mutating func typedControl(_ scalar: Unicode.Scalar) -> Result<String, CodeTrouble>? {
    let control = Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) & 0x1F)
    switch control {
    case "\r", "\n": return endings.contains(.enter) ? buffer.end() : nil
    case "\t": return endings.contains(.tab) ? buffer.end() : nil
    default:
      buffer.append(control)
      return nil
    }
  }

  private mutating func release(_ key: UInt16) -> Result<String, CodeTrouble>? {
    held.remove(key)
    guard key == KeyCode.leftAlt, !altDigits.isEmpty else { return nil }
    if let scalar = UInt32(altDigits).flatMap(Unicode.Scalar.init) {
      buffer.append(scalar)
    } else {
      buffer.note(.noText)
    }
    altDigits = ""
    return nil
  }

  private func isDown(_ one: UInt16, _ other: UInt16) -> Bool {
    held.contains(one) || held.contains(other)
  }
}
