package import Labels

/// How worn a copy is, as minutes of a hand-over note it.
package enum ItemCondition: UInt8, Hashable, Comparable, Sendable, CaseIterable {
  case good, worn, damaged

  package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

  /// The words that minutes have for it.
  package func words(in language: Language) -> String {
    switch (self, language) {
    case (.good, .vietnamese): "tốt"
    case (.good, .english): "good"
    case (.worn, .vietnamese): "cũ"
    case (.worn, .english): "worn"
    case (.damaged, .vietnamese): "hỏng"
    case (.damaged, .english): "damaged"
    }
  }
}
