package import Circulation
package import Labels
import Ledger

/// What is kept of one member, new or changed.
package struct MemberChange: Hashable, Sendable {
  package let library: LibraryCode
  package let name: String
  package let shares: Set<SharedThing>
  package let audience: ShareAudience

  package init(
    library: LibraryCode, name: String, shares: Set<SharedThing>, audience: ShareAudience
  ) {
    self.library = library
    self.name = name
    self.shares = shares
    self.audience = audience
  }
}

/// The group's name, its members, and its agreements, the latest first.
package struct GroupPapers: Hashable, Sendable {
  package let name: String
  package let members: [Member]
  package let agreements: [Agreement]
}

extension GroupRegistry {
  /// The group's name.
  package func groupName() async throws -> String {
    try await store.read { try $0.groupName() }
  }

  /// Members and agreements, in one consistent state.
  package func groupPapers(agreementLimit: Int) async throws -> GroupPapers {
    try await store.read { books in
      GroupPapers(
        name: try books.groupName(), members: try books.members(),
        agreements: try books.agreements(limit: agreementLimit))
    }
  }

  /// Takes a library into the group, or changes what it shares; one that had left is back.
  package func setMember(
    _ change: MemberChange, by author: String = AuditEntry.console
  ) async throws {
    let now = nowMilliseconds()
    try await store.write { books in
      let known = try books.members().first { $0.library == change.library }
      let joined = known.flatMap { $0.leftMilliseconds == nil ? $0.joinedMilliseconds : nil }
      try books.save(
        Member(
          library: change.library, name: change.name, joinedMilliseconds: joined ?? now,
          shares: change.shares, audience: change.audience))
      let shares = SharedThing.allCases.filter { change.shares.contains($0) }.map(\.rawValue)
      try books.write(
        .memberSet, by: author, on: change.library.text,
        detail: "\(shares.joined(separator: " ")) \(change.audience.rawValue)",
        atMilliseconds: now)
    }
  }

  /// Notes that a library leaves the group.
  ///
  /// Its stations keep all that is theirs and go on by themselves; what they reported stays in the
  /// books, since it has happened. It shares nothing from now on: the others' stations lose what
  /// the feed told of it at their next contact, save what they have had in hand, and its own lose
  /// what the group shares.
  /// - Throws: `RegistryError.noSuchMember`.
  package func memberLeaves(
    _ library: LibraryCode, by author: String = AuditEntry.console
  ) async throws {
    let now = nowMilliseconds()
    try await store.write { books in
      guard let known = try books.members().first(where: { $0.library == library }) else {
        throw RegistryError.noSuchMember(library)
      }
      guard known.leftMilliseconds == nil else { return }
      try books.save(
        Member(
          library: library, name: known.name, joinedMilliseconds: known.joinedMilliseconds,
          leftMilliseconds: now, shares: [], audience: known.audience))
      try books.write(
        .memberLeft, by: author, on: library.text, detail: "", atMilliseconds: now)
    }
  }

  /// Writes a new version of the agreement, and tells the members' stations; earlier ones stay as
  /// they are.
  ///
  /// Stations are told of the newest one at once, with the day from which it is in force.
  /// - Throws: `RegistryError.agreementTooLong` for one that a station would not take.
  package func writeAgreement(
    title: String, body: String, inForce day: SchoolDay, by author: String = AuditEntry.console
  ) async throws {
    let limits = [(title, FeedAgreement.longestTitle), (body, FeedAgreement.longestBody)]
    for (text, limit) in limits where text.utf8.count > limit {
      throw RegistryError.agreementTooLong(limitBytes: limit)
    }
    let now = nowMilliseconds()
    try await store.write { books in
      try books.write(
        Agreement(
          number: 0, writtenMilliseconds: now, account: author, inForceDay: day.number,
          title: title, body: body))
      try books.publishAgreement()
      try books.write(
        .agreementWritten, by: author, on: title, detail: "\(day)", atMilliseconds: now)
    }
  }
}
