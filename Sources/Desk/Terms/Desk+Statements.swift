import Circulation
package import Journal
package import Labels
package import Ledger
import Rotation

/// What came of a statement that was brought here as a file.
package struct StatementOutcome: Hashable, Sendable {
  package let statement: TermStatement
  /// The file with all signatures that are known here.
  package let file: String
  /// Libraries whose signature is now under it.
  package let signers: [LibraryCode]
  /// Items that this station has signed as not received.
  package let exceptions: [ItemID]
  /// Nothing was recorded that was not there before.
  package let isRepeat: Bool
}

extension Desk {
  /// Bytes that a statement's file may have.
  package static let longestStatement = 600_000

  /// A closed term's statement with its signatures, as a file that travels.
  ///
  /// - Throws: `TermRefusal.notClosed`.
  package func statementFile(of text: String) async throws -> String {
    guard let term = Term(text) else { throw TermRefusal.badTerm(text) }
    let library = library
    return try await journal.read { view in
      let records = try view.termRecords()
      guard let closed = records.closing(of: term), let text = records.text(of: closed) else {
        throw TermRefusal.notClosed(term)
      }
      return StatementFile(text: text, closing: closed.closing, of: library, records).content
    }
  }

  /// Takes a statement's file: another school's is signed, this one's own brings signatures home.
  ///
  /// Another school's is held against what was received and sent here first. What differs is told
  /// and nothing signed, unless `acceptsDifferences`: then the items that were not received are
  /// named under the signature.
  /// - Throws: `TermRefusal`, `DeskError.noSlipKey`, `JournalError`. Then nothing has happened.
  package func takeStatement(
    _ content: String, acceptsDifferences: Bool, as operation: NamedOperation
  ) async throws -> StatementOutcome {
    guard let slipSigner else { throw DeskError.noSlipKey }
    let file = try StatementFile(content)
    let statement = try file.statement()
    let verify = try await slipSigner.verifier()
    try file.verify(statement.library, by: verify)
    if statement.library == library {
      return try await bringHome(file, statement, by: verify, as: operation)
    }
    return try await countersign(
      file, statement, acceptsDifferences: acceptsDifferences, by: slipSigner.sign, as: operation)
  }

  private func bringHome(
    _ file: StatementFile, _ statement: TermStatement, by verify: SlipSigner.Verifier,
    as operation: NamedOperation
  ) async throws -> StatementOutcome {
    let others = file.signatures.filter { $0.library != statement.library }
    for signature in others { try file.verify(signature.library, by: verify) }
    let library = library
    return try await journal.recordAll(operation) { transaction in
      let records = try transaction.view.termRecords()
      guard records.closings[file.hash] != nil else {
        throw TermRefusal.notClosed(statement.term)
      }
      return others.filter { records.signatures[$0.key] != $0 }
        .map { .term(.countersigned($0)) }
    } telling: { recorded, view in
      let records = try view.termRecords()
      guard let closed = records.closings[file.hash] else {
        throw TermRefusal.notClosed(statement.term)
      }
      let whole = StatementFile(text: file.text, closing: closed.closing, of: library, records)
      return StatementOutcome(
        statement: statement, file: whole.content,
        signers: whole.signatures.map(\.library), exceptions: [],
        isRepeat: recorded.allSatisfy(\.isRepeat))
    }
  }

  private func countersign(
    _ file: StatementFile, _ statement: TermStatement, acceptsDifferences: Bool,
    by sign: @escaping @Sendable ([UInt8]) throws -> [UInt8], as operation: NamedOperation
  ) async throws -> StatementOutcome {
    let library = library
    return try await journal.recordAll(operation) { transaction in
      let records = try transaction.view.termRecords()
      guard records.signatures[SignatureKey(hash: file.hash, library: library)] == nil else {
        return []
      }
      let exceptions = try Self.exceptions(
        to: statement, at: library, accepted: acceptsDifferences, in: transaction.view)
      let signature = Countersignature(
        hash: file.hash, library: library,
        signature: try sign(file.hash.signedBytes(without: exceptions)), exceptions: exceptions)
      return [.term(.countersigned(signature))]
    } telling: { recorded, view in
      let key = SignatureKey(hash: file.hash, library: library)
      guard let own = try view.termRecords().signatures[key] else {
        throw JournalError.operationReused
      }
      let signed = file.adding(own)
      return StatementOutcome(
        statement: statement, file: signed.content, signers: signed.signatures.map(\.library),
        exceptions: own.exceptions, isRepeat: recorded.allSatisfy(\.isRepeat))
    }
  }

  /// What the statement says was sent here and has not come.
  private static func exceptions(
    to statement: TermStatement, at library: LibraryCode, accepted: Bool, in view: JournalView
  ) throws -> [ItemID] {
    var books = TermBooks(of: library)
    try view.forEachEvent { event in
      books.apply(event)
      return true
    }
    let notReceived = statement.sent(to: library).filter { !books.hasReceived($0) }
    let notSent = statement.came(from: library).filter {
      !books.hasSent($0, to: statement.library)
    }
    if !accepted, !(notReceived.isEmpty && notSent.isEmpty) {
      throw TermRefusal.differs(notReceived: notReceived, notSent: notSent)
    }
    guard notReceived.count <= Countersignature.mostExceptions else {
      throw TermRefusal.tooManyExceptions(limit: Countersignature.mostExceptions)
    }
    return notReceived
  }
}
