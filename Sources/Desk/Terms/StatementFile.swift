import Labels
import Ledger
import Rotation

/// A statement as it travels: its text, and under it a line for each signature.
///
/// Such a line has the word `signed`, the library, 128 hexadecimal digits, and the items that the
/// library has not received, with commas between them.
struct StatementFile: Sendable {
  let text: String
  let hash: StatementHash
  private(set) var signatures: [Countersignature]

  /// Libraries that may have signed one statement.
  private static let mostSignatures = 400

  /// Takes a file apart; nothing is verified yet.
  init(_ content: String) throws(TermRefusal) {
    guard let (text, rest) = TermStatement.split(content), rest.count <= Self.mostSignatures else {
      throw .notAStatement(line: 1)
    }
    self.text = text
    hash = StatementHash(of: text)
    let first = text.count { $0.isNewline } + 1
    signatures = []
    for (index, line) in rest.enumerated() {
      guard let signature = Self.signature(line, hash) else {
        throw .notAStatement(line: first + index)
      }
      signatures.append(signature)
    }
  }

  /// A closed term's own file.
  init(text: String, closing: TermClosing, of library: LibraryCode, _ records: TermRecords) {
    self.text = text
    hash = closing.hash
    let own = Countersignature(
      hash: closing.hash, library: library, signature: closing.signature, exceptions: [])
    let others = records.signatures.values.filter {
      $0.hash == closing.hash && $0.library != library
    }
    signatures = [own] + others.sorted { $0.library < $1.library }
  }

  func statement() throws(TermRefusal) -> TermStatement {
    do throws(StatementError) {
      return try TermStatement(text)
    } catch {
      throw .notAStatement(line: error.line)
    }
  }

  func adding(_ signature: Countersignature) -> StatementFile {
    var file = self
    file.signatures.removeAll { $0.library == signature.library }
    file.signatures.append(signature)
    return file
  }

  var content: String {
    let lines = signatures.map { signature in
      let items = signature.exceptions.map(\.text).joined(separator: ",")
      return "signed \(signature.library) \(Hex.text(of: signature.signature))"
        + (items.isEmpty ? "\n" : " \(items)\n")
    }
    return text + lines.joined()
  }

  /// Refuses a file on which a library's signature is not there or not good.
  func verify(_ library: LibraryCode, by verify: SlipSigner.Verifier) throws(TermRefusal) {
    guard let signature = signatures.first(where: { $0.library == library }) else {
      throw .badSignature(library)
    }
    let signed = hash.signedBytes(without: signature.exceptions)
    switch verify(library, signed, signature.signature) {
    case .valid: return
    case .unknownLibrary: throw .unknownLibrary(library)
    case .wrong: throw .badSignature(library)
    }
  }

  private static func signature(_ line: String, _ hash: StatementHash) -> Countersignature? {
    let words = line.split(separator: " ")
    guard (3...4).contains(words.count), words[0] == "signed",
      let library = try? LibraryCode(words[1]), let bytes = Hex.bytes(of: words[2]),
      bytes.count == Countersignature.signatureBytes
    else { return nil }
    let names = words.count == 4 ? words[3].split(separator: ",") : []
    let items = names.compactMap { try? ItemID($0) }
    guard items.count == names.count, items.count <= Countersignature.mostExceptions else {
      return nil
    }
    return Countersignature(hash: hash, library: library, signature: bytes, exceptions: items)
  }
}

extension Countersignature {
  var key: SignatureKey { SignatureKey(hash: hash, library: library) }
}
