/// A kind of bar code that a library meets.
package enum Symbology: String, Hashable, Sendable, CaseIterable {
  case code128 = "CODE-128"
  case code39 = "CODE-39"
  case codabar = "Codabar"
  case ean13 = "EAN-13"
  case ean8 = "EAN-8"
  case upca = "UPC-A"
  case upce = "UPC-E"
  case isbn13 = "ISBN-13"
  case isbn10 = "ISBN-10"
  case itf = "I2/5"
  case qr = "QR-Code"
  /// The two digits beside a periodical's EAN: its issue.
  case ean2 = "EAN-2"
  /// The five digits beside a book's EAN: its price.
  case ean5 = "EAN-5"

  /// The name that zbar gives it, as `zbarimg` prints.
  package var name: String { rawValue }

  /// The code letter of its AIM identifier (ISO/IEC 15424).
  package var aimCode: Character {
    switch self {
    case .code128: "C"
    case .code39: "A"
    case .codabar: "F"
    case .ean13, .ean8, .upca, .upce, .ean2, .ean5: "E"
    case .isbn13, .isbn10: "X"
    case .itf: "I"
    case .qr: "Q"
    }
  }
}
