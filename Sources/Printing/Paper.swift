/// What a document is printed on; lengths are points of 1/72 inch.
package enum Paper: String, Hashable, Sendable, CaseIterable {
  case a4, a5
  /// A roll of 80 mm, of which 72 mm are printed; as long as what stands on it.
  case receipt

  /// Points in a millimetre.
  static let millimetre = 72 / 25.4

  var width: Double {
    switch self {
    case .a4: 210 * Self.millimetre
    case .a5: 148 * Self.millimetre
    case .receipt: 80 * Self.millimetre
    }
  }

  /// The height of a page; nothing where the page is as long as what stands on it.
  var height: Double? {
    switch self {
    case .a4: 297 * Self.millimetre
    case .a5: 210 * Self.millimetre
    case .receipt: nil
    }
  }

  var margin: Double {
    switch self {
    case .a4: 15 * Self.millimetre
    case .a5: 10 * Self.millimetre
    case .receipt: 4 * Self.millimetre
    }
  }

  /// The width of a code's module: large enough for a cheap camera, and no larger than need be.
  var largestModule: Double { (self == .a5 ? 0.75 : 1) * Self.millimetre }

  /// Columns in which codes stand.
  var codeColumns: Int { self == .receipt ? 1 : 2 }

  /// The size of running text.
  var textSize: Double { self == .a4 ? 9 : 8 }
}
