import Foundation
import Glibc

/// The text of a QR code whose makers did not say in which character set they wrote it.
///
/// Nothing is guessed that the bytes contradict: UTF-8 where they are that; Shift-JIS, the standard
/// of the year 2000, where they are that and can't be words in Latin letters; else ISO 8859-1, the
/// standard's default since. Where a code names its set, zbar has already made it UTF-8.
enum QRText {
  static func decode(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    if !isLikelyLatin(bytes), let text = shiftJIS(bytes) { return text }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// Says whether bytes are words of a European language: no control codes of the upper half, and
  /// no more than two marked letters in a row.
  private static func isLikelyLatin(_ bytes: [UInt8]) -> Bool {
    var run = 0
    for byte in bytes {
      if (0x80...0x9F).contains(byte) { return false }
      run = byte > 0x9F ? run + 1 : 0
      if run > 2 { return false }
    }
    return true
  }

  /// Reads Shift-JIS with its half-width letters; `nil` if a byte breaks its rules.
  private static func shiftJIS(_ bytes: [UInt8]) -> String? {
    guard let converter = iconv_open("UTF-8", "CP932"), Int(bitPattern: converter) != -1 else {
      return nil
    }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 3 + 1)
    let capacity = output.count
    let used = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output -> Int? in
        var (source, sourceLeft) = (input.baseAddress, input.count)
        var (target, targetLeft) = (output.baseAddress, capacity)
        let status = iconv(converter, &source, &sourceLeft, &target, &targetLeft)
        return status == 0 && sourceLeft == 0 ? capacity - targetLeft : nil
      }
    }
    guard let used else { return nil }
    return String(validating: output[..<used].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
