package import Labels

/// Some of the group's libraries: these alone, or all but these.
package enum LibrarySet: Hashable, Sendable {
  case only(Set<LibraryCode>)
  case allBut(Set<LibraryCode>)

  /// Every library, those that come later too.
  package static let all = LibrarySet.allBut([])

  package func contains(_ library: LibraryCode) -> Bool {
    switch self {
    case .only(let libraries): libraries.contains(library)
    case .allBut(let libraries): !libraries.contains(library)
    }
  }

  /// The libraries that are named, in order: they alone are in it, or they alone are not.
  var named: [LibraryCode] {
    switch self {
    case .only(let libraries), .allBut(let libraries): libraries.sorted()
    }
  }

  /// Whether those that are named are the ones in it.
  var isNamed: Bool {
    if case .only = self { true } else { false }
  }

  /// For example `+TT1,TT2` for these alone, `-TT3` for all but this one.
  var text: String {
    (isNamed ? "+" : "-") + named.map(\.text).joined(separator: ",")
  }
}
