import Circulation
package import Exchange
package import Labels
package import Ledger
package import Rotation

extension StationChain {
  /// Closes a term with what a station's statement would list, in the events that it makes.
  ///
  /// The term is all that came after `after` and up to `through`, or up to now. Signed by a key for
  /// slips, where one is given.
  @discardableResult
  package mutating func close(
    _ term: Term, after: EventMark? = nil, through: EventMark? = nil,
    signing key: SigningKey? = nil, rows: [TermStatement.Row] = [],
    passages: [TermStatement.Passage] = [], headings: [Heading: Int] = [:],
    open: [TermStatement.Open] = []
  ) throws -> StatementHash {
    let now = EventMark(epoch: epoch, sequence: Int64(events.count))
    let statement = TermStatement(
      library: station.library, libraryName: "Trường Tiểu học \(station.library)", term: term,
      day: SchoolDay(number: 20_833), after: after, through: through ?? now, counts: [], rows: rows,
      ways: [], headings: headings, passages: passages, open: open)
    let text = statement.text
    let hash = StatementHash(of: text)
    guard let parts = StatementPart.parts(of: text, hash: hash) else {
      throw StatementTooLong()
    }
    let closing = TermClosing(
      term: term, hash: hash, parts: parts.count,
      signature: try key?.slipSignature(for: hash.signedBytes(without: []))
        ?? Array(repeating: 1, count: Countersignature.signatureBytes))
    record([Fact.term(.closed(closing))] + parts.map { Fact.term(.part($0)) })
    return hash
  }

  /// Tells of a library's signature under a statement.
  package mutating func tell(
    of hash: StatementHash, signedBy library: LibraryCode, with key: SigningKey
  ) throws {
    let signature = try key.slipSignature(for: hash.signedBytes(without: []))
    record([
      .term(
        .countersigned(
          Countersignature(hash: hash, library: library, signature: signature, exceptions: [])))
    ])
  }
}

extension TermStatement.Open {
  /// A difference that a library lists for the first time, of its first event.
  package init(_ item: ItemID, _ heading: Heading, since term: Term, at library: LibraryCode) {
    let first = EventMark(epoch: .first, sequence: 1)
    self.init(
      difference: OpenDifference(
        item: item, since: term, firstHeading: heading, heading: heading, library: library,
        references: [first.reference]),
      title: "Dế Mèn phiêu lưu ký")
  }
}

/// A statement has more parts than one may have.
private struct StatementTooLong: Error {}
