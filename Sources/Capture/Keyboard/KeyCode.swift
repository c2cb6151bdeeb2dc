/// The keys that mean more than a character, by their numbers in the kernel's input-event-codes.h.
///
/// They are those of CLinuxDevices, spelled here so that what is pure needs no system header.
enum KeyCode {
  static let tab: UInt16 = 15
  static let enter: UInt16 = 28
  static let leftControl: UInt16 = 29
  static let leftShift: UInt16 = 42
  static let rightShift: UInt16 = 54
  static let leftAlt: UInt16 = 56
  static let capsLock: UInt16 = 58
  static let keypadEnter: UInt16 = 96
  static let rightControl: UInt16 = 97
  static let rightAlt: UInt16 = 100

  /// The keypad's characters; scanners that use it mean digits, whatever NumLock says.
  static let keypad: [UInt16: Unicode.Scalar] = [
    71: "7", 72: "8", 73: "9", 74: "-", 75: "4", 76: "5", 77: "6", 78: "+", 79: "1", 80: "2",
    81: "3", 82: "0", 83: ".", 55: "*", 98: "/", 117: "=", 121: ",",
  ]
}

/// One event of a keyboard, as evdev reports it.
package struct KeyEvent: Hashable, Sendable {
  /// The event's type; keys are of type 1.
  package let type: UInt16
  package let code: UInt16
  /// For a key: 1 pressed, 0 released, 2 repeated.
  package let value: Int32
  package let milliseconds: Int64

  package init(type: UInt16, code: UInt16, value: Int32, milliseconds: Int64) {
    self.type = type
    self.code = code
    self.value = value
    self.milliseconds = milliseconds
  }

  static let synchronisation: UInt16 = 0
  static let key: UInt16 = 1
  static let light: UInt16 = 0x11
  /// The number of CapsLock's light, under that type.
  static let capsLight: UInt16 = 1
  /// The kernel's word, under type 0, that events were lost.
  static let dropped: UInt16 = 3

  /// Whether it says that CapsLock's light has changed.
  var isCapsLight: Bool { type == Self.light && code == Self.capsLight }
}
