/// Who somebody at a page or a program is to the station, from the least rights to the most.
package enum Role: String, CaseIterable, Codable, Comparable, Sendable {
  /// Nobody has signed in: what a pupil does with a card and a book in hand.
  case kiosk
  /// The desk: look-ups, exceptions with a reason, lost and found, lists.
  case librarian
  /// The settings and the accounts as well.
  case administrator

  package static func < (left: Self, right: Self) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .kiosk: 0
    case .librarian: 1
    case .administrator: 2
    }
  }
}
