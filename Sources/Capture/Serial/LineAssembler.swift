/// Makes codes of the bytes that a serial scanner sends.
///
/// A pure state machine. CR, LF and CRLF end a code alike, since nothing is between CR and LF;
/// STX and ETX, which some scanners put around a code, are passed over.
package struct LineAssembler: Hashable, Sendable {
  private let endings: Set<SerialSettings.Ending>
  private var bytes: [UInt8] = []
  private var trouble: CodeTrouble?
  private var lastByte: Int64 = 0

  /// A character of UTF-8 has four bytes at most.
  private static let maximumBytes = 4 * CaptureLimits.maximumCodeCharacters
  private static let framing: Set<UInt8> = [0x02, 0x03]

  package init(endings: Set<SerialSettings.Ending>) {
    self.endings = endings
  }

  /// When the code that is coming in is over without another byte; nothing where none is.
  package var deadline: Int64? {
    guard !bytes.isEmpty || trouble != nil else { return nil }
    let wait =
      endings.contains(.gap) ? CaptureLimits.gapMilliseconds : CaptureLimits.staleCodeMilliseconds
    return lastByte + wait
  }

  /// Takes what was read at a moment, and gives the codes that it ends.
  package mutating func take(
    _ read: some Sequence<UInt8>, at milliseconds: Int64
  ) -> [Result<String, CodeTrouble>] {
    var ended: [Result<String, CodeTrouble>] = []
    if let stale = silence(at: milliseconds) { ended.append(stale) }
    lastByte = milliseconds
    for byte in read {
      if isEnding(byte) {
        if let code = end() { ended.append(code) }
      } else if !Self.framing.contains(byte) {
        append(byte)
      }
    }
    return ended
  }

  /// Ends what is over at a moment: a code that ends in silence, or one that stays unfinished.
  package mutating func silence(at milliseconds: Int64) -> Result<String, CodeTrouble>? {
    guard let deadline, milliseconds >= deadline else { return nil }
    if endings.contains(.gap) { return end() }
    clear()
    return .failure(.cutShort)
  }

  private func isEnding(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\r"), UInt8(ascii: "\n"): endings.contains(.line)
    case UInt8(ascii: "\t"): endings.contains(.tab)
    default: false
    }
  }

  private mutating func append(_ byte: UInt8) {
    guard trouble == nil else { return }
    guard bytes.count < Self.maximumBytes else {
      trouble = .tooLong
      bytes.removeAll()
      return
    }
    bytes.append(byte)
  }

  private mutating func end() -> Result<String, CodeTrouble>? {
    defer { clear() }
    if let trouble { return .failure(trouble) }
    guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(.noText) }
    var buffer = CodeBuffer()
    for scalar in text.unicodeScalars { buffer.append(scalar) }
    return buffer.end()
  }

  private mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    trouble = nil
  }
}
