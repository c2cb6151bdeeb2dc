/// Makes codes of a HID bar code scanner's reports.
package struct HIDReportAssembler: Hashable, Sendable {
  private let layout: HIDScanLayout
  private var bytes: [UInt8] = []
  private var identifier: [UInt8] = []
  private var isTooLong = false

  package init(layout: HIDScanLayout) {
    self.layout = layout
  }

  /// Takes a report, and gives the code that it ends.
  package mutating func take(_ report: some Collection<UInt8>) -> Result<String, CodeTrouble>? {
    guard let part = layout.part(in: report) else { return nil }
    if identifier.isEmpty { identifier = part.identifier }
    if bytes.count + part.bytes.count > 4 * CaptureLimits.maximumCodeCharacters {
      isTooLong = true
      bytes.removeAll()
    } else {
      bytes += part.bytes
    }
    return part.isContinued ? nil : end()
  }

  private mutating func end() -> Result<String, CodeTrouble>? {
    defer {
      bytes.removeAll()
      identifier.removeAll()
      isTooLong = false
    }
    if isTooLong { return .failure(.tooLong) }
    // Many scanners send the line end that they would type, too.
    let ends: Set<UInt8> = [0x0A, 0x0D, 0x09]
    let code = bytes.reversed().drop { ends.contains($0) }.reversed()
    guard let text = String(validating: Self.prefix(identifier) + code, as: UTF8.self) else {
      return .failure(.noText)
    }
    guard !code.isEmpty else { return nil }
    var buffer = CodeBuffer()
    for scalar in text.unicodeScalars { buffer.append(scalar) }
    return buffer.end()
  }

  /// The identifier as it is typed, where it is one: `]`, a letter, and a letter or digit.
  private static func prefix(_ identifier: [UInt8]) -> [UInt8] {
    identifier.count == 3 && identifier[0] == UInt8(ascii: "]") ? identifier : []
  }
}
