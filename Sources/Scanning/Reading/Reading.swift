/// A code read from a picture, and whether to believe it.
package struct Reading: Hashable, Sendable {
  package let symbol: Symbol
  package let trust: Trust

  /// How many scan lines read this text, over all passes; 1 for a QR code.
  package let votes: Int

  package init(symbol: Symbol, trust: Trust, votes: Int) {
    self.symbol = symbol
    self.trust = trust
    self.votes = votes
  }

  package var isTrusted: Bool { trust == .trusted }
}

/// Whether what a picture said may be acted on.
package enum Trust: Hashable, Sendable {
  case trusted
  case doubted(Doubt)
}

/// Why a reading is not believed.
package enum Doubt: Hashable, Sendable {
  /// Fewer scan lines agree on it than its symbology needs.
  case fewVotes(needed: Int)

  /// Other lines across the same bars read something else, and not much fewer of them.
  case contradicted

  /// An Interleaved 2 of 5 that is so short that part of any bar pattern reads like it.
  case tooShort
}

extension Doubt: CustomStringConvertible {
  package var description: String {
    switch self {
    case .fewVotes(let needed): "fewer than \(needed) lines agree"
    case .contradicted: "other lines across it read something else"
    case .tooShort: "too short to tell from chance"
    }
  }
}
