/// The printed code by which a scanner is paired.
///
/// It holds the characters that keyboard layouts disagree about, so that what is typed tells the
/// layout of the scanner as well.
package enum PairingCode {
  package static let text = "LT-PAIR/QWAZYM.5678"

  /// Whether a scan is the pairing code, with or without an AIM identifier.
  static func isIn(_ scan: String) -> Bool {
    scan == text || scan.hasPrefix("]") && scan.dropFirst(3) == text
  }
}
