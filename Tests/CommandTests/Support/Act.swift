import Foundation
import Journal
import Labels
import TestSupport

/// A request that changes something, with the name under which it may be repeated.
struct Act: Sendable {
  let path: String
  let fields: [String: String]

  init(_ path: String, _ fields: [String: String]) {
    self.path = path
    self.fields = fields.merging(["operation": "\(StationFixture.operation().id)"]) { $1 }
  }

  static func checkout(
    _ item: String, to card: Int, of library: String = "TT1", reason: String? = nil
  ) throws -> Act {
    var fields = ["item": try ItemID(item).label, "card": try Self.card(card, of: library)]
    fields["overrideReason"] = reason
    return Act("checkouts", fields)
  }

  static func checkin(_ item: String) throws -> Act {
    Act("checkins", ["item": try ItemID(item).label])
  }

  static func renewal(_ item: String) throws -> Act {
    Act("renewals", ["item": try ItemID(item).label, "overrideReason": "Sách dày"])
  }

  static func reading() -> Act {
    Act("on-site-readings", ["kind": "TN", "schoolClass": "3B"])
  }

  /// The label of a card of the fixture's station.
  static func card(_ serial: Int, of library: String = "TT1") throws -> String {
    try CardNumber(library: LibraryCode(library), serial: serial).label
  }

  /// Some act on some item of the fixture's station; a rule may well refuse it.
  static func random(
    at library: String = "TT1", using generator: inout SeededGenerator
  ) throws -> Act {
    let item =
      "\(library).TN.000" + (Bool.random(using: &generator) ? "10" : "0\(generator.next() % 9 + 1)")
    switch Int.random(in: 0..<8, using: &generator) {
    case 0..<3:
      let card = [1, 2, 9][Int.random(in: 0..<3, using: &generator)]
      return try checkout(
        item, to: card, of: library,
        reason: Bool.random(using: &generator) ? "Cô giáo cho phép" : nil)
    case 3..<5: return try checkin(item)
    case 5: return try renewal(item)
    default: return reading()
    }
  }
}

extension StationClient {
  func perform(_ act: Act) async throws -> Reply {
    try await post(
      act.path, json: String(decoding: try JSONEncoder().encode(act.fields), as: UTF8.self))
  }
}
