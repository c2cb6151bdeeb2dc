import Labels

/// What the tests of this target scan.
enum Samples {
  /// Labels of every kind that carries a check, as printed.
  static let checkedLabels = [
    "TT1.TK.00123-O", "TT.TN.22004-S", "AB.SGK.1-O", "P.TT1.00042-G",
    "P.TT.99999-A", "B.TT1.0007-0", "C.DONE-1", "C.ONSITE-T",
    "21234000123455", "31234000123453", "9791090636071", "080442957X",
  ]

  /// All that a misread character may turn into on a label.
  static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-/ ")
}

/// A seeded generator of random numbers, so that a failure can be repeated.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

extension Label {
  /// Why a code was refused; nothing if it was read.
  var refusal: LabelError? {
    if case .unknown(_, let reason) = self { reason } else { nil }
  }
}
