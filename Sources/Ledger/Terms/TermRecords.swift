package import Labels
package import Rotation

/// A closed term as the events tell it.
package struct ClosedTerm: Hashable, Sendable {
  package let closing: TermClosing
  package let mark: EventMark
  /// By the station's wall clock.
  package let wallMilliseconds: Int64

  package init(closing: TermClosing, mark: EventMark, wallMilliseconds: Int64) {
    self.closing = closing
    self.mark = mark
    self.wallMilliseconds = wallMilliseconds
  }
}

/// Which statement a signature stands under, and whose it is.
package struct SignatureKey: Hashable, Sendable {
  package let hash: StatementHash
  package let library: LibraryCode

  package init(hash: StatementHash, library: LibraryCode) {
    self.hash = hash
    self.library = library
  }
}

/// Everything that events say of closed terms.
package struct TermRecords: Hashable, Sendable {
  package var closings: [StatementHash: ClosedTerm] = [:]
  package var parts: [StatementHash: [Int: String]] = [:]
  package var signatures: [SignatureKey: Countersignature] = [:]

  package init() {}

  package mutating func note(_ fact: TermFact, of event: Event) {
    switch fact {
    case .closed(let closing):
      closings[closing.hash] = ClosedTerm(
        closing: closing, mark: EventMark(event),
        wallMilliseconds: event.moment.wallMilliseconds)
    case .part(let part): parts[part.hash, default: [:]][part.number] = part.text
    case .countersigned(let signature):
      signatures[SignatureKey(hash: signature.hash, library: signature.library)] = signature
    }
  }

  /// The last term that was closed.
  package var last: ClosedTerm? { closings.values.max { $0.mark < $1.mark } }

  /// The term's closing, the later one where there are two.
  package func closing(of term: Term) -> ClosedTerm? {
    closings.values.filter { $0.closing.term == term }.max { $0.mark < $1.mark }
  }

  /// The text that a hash stands for, once all of its parts are there and it is unaltered.
  package func text(of closed: ClosedTerm) -> String? {
    let parts = parts[closed.closing.hash] ?? [:]
    let text = (1...closed.closing.parts).compactMap { parts[$0] }.joined()
    return StatementHash(of: text) == closed.closing.hash ? text : nil
  }
}
