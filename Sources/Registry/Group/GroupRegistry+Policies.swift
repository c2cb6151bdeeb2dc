package import Circulation
import FoundationEssentials
import Labels
import Ledger

/// One version of the group's loan rules and calendar; the latest one is in force.
package struct GroupPolicy: Hashable, Sendable {
  /// From 1, without a gap.
  package let number: Int64
  /// The host's wall clock, in milliseconds since 1970.
  package let writtenMilliseconds: Int64
  package let account: String
  /// `nil` where the group gave its rules up.
  package let document: PolicyDocument?
  /// The document as it is kept and told.
  let text: String

  var published: PublishedPolicy {
    PublishedPolicy(
      revision: Int(number), wallMilliseconds: writtenMilliseconds, text: text)
  }
}

extension CommonSQL {
  /// Versions of the rules, the latest first.
  func policies(limit: Int) throws -> [GroupPolicy] {
    try rows(
      "SELECT number, written, account, body FROM policies ORDER BY number DESC LIMIT $1",
      [.int(limit)]
    ) { row in
      let body = row.string(3)
      let document = try? JSONDecoder().decode(PolicyDocument.self, from: Data(body.utf8))
      guard body.isEmpty || document != nil else { throw RegistryError.damaged("table policies") }
      return GroupPolicy(
        number: row.int64(0), writtenMilliseconds: row.int64(1), account: row.string(2),
        document: document, text: body)
    }
  }

  func write(_ policy: PublishedPolicy, by account: String) throws {
    try run(
      "INSERT INTO policies (number, written, account, body) VALUES ($1, $2, $3, $4)",
      [
        .int(policy.revision), .integer(policy.wallMilliseconds), .text(account),
        .text(policy.text),
      ])
  }
}

extension GroupRegistry {
  /// Versions of the group's rules, the latest first.
  package func policies(limit: Int) async throws -> [GroupPolicy] {
    try await store.read { try $0.policies(limit: limit) }
  }

  /// Publishes rules for the group, which members' stations take for what they have not set
  /// themselves; without a document the group has no rules any more.
  ///
  /// - Throws: `BadSettings` for a document that no library could work by.
  package func publish(
    _ document: PolicyDocument?, by author: String = AuditEntry.console
  ) async throws {
    let text = try document.map { try Self.text(of: $0) } ?? ""
    let now = nowMilliseconds()
    try await store.write { books in
      let last = try books.policies(limit: 1).first
      guard last?.document != document else { return }
      let policy = PublishedPolicy(
        revision: Int((last?.number ?? 0) + 1), wallMilliseconds: now, text: text)
      try books.write(policy, by: author)
      try books.publish([.policy(policy)])
      let before = (last?.document ?? .standard).fields
      let after = (document ?? .standard).fields
      let changed = Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }
      try books.write(
        document == nil ? .policyWithdrawn : .policyPublished, by: author,
        on: "\(policy.revision)", detail: changed.joined(separator: ", "), atMilliseconds: now)
    }
  }

  private static func text(of document: PolicyDocument) throws -> String {
    _ = try document.checked()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(document), as: UTF8.self)
    guard text.utf8.count <= PublishedPolicy.longestText else {
      throw BadSettings(problems: [
        SettingsProblem(field: "calendar.closedDays", rule: .tooManyDays(limit: 400))
      ])
    }
    return text
  }
}
