import TestSupport
import Testing

@testable import Capture

@Suite("Keys to codes")
struct KeyAssemblerTests {
  @Test(
    "types every character of a US keyboard",
    arguments: ["TT1.TK.00123-K", "abcXYZ 0123456789", "`~!@#$%^&*()_+-={}[]|\\:;\"'<>?,./"])
  func us(text: String) {
    #expect(Keys().typed(text) == [.success(text)])
  }

  @Test("reads libxkbcommon's US layout as the table that is built in")
  func sameTable() throws {
    let table = try XKBLayout.table(named: "us")
    for (key, levels) in KeyTable.us.levels where key != 86 {
      #expect(table.levels[key]?.plain == levels.plain, "key \(key)")
      #expect(table.levels[key]?.shift == levels.shift, "key \(key)")
    }
  }

  @Test(
    "follows the layout of the profile",
    arguments: [
      ("fr", [(16, false), (30, false), (44, false), (2, true)], "aqw1"),
      ("de", [(21, false), (44, false), (12, false)], "zyß"),
      ("gb", [(3, true), (43, false)], "\"#"),
    ])
  func layouts(name: String, keys: [(UInt16, Bool)], text: String) throws {
    var keyboard = Keys(table: try XKBLayout.table(named: name))
    for (key, isShifted) in keys { keyboard.press(key, shift: isShifted) }
    #expect(keyboard.enter() == .success(text))
  }

  @Test("names a layout that is not there", arguments: ["klingon", "", "us;rm", "../etc", "us("])
  func unknownLayout(name: String) {
    #expect(throws: DeviceError.unknownLayout(name)) { try XKBLayout.table(named: name) }
  }

  @Test("lets CapsLock turn the case of letters, and of nothing else")
  func capsLock() {
    var keyboard = Keys()
    keyboard.press(KeyCode.capsLock)
    for key: UInt16 in [30, 2, 12] { keyboard.press(key) }
    keyboard.press(30, shift: true)
    #expect(keyboard.enter() == .success("A1-a"))
    #expect(Keys(isCapsLocked: true).typed("aB1") == [.success("Ab1")])
  }

  @Test("follows the light of CapsLock, which another program may put on and out")
  func capsLight() {
    var keyboard = Keys()
    #expect(keyboard.typed("aB1") == [.success("aB1")])
    keyboard.light(1)
    #expect(keyboard.typed("aB1") == [.success("Ab1")])
    keyboard.light(0)
    #expect(keyboard.typed("aB1") == [.success("aB1")])
  }

  @Test("takes the keypad for digits, and its Enter for the end")
  func keypad() {
    var keyboard = Keys()
    for key: UInt16 in [79, 80, 81, 82, 83, 74] { keyboard.press(key) }
    #expect(keyboard.press(KeyCode.keypadEnter) == .success("1230.-"))
  }

  @Test("takes Alt with keypad digits for the character of that number")
  func alt() {
    var keyboard = Keys()
    keyboard.send(KeyCode.leftAlt, 1)
    for key: UInt16 in [82, 77, 76] { keyboard.press(key) }  // 065
    keyboard.send(KeyCode.leftAlt, 0)
    #expect(keyboard.enter() == .success("A"))
  }

  @Test("ends a code by Tab, by Control and M, or by silence, as the profile says")
  func endings() throws {
    var tab = Keys(endings: [.tab])
    tab.press(2)
    #expect(tab.enter() == nil)
    #expect(tab.press(KeyCode.tab) == .success("1"))

    var control = Keys(endings: [.enter])
    control.press(2)
    control.send(KeyCode.leftControl, 1)
    #expect(control.press(50) == .success("1"))

    var gap = Keys(endings: [.gap])
    gap.press(2)
    let deadline = try #require(gap.assembler.deadline)
    #expect(gap.assembler.silence(at: deadline - 1) == nil)
    #expect(gap.assembler.silence(at: deadline) == .success("1"))
    #expect(gap.assembler.deadline == nil)
  }

  @Test("passes an AIM identifier on, and nothing for an Enter alone")
  func identifier() {
    #expect(Keys().typed("]C0TT1.TK.00123-K") == [.success("]C0TT1.TK.00123-K")])
    var keyboard = Keys()
    #expect(keyboard.enter() == nil)
  }

  @Test("gives up half a code whose rest does not come, and reads the next one")
  func stale() {
    var keyboard = Keys()
    keyboard.press(2)
    keyboard.now += CaptureLimits.staleCodeMilliseconds
    #expect(keyboard.press(3) == .failure(.cutShort))
    #expect(keyboard.enter() == .success("2"))
  }

  @Test("throws a code of 10,000 characters away whole, and reads the next one")
  func tooLong() {
    #expect(Keys().typed(String(repeating: "7", count: 10_000)) == [.failure(.tooLong)])
    var keyboard = Keys()
    for _ in 0..<10_000 { keyboard.press(8) }
    #expect(keyboard.enter() == .failure(.tooLong))
    keyboard.press(9)
    #expect(keyboard.enter() == .success("8"))
  }

  @Test("refuses a code with control characters")
  func controlCharacters() {
    var keyboard = Keys()
    keyboard.press(2)
    keyboard.send(KeyCode.leftControl, 1)
    keyboard.press(27)  // Control and ]: a group separator
    keyboard.send(KeyCode.leftControl, 0)
    #expect(keyboard.enter() == .failure(.controlCharacters))
  }

  @Test("refuses a code of which the kernel lost keys, and forgets what was held")
  func dropped() {
    var keyboard = Keys()
    keyboard.press(2)
    keyboard.send(KeyCode.leftShift, 1)
    keyboard.send(KeyEvent.dropped, 0, type: KeyEvent.synchronisation)
    keyboard.press(3)
    keyboard.send(0, 0, type: KeyEvent.synchronisation)
    #expect(keyboard.enter() == .failure(.cutShort))
    keyboard.press(30)
    #expect(keyboard.enter() == .success("a"))
  }

  @Test("keeps the keys of two scanners apart, whatever their order")
  func twoDevices() {
    var (one, other) = (Keys(), Keys())
    one.press(2)
    other.press(30)
    one.press(3)
    #expect(other.enter() == .success("a"))
    one.press(4)
    #expect(one.enter() == .success("123"))
  }

  @Test("survives garbage within bounded memory", arguments: 0..<20 as Range<UInt64>)
  func garbage(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var assembler = KeyAssembler(table: .us, endings: [.enter, .tab])
    var now: Int64 = 0
    for _ in 0..<20_000 {
      now += .random(in: 0...20, using: &generator)
      let event = KeyEvent(
        type: .random(in: 0...2, using: &generator), code: .random(in: 0...300, using: &generator),
        value: .random(in: -1...3, using: &generator), milliseconds: now)
      if case .success(let text)? = assembler.take(event) {
        #expect(text.unicodeScalars.count <= CaptureLimits.maximumCodeCharacters)
        #expect(!text.isEmpty)
      }
    }
  }

  @Test("reads a scan as the kernel gave it, as recorded in the lab")
  func wholeRecording() throws {
    var assembler = KeyAssembler(table: .us, endings: [.enter])
    let codes = try Recording.events("usb-keyboard-whole").compactMap { assembler.take($0) }
    #expect(codes == [.success("TT1.TN.00001-2/aB")])
  }

  /// The lab's emulated machine was too slow when this was recorded, and the kernel says so in it.
  @Test("tells that a scan was cut short where the kernel dropped events, as recorded in the lab")
  func recording() throws {
    var assembler = KeyAssembler(table: .us, endings: [.enter])
    let codes = try Recording.events("usb-keyboard").compactMap { assembler.take($0) }
    #expect(codes == [.failure(.cutShort)])
  }

  @Test("tells the layout and the ending of a scanner from one scan of the pairing code")
  func pairing() throws {
    for layout in ["us", "fr", "de"] {
      let keyboard = KeyWriter(try XKBLayout.table(named: layout))
      var pairing = KeyboardPairing()
      let events = keyboard.events(typing: PairingCode.text) + keyboard.press(KeyCode.enter)
      let found = events.compactMap { pairing.take($0) }
      #expect(found.first?.layout == layout)
      #expect(found.first?.endings == [.enter])
    }
  }
}

/// A scanner that types.
private struct Keys {
  var assembler: KeyAssembler
  var now: Int64 = 0
  private let table: KeyTable

  init(
    table: KeyTable = .us, endings: Set<KeyboardSettings.Ending> = [.enter, .tab],
    isCapsLocked: Bool = false
  ) {
    self.table = table
    assembler = KeyAssembler(table: table, endings: endings, isCapsLocked: isCapsLocked)
  }

  @discardableResult
  mutating func send(
    _ code: UInt16, _ value: Int32, type: UInt16 = KeyEvent.key
  ) -> Result<String, CodeTrouble>? {
    now += 1
    return assembler.take(KeyEvent(type: type, code: code, value: value, milliseconds: now))
  }

  @discardableResult
  mutating func press(_ key: UInt16, shift: Bool = false) -> Result<String, CodeTrouble>? {
    if shift { send(KeyCode.leftShift, 1) }
    let ended = send(key, 1)
    send(key, 0)
    if shift { send(KeyCode.leftShift, 0) }
    return ended
  }

  /// Says that the light of CapsLock went on or out.
  mutating func light(_ value: Int32) { send(KeyEvent.capsLight, value, type: KeyEvent.light) }

  mutating func enter() -> Result<String, CodeTrouble>? { press(KeyCode.enter) }

  /// The codes that a text with Enter at its end comes to.
  consuming func typed(_ text: String) -> [Result<String, CodeTrouble>] {
    let writer = KeyWriter(table)
    let events = writer.events(typing: text) + writer.press(KeyCode.enter)
    return events.compactMap { assembler.take($0) }
  }
}

/// Finds the keys for a text.
private struct KeyWriter {
  private var keys: [Unicode.Scalar: (key: UInt16, isShifted: Bool)] = [:]

  init(_ table: KeyTable) {
    for (key, levels) in table.levels.sorted(by: { $0.key > $1.key }) {
      if let shift = levels.shift { keys[shift] = (key, true) }
    }
    for (key, levels) in table.levels.sorted(by: { $0.key > $1.key }) {
      if let plain = levels.plain { keys[plain] = (key, false) }
    }
  }

  func events(typing text: String) -> [KeyEvent] {
    text.unicodeScalars.flatMap { scalar -> [KeyEvent] in
      guard let (key, isShifted) = keys[scalar] else { return [] }
      let shift = KeyCode.leftShift
      return isShifted ? [event(shift, 1)] + press(key) + [event(shift, 0)] : press(key)
    }
  }

  func press(_ key: UInt16) -> [KeyEvent] { [event(key, 1), event(key, 0)] }

  private func event(_ code: UInt16, _ value: Int32) -> KeyEvent {
    KeyEvent(type: KeyEvent.key, code: code, value: value, milliseconds: 0)
  }
}
