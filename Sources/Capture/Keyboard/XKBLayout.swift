import CLinuxDevices

/// Keyboard layouts by their names in libxkbcommon: `us`, `fr`, `de`, `gb`, `vn`.
package enum XKBLayout {
  /// evdev's key numbers are 8 less than those of XKB.
  private static let keyOffset: UInt32 = 8
  /// The last key that a layout is asked about; those above have no characters.
  private static let lastKey: UInt32 = 127

  /// Reads a layout into a table; `name` may have a variant in brackets, such as `us(intl)`.
  ///
  /// - Throws: `DeviceError.unknownLayout` where libxkbcommon has no such layout.
  package static func table(named name: String) throws(DeviceError) -> KeyTable {
    let (layout, variant) = parts(of: name)
    guard isSound(layout), isSound(variant) || variant.isEmpty,
      let table = makeTable(layout: layout, variant: variant)
    else { throw .unknownLayout(String(name.prefix(40))) }
    return table
  }

  private static func parts(of name: String) -> (layout: String, variant: String) {
    guard let open = name.firstIndex(of: "("), name.hasSuffix(")") else { return (name, "") }
    return (String(name[..<open]), String(name[name.index(after: open)...].dropLast()))
  }

  /// Keeps a profile from naming anything but a layout.
  private static func isSound(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 32
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
  }

  private static func makeTable(layout: String, variant: String) -> KeyTable? {
    guard let context = xkb_context_new(XKB_CONTEXT_NO_FLAGS) else { return nil }
    defer { xkb_context_unref(context) }
    // What libxkbcommon would write on standard error is told as an error of the profile.
    xkb_context_set_log_level(context, XKB_LOG_LEVEL_CRITICAL)
    let keymap = layout.withCString { layout in
      variant.withCString { variant in
        var names = xkb_rule_names(
          rules: nil, model: nil, layout: layout, variant: variant, options: nil)
        return xkb_keymap_new_from_names(context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS)
      }
    }
    guard let keymap else { return nil }
    defer { xkb_keymap_unref(keymap) }
    return KeyTable(levels: levels(in: keymap))
  }

  private static func levels(in keymap: OpaquePointer) -> [UInt16: KeyTable.Levels] {
    var levels: [UInt16: KeyTable.Levels] = [:]
    for key in 1...lastKey where KeyCode.keypad[UInt16(key)] == nil {
      func character(_ level: UInt32) -> Unicode.Scalar? {
        var symbols: UnsafePointer<xkb_keysym_t>?
        let count = xkb_keymap_key_get_syms_by_level(keymap, key + keyOffset, 0, level, &symbols)
        guard count == 1, let symbol = symbols?.pointee else { return nil }
        let scalar = Unicode.Scalar(xkb_keysym_to_utf32(symbol))
        // Dead keys and Escape, Return and their like type nothing.
        guard let scalar, scalar.value >= 0x20, scalar.value != 0x7F else { return nil }
        return scalar
      }
      let found = KeyTable.Levels(
        plain: character(0), shift: character(1), altGr: character(2), shiftAltGr: character(3))
      if found != KeyTable.Levels() {
        let shift = found.shift ?? (found.plain == " " ? " " : nil)
        levels[UInt16(key)] = KeyTable.Levels(
          plain: found.plain, shift: shift, altGr: found.altGr, shiftAltGr: found.shiftAltGr)
      }
    }
    return levels
  }
}
