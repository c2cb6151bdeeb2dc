package import Labels

/// The one place where an item is: an account of custody's double entry.
///
/// Each event moves an item from one place to one other, so the sum over all places other than
/// `outside`, which goes negative, is always the number of registered items.
package enum Place: Hashable, Sendable {
  /// Where items come from when they are registered; never a place to look for a book.
  case outside
  case shelf(LibraryCode)
  /// With a patron of the library; which patron, the loan knows.
  case patron(LibraryCode)
  case box(BoxNumber)
  /// Lost, as far as the library knows.
  case missing(LibraryCode)
  case withdrawn(LibraryCode)

  /// The library that answers for the place, or `nil` on the way and outside.
  package var library: LibraryCode? {
    switch self {
    case .outside, .box: nil
    case .shelf(let library), .patron(let library), .missing(let library),
      .withdrawn(let library):
      library
    }
  }
}

extension Place: CustomStringConvertible {
  /// The place's name in tables and on the wire, for example `shelf:TT1`.
  package var text: String {
    switch self {
    case .outside: "outside"
    case .shelf(let library): "shelf:\(library.text)"
    case .patron(let library): "patron:\(library.text)"
    case .box(let number): "box:\(number.text)"
    case .missing(let library): "missing:\(library.text)"
    case .withdrawn(let library): "withdrawn:\(library.text)"
    }
  }

  package var description: String { text }

  /// Reads a place's name, or gives `nil`.
  package init?(_ text: some StringProtocol) {
    self.init(name: String(text))
  }

  private init?(name text: String) {
    if text == "outside" {
      self = .outside
      return
    }
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let owner = text[text.utf8.index(after: colon)...]
    let kind = text[..<colon]
    if kind == "box" {
      guard let number = try? BoxNumber(owner) else { return nil }
      self = .box(number)
      return
    }
    guard let library = try? LibraryCode(owner) else { return nil }
    switch kind {
    case "shelf": self = .shelf(library)
    case "patron": self = .patron(library)
    case "missing": self = .missing(library)
    case "withdrawn": self = .withdrawn(library)
    default: return nil
    }
  }
}
