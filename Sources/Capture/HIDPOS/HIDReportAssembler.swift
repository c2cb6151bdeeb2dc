/// Makes codes of a HID bar code scanner's reports.
package struct HIDReportAssembler: Hashable, Sendable {
  private let layout: HIDScanLayout
  private var bytes: [UInt8] = []
  private var identifier: [UInt8] = []
  private var isTooLong = false
  private var lastReport: Int64 = 0
  /// A report said that its code goes on.
  private var awaitsRest = false

  package init(layout: HIDScanLayout) {
    self.layout = layout
  }

  /// When the code that is coming in is given up; nothing where none is.
  package var deadline: Int64? {
    awaitsRest ? lastReport + CaptureLimits.staleCodeMilliseconds : nil
  }

  /// Takes a report that came at a moment, and gives the code that it ends, or what was wrong.
  ///
  /// A part whose rest never came is not joined to the next code, which is then given alone.
  package mutating func take(
    _ report: some Collection<UInt8>, at milliseconds: Int64
  ) -> [Result<String, CodeTrouble>] {
    guard let part = layout.part(in: report) else { return [] }
    let stale = silence(at: milliseconds)
    lastReport = milliseconds
    return [stale, take(part)].compactMap(\.self)
  }

  /// Gives up, at a moment, a code whose rest has not come.
  package mutating func silence(at milliseconds: Int64) -> Result<String, CodeTrouble>? {
    guard let deadline, milliseconds >= deadline else { return nil }
    clear()
    return .failure(.cutShort)
  }

  private mutating func take(_ part: HIDScanLayout.Part) -> Result<String, CodeTrouble>? {
    if identifier.isEmpty { identifier = part.identifier }
    if bytes.count + part.bytes.count > 4 * CaptureLimits.maximumCodeCharacters {
      isTooLong = true
      bytes.removeAll()
    } else {
      bytes += part.bytes
    }
    awaitsRest = part.isContinued
    return part.isContinued ? nil : end()
  }

  private mutating func clear() {
    bytes.removeAll()
    identifier.removeAll()
    isTooLong = false
    awaitsRest = false
  }

  private mutating func end() -> Result<String, CodeTrouble>? {
    defer { clear() }
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
