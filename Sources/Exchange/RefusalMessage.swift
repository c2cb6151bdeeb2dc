package import Labels
package import Ledger

/// A refusal as it travels over HTTP: its name, advice in each language, and what a sender can
/// act upon.
package struct RefusalMessage: Codable, Hashable, Sendable {
  /// A place in a station's history, as JSON.
  package struct Place: Codable, Hashable, Sendable {
    package let epoch: Int
    package let sequence: Int64
    /// 64 hexadecimal digits.
    package let hash: String
  }

  package let error: String
  /// By language: `vi`, `en`.
  package let advice: [String: String]
  /// Where a sender should go on from, after `gap` and `wrong-epoch`; where the histories part,
  /// after `fork`; where trust ends, after `superseded` and `revoked`.
  package let position: Place?

  package init(error: String, position: Position? = nil, advice: (Language) -> String) {
    self.error = error
    self.advice = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { ($0.rawValue, advice($0)) })
    self.position = position.map {
      Place(epoch: $0.epoch.number, sequence: $0.sequence, hash: $0.hash.description)
    }
  }

  package init(_ error: ExchangeError) {
    let position: Position? =
      switch error {
      case .gap(let expected), .wrongEpoch(let expected): expected
      case .fork(let ours): ours
      case .superseded(let end), .revoked(let end): end
      default: nil
      }
    self.init(error: error.name, position: position, advice: error.advice)
  }

  package func advice(in language: Language) -> String {
    advice[language.rawValue] ?? error
  }
}

extension Position {
  /// Reads a position that came as JSON, or gives `nil`.
  package init?(_ place: RefusalMessage.Place) {
    guard let epoch = Epoch(place.epoch), place.sequence >= 0,
      let bytes = Hex.bytes(of: place.hash), let hash = ChainHash(bytes: bytes)
    else { return nil }
    self.init(epoch: epoch, sequence: place.sequence, hash: hash)
  }
}
