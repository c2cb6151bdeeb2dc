package import Labels

/// How much agreement each symbology needs before a reading is believed.
///
/// The figures were measured: with fewer votes, photos without a code read as codes.
package enum TrustRules {
  /// How many scan lines must agree on a text.
  ///
  /// QR codes correct their errors. EAN-13 and Code 128 check each symbol and the whole; Code 39,
  /// Codabar and EAN-8 are shorter or check less; Interleaved 2 of 5 checks next to nothing.
  package static func votesNeeded(by type: Symbology) -> Int {
    switch type {
    case .qr: 1
    case .code128, .ean13, .upca, .isbn13, .isbn10: 2
    case .code39, .codabar, .ean8, .upce: 3
    case .itf, .ean2, .ean5: 4
    }
  }

  /// How many times the votes of the next best text across the same bars a text must have.
  package static let leadOverRunnerUp = 2

  /// How many times the votes a text needs whose edges lie on no grid of modules in any vote.
  static let timesVotesOffGrid = 3

  /// The doubt about a text by itself; `nil` if there is none.
  static func doubt(of symbol: Symbol, votes: Int, isOnGrid: Bool, runnerUp: Int) -> Doubt? {
    // A QR code's error correction proves more than bars that some lines see in it.
    if symbol.type == .qr { return nil }
    if symbol.type == .itf, symbol.bytes.count < ScanningLimits.minimumInterleaved2of5Length {
      return .tooShort
    }
    let needed =
      votesNeeded(by: symbol.type) * (symbol.isSuspiciouslyFullOfZeros ? 2 : 1)
      * (isOnGrid ? 1 : timesVotesOffGrid)
    if votes < needed { return .fewVotes(needed: needed) }
    return votes < runnerUp * leadOverRunnerUp ? .contradicted : nil
  }
}

extension Symbol {
  /// Whether an EAN has four zeros in a row: what noise on a flat line most often reads as, though
  /// true ones have them too.
  fileprivate var isSuspiciouslyFullOfZeros: Bool {
    type == .ean13 && text.dropFirst(2).contains("0000")
  }
}
