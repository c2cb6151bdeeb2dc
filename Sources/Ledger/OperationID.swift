internal import Crypto

/// A caller's name for one act: sixteen bytes, written as a UUID.
///
/// The caller makes it and repeats it with every attempt, so that an answer lost on the way never
/// leads to a second loan. Version 7 (RFC 9562), which starts with the time, keeps the journal's
/// index compact; any version is taken.
package struct OperationID: Hashable, Sendable, CustomStringConvertible {
  package let high: UInt64
  package let low: UInt64

  package static let byteCount = 16

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Takes exactly sixteen bytes, or gives `nil`.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init(leading: Array(bytes))
  }

  /// Takes the first sixteen bytes of a longer run, such as a hash.
  init(leading bytes: some Sequence<UInt8>) {
    var halves: (UInt64, UInt64) = (0, 0)
    for byte in bytes.prefix(Self.byteCount) {
      halves.0 = halves.0 << 8 | halves.1 >> 56
      halves.1 = halves.1 << 8 | UInt64(byte)
    }
    self.init(high: halves.0, low: halves.1)
  }

  /// Reads a UUID's 36 characters in either case, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 36 else { return nil }
    var bytes: [UInt8] = []
    var pending: UInt8?
    for (offset, character) in text.utf8.enumerated() {
      if [8, 13, 18, 23].contains(offset) {
        guard character == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Hex.value(of: character) else { return nil }
      if let first = pending {
        bytes.append(first << 4 | digit)
        pending = nil
      } else {
        pending = digit
      }
    }
    self.init(bytes: bytes)
  }

  /// A new version 7 name from a time and a source of randomness.
  package static func make(
    unixMilliseconds: Int64, using generator: inout some RandomNumberGenerator
  ) -> OperationID {
    let time = UInt64(truncatingIfNeeded: unixMilliseconds) & 0xFFFF_FFFF_FFFF
    let random = UInt64.random(in: 0..<(1 << 12), using: &generator)
    let tail = UInt64.random(in: 0..<(1 << 62), using: &generator)
    return OperationID(high: time << 16 | 0x7000 | random, low: 0x8000_0000_0000_0000 | tail)
  }

  /// The name of one of several facts that one act records; the first has the act's own.
  package func derived(_ index: Int) -> OperationID {
    guard index > 0 else { return self }
    var hasher = SHA256()
    hasher.update(data: Array("lienthong.operation.1".utf8))
    hasher.update(data: bytes)
    hasher.update(data: Array("\(index)".utf8))
    return OperationID(leading: hasher.finalize())
  }

  package var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  package var description: String {
    let digits = Hex.text(of: bytes)
    var parts: [Substring] = []
    var rest = digits[...]
    for length in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return parts.joined(separator: "-")
  }
}
