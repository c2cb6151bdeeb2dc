import Crypto
package import FoundationEssentials

/// What a browser shows to be known again: 32 random bytes, of which a server keeps a hash.
package struct SessionToken: Hashable, Sendable {
  package let text: String

  package static let byteCount = 32

  /// A new token.
  package init(using generator: inout some RandomNumberGenerator) {
    let digits = Array("0123456789abcdef")
    text = String(
      (0..<Self.byteCount * 2).map { _ in
        digits[Int.random(in: 0..<digits.count, using: &generator)]
      })
  }

  /// Takes what a browser sent; `nil` where it can't be a token.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == Self.byteCount * 2 else { return nil }
    self.text = String(text)
  }

  /// What is kept: who reads the table can't sign in with it.
  package var hash: Data {
    Data(SHA256.hash(data: Data(text.utf8)))
  }
}

/// How long somebody stays signed in.
package enum SessionLimits {
  package static let idleMilliseconds: Int64 = 60 * 60_000
  package static let longestMilliseconds: Int64 = 12 * 60 * 60_000
  /// A use is written down at most so often, since each writing waits for the disk.
  package static let noteMilliseconds: Int64 = 60_000

  /// Whether a session is still one.
  ///
  /// A clock that was set back ends a session too: nobody knows how old it is.
  package static func isOpen(opened: Int64, seen: Int64, at now: Int64) -> Bool {
    (0...longestMilliseconds).contains(now - opened) && now - seen <= idleMilliseconds
  }
}
