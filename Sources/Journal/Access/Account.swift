import Circulation

/// Somebody who may sign in.
package struct Account: Hashable, Sendable {
  package let name: String
  package let role: Role

  package static let longestName = 40
  /// Digits that a PIN has at least.
  package static let shortestPIN = 6
  /// Characters that a password has at least, where it is no PIN.
  package static let shortestPassword = 8
  /// Bytes of UTF-8 that a password may have.
  package static let longestPassword = 200

  /// Takes lower-case letters, digits and dashes.
  package init(name: String, role: Role) throws(AccessError) {
    guard (1...Self.longestName).contains(name.utf8.count),
      name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    else { throw .badAccountName }
    self.name = name
    self.role = role
  }

  /// The password in the form in which it is hashed, refusing one that is guessed too soon.
  ///
  /// Letters are composed (NFC), so that two keyboards' ways of typing one letter are one.
  package static func checked(_ password: String) throws(AccessError) -> String {
    let text = VietnameseText.composed(password)
    let isPIN = text.utf8.allSatisfy { (48...57).contains($0) }
    guard text.count >= (isPIN ? shortestPIN : shortestPassword),
      text.utf8.count <= longestPassword, Set(text).count > 1
    else { throw .weakPassword }
    return text
  }

  /// A password for somebody who was given none: four groups of letters that are read easily.
  package static func generatedPassword(
    using generator: inout some RandomNumberGenerator
  ) -> String {
    let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
    let groups = (0..<4).map { _ in
      String((0..<4).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }
    return groups.joined(separator: "-")
  }
}

/// How long a lock-out lasts: nothing for the first slips, then twice as long each time.
enum LockOut {
  /// Wrong passwords in a row that are forgiven.
  static let freeFailures = 5
  static let firstSeconds: Int64 = 30
  static let longestSeconds: Int64 = 3_600

  static func milliseconds(afterFailures failures: Int) -> Int64 {
    guard failures >= freeFailures else { return 0 }
    let doublings = min(failures - freeFailures, 10)
    return min(firstSeconds << Int64(doublings), longestSeconds) * 1_000
  }
}
