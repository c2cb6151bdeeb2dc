import Circulation

/// What a password or PIN must be before it is hashed.
package enum Password {
  /// Digits that a PIN has at least.
  package static let shortestPIN = 6
  /// Characters that a password has at least, where it is no PIN.
  package static let shortest = 8
  /// Bytes of UTF-8 that a password may have.
  package static let longest = 200

  /// The password in the form in which it is hashed, refusing one that is guessed too soon.
  ///
  /// Letters are composed (NFC), so that two keyboards' ways of typing one letter are one.
  package static func checked(_ password: String) throws(AccessError) -> String {
    let text = VietnameseText.composed(password)
    let isPIN = text.utf8.allSatisfy { (48...57).contains($0) }
    guard text.count >= (isPIN ? shortestPIN : shortest), text.utf8.count <= longest,
      Set(text).count > 1
    else { throw .weakPassword }
    return text
  }

  /// What somebody typed to sign in, in the form in which it was hashed; cut where it is too long.
  package static func attempted(_ password: String) -> String {
    VietnameseText.composed(String(password.prefix(longest)))
  }

  /// A password for somebody who was given none: four groups of letters that are read easily.
  package static func generated(using generator: inout some RandomNumberGenerator) -> String {
    let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
    let groups = (0..<4).map { _ in
      String((0..<4).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }
    return groups.joined(separator: "-")
  }
}
