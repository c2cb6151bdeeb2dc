internal import Crypto
package import Labels
package import Rotation

/// What is recorded when a term is added up: the frozen statement, and who has signed it.
package enum TermFact: Hashable, Sendable {
  /// The term is closed; the statement's parts follow in the same act.
  case closed(TermClosing)
  case part(StatementPart)
  /// A library has signed what another one closed, or has had its own statement signed.
  case countersigned(Countersignature)

  /// The fact's name, for people and programs.
  package var name: String {
    switch self {
    case .closed: "term-closed"
    case .part: "statement-part"
    case .countersigned: "statement-countersigned"
    }
  }
}

/// The SHA-256 over a statement's text, which both sides sign.
package struct StatementHash: Hashable, Sendable, CustomStringConvertible {
  package let bytes: [UInt8]

  package static let byteCount = 32

  /// Takes exactly 32 bytes, or gives `nil`.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  package init(of text: String) {
    bytes = Array(SHA256.hash(data: Array(text.utf8)))
  }

  package var description: String { Hex.text(of: bytes) }

  /// What a library signs: a line that no other signature of the group begins with, the hash, and
  /// the items that it says it has not received.
  package func signedBytes(without exceptions: [ItemID]) -> [UInt8] {
    let items = exceptions.map(\.text).joined(separator: ",")
    return Array("lienthong statement 1\n\(description) \(items)\n".utf8)
  }
}

/// A term that was closed: whose text has which hash, in how many parts, under which signature.
package struct TermClosing: Hashable, Sendable {
  package let term: Term
  package let hash: StatementHash
  package let parts: Int
  /// By the key that signs the library's slips.
  package let signature: [UInt8]

  package init(term: Term, hash: StatementHash, parts: Int, signature: [UInt8]) {
    self.term = term
    self.hash = hash
    self.parts = parts
    self.signature = signature
  }
}

/// A piece of a statement's text, short enough for one event.
package struct StatementPart: Hashable, Sendable {
  package let hash: StatementHash
  /// From 1, without a gap.
  package let number: Int
  package let text: String

  /// Bytes of UTF-8 that a part may have.
  package static let longest = 7_000
  /// Parts that a statement may have: half a megabyte.
  package static let mostParts = 75

  package init(hash: StatementHash, number: Int, text: String) {
    self.hash = hash
    self.number = number
    self.text = text
  }

  /// Splits a text at the ends of its lines, or gives `nil` where it has too many.
  package static func parts(of text: String, hash: StatementHash) -> [StatementPart]? {
    var texts: [String] = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      let length = line.utf8.count + 1
      guard length <= longest else { return nil }
      if texts[texts.count - 1].utf8.count + length > longest { texts.append("") }
      texts[texts.count - 1] += "\(line)\n"
    }
    guard texts.count <= mostParts else { return nil }
    return texts.enumerated().map {
      StatementPart(hash: hash, number: $0.offset + 1, text: $0.element)
    }
  }
}

/// A library's signature under another one's statement.
package struct Countersignature: Hashable, Sendable {
  package let hash: StatementHash
  package let library: LibraryCode
  package let signature: [UInt8]
  /// Items that the statement has as sent to it and that it has not received, in order.
  package let exceptions: [ItemID]

  /// Items that a signature may leave out.
  package static let mostExceptions = 300
  package static let signatureBytes = 64

  package init(
    hash: StatementHash, library: LibraryCode, signature: [UInt8], exceptions: [ItemID]
  ) {
    self.hash = hash
    self.library = library
    self.signature = signature
    self.exceptions = exceptions
  }
}
