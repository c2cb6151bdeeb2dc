/// Finds out how a scanner types, from the keys of one scan of the pairing code.
package struct KeyboardPairing: Sendable {
  /// Layouts that scanners are sold with, the likeliest first; libxkbcommon has them all.
  package static let layouts = ["us", "gb", "fr", "de", "es", "it", "pt", "vn", "ch", "jp"]

  private var trials: [(settings: KeyboardSettings, assembler: KeyAssembler)]

  package init(layouts: [String] = Self.layouts) {
    trials = layouts.flatMap { layout -> [(KeyboardSettings, KeyAssembler)] in
      let usual = KeyboardSettings(layout: layout, endings: [])
      guard let table = try? usual.table() else { return [] }
      return KeyboardSettings.Ending.allCases.map { ending in
        (
          KeyboardSettings(layout: layout, endings: [ending]),
          KeyAssembler(table: table, endings: [ending])
        )
      }
    }
  }

  /// Takes a key; the settings under which the keys so far are the pairing code, once they are.
  package mutating func take(_ event: KeyEvent) -> KeyboardSettings? {
    firstMatch { $0.take(event) }
  }

  /// Ends the codes that end in silence.
  package mutating func silence(at milliseconds: Int64) -> KeyboardSettings? {
    firstMatch { $0.silence(at: milliseconds) }
  }

  private mutating func firstMatch(
    _ step: (inout KeyAssembler) -> Result<String, CodeTrouble>?
  ) -> KeyboardSettings? {
    var match: KeyboardSettings?
    // Every trial takes the event, also after one has matched.
    for index in trials.indices {
      guard case .success(let text)? = step(&trials[index].assembler),
        PairingCode.isIn(text)
      else { continue }
      match = match ?? trials[index].settings
    }
    return match
  }

  /// Listens to a device's nodes, without taking its keys from anybody, until it has typed the
  /// code.
  static func settings(
    ofScannerAt nodes: [String], by pairing: KeyboardPairing, until stop: StopSignal
  ) throws(DeviceError) -> KeyboardSettings? {
    var open: [InputNode] = []
    for path in nodes { open.append(try InputNode(path)) }
    var pairings = open.map { _ in pairing }
    while !stop.isFired {
      let ready = stop.wait(
        for: open.map(\.descriptor), milliseconds: CaptureLimits.gapMilliseconds)
      for (index, node) in open.enumerated() {
        if ready.contains(node.descriptor) {
          for event in try node.events() {
            if let settings = pairings[index].take(event) { return settings }
          }
        } else if let settings = pairings[index].silence(at: MonotonicTime.milliseconds()) {
          return settings
        }
      }
    }
    return nil
  }
}
