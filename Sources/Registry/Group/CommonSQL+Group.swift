import Labels

/// Members and agreements, the same in both databases.
extension CommonSQL {
  func members() throws -> [Member] {
    try rows(
      "SELECT library, name, joined, left_group, shares, audience FROM members ORDER BY library",
      []
    ) { row in
      guard let library = try? LibraryCode(row.string(0)),
        let audience = ShareAudience(rawValue: row.string(5))
      else { throw RegistryError.damaged("table members") }
      let shares = row.string(4).split(separator: " ").compactMap {
        SharedThing(rawValue: String($0))
      }
      return Member(
        library: library, name: row.string(1), joinedMilliseconds: row.int64(2),
        leftMilliseconds: row.optionalInteger(3), shares: Set(shares), audience: audience)
    }
  }

  func save(_ member: Member) throws {
    let shares = SharedThing.allCases.filter { member.shares.contains($0) }.map(\.rawValue)
    try run(
      """
      INSERT INTO members (library, name, joined, left_group, shares, audience)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (library) DO UPDATE SET name = excluded.name, joined = excluded.joined,
        left_group = excluded.left_group, shares = excluded.shares, audience = excluded.audience
      """,
      [
        .text(member.library.text), .text(member.name), .integer(member.joinedMilliseconds),
        .integer(member.leftMilliseconds), .text(shares.joined(separator: " ")),
        .text(member.audience.rawValue),
      ])
  }

  /// Versions of the agreement, the latest first.
  func agreements(limit: Int) throws -> [Agreement] {
    try rows(
      """
      SELECT number, written, account, in_force, title, body FROM agreements
      ORDER BY number DESC LIMIT $1
      """, [.int(limit)]
    ) {
      Agreement(
        number: $0.int64(0), writtenMilliseconds: $0.int64(1), account: $0.string(2),
        inForceDay: Int($0.int64(3)), title: $0.string(4), body: $0.string(5))
    }
  }

  func write(_ agreement: Agreement) throws {
    let next = try number("SELECT max(number) FROM agreements") + 1
    try run(
      """
      INSERT INTO agreements (number, written, account, in_force, title, body)
      VALUES ($1, $2, $3, $4, $5, $6)
      """,
      [
        .integer(next), .integer(agreement.writtenMilliseconds), .text(agreement.account),
        .int(agreement.inForceDay), .text(agreement.title), .text(agreement.body),
      ])
  }
}
