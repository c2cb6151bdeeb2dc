import Foundation

/// The transfer curve of sRGB (IEC 61966-2-1).
enum SRGB {
  /// The byte for a linear sample of 16 bits.
  static func byte(forLinear sample: UInt16) -> UInt8 { bytes[Int(sample)] }

  private static let bytes: [UInt8] = (0...Int(UInt16.max)).map { sample in
    let linear = Double(sample) / Double(UInt16.max)
    let encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055
    return UInt8((encoded * 255).rounded())
  }
}
