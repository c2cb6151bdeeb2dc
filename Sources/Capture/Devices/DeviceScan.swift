package import Labels

/// A code that a device read.
package struct DeviceScan: Hashable, Sendable {
  /// The device's name in the journal.
  package let device: String
  /// The code as a scanner reports it, with an AIM identifier where the symbology is known.
  package let text: String

  /// When the code came into a camera's view, on the clock of ``MonotonicTime``.
  ///
  /// Nothing for a device that doesn't see it coming.
  package let cameIntoViewMilliseconds: Int64?

  package init(device: String, text: String, cameIntoViewMilliseconds: Int64? = nil) {
    self.device = device
    self.text = text
    self.cameIntoViewMilliseconds = cameIntoViewMilliseconds
  }

  /// How long the person has held the label before the camera, where a camera read it.
  package func waitMilliseconds(until milliseconds: Int64) -> Int64? {
    cameIntoViewMilliseconds.map { max(0, milliseconds - $0) }
  }
}

extension ScannedCode {
  /// The code as a scanner with AIM identifiers would type it: `]C0TT1.TK.00123-O`.
  ///
  /// A camera's code then takes the way of a typed one, and its symbology is not lost.
  package var reported: String {
    if let identifier { return "\(identifier)\(text)" }
    guard let symbology else { return text }
    return "]\(symbology.aimCode)\(symbology.aimModifier)\(text)"
  }
}

extension Symbology {
  /// The modifier that tells the kinds of EAN apart; 0 says that nothing was done to the code.
  fileprivate var aimModifier: Character {
    switch self {
    case .ean8, .upce: "4"
    case .ean2: "1"
    case .ean5: "2"
    default: "0"
    }
  }
}
