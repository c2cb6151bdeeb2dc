import Circulation
package import Labels
import Ledger

/// What a member lets others of the group see or use.
package enum SharedThing: String, CaseIterable, Sendable {
  case records, items, digital
}

/// Who may see what a member shares.
package enum ShareAudience: String, CaseIterable, Sendable {
  /// Only the libraries of the group.
  case group
  /// Everybody, without signing in.
  case everybody
}

/// A library of the group, or one that has left it.
package struct Member: Hashable, Sendable {
  package let library: LibraryCode
  package let name: String
  /// The host's wall clock, in milliseconds since 1970.
  package let joinedMilliseconds: Int64
  /// Set once it has left; its own data stays its own, and what it reported stays in the books.
  package let leftMilliseconds: Int64?
  package let shares: Set<SharedThing>
  package let audience: ShareAudience

  package init(
    library: LibraryCode, name: String, joinedMilliseconds: Int64,
    leftMilliseconds: Int64? = nil, shares: Set<SharedThing>, audience: ShareAudience
  ) {
    self.library = library
    self.name = name
    self.joinedMilliseconds = joinedMilliseconds
    self.leftMilliseconds = leftMilliseconds
    self.shares = shares
    self.audience = audience
  }

  /// Characters that a member's name may have.
  package static let longestName = 120
}

/// One version of what the members have agreed upon.
///
/// Stations are told of the newest one, which its day may yet have to come for.
package struct Agreement: Hashable, Sendable {
  /// From 1, without a gap.
  package let number: Int64
  package let writtenMilliseconds: Int64
  package let account: String
  /// The day from which it is in force, in days since 1970.
  package let inForceDay: Int
  package let title: String
  package let body: String

  /// Characters that a title and a text may have; their bytes are held against `FeedAgreement`.
  package static let longestTitle = 200
  package static let longestBody = 20_000
}

extension FeedAgreement {
  init(_ agreement: Agreement) {
    self.init(
      number: Int(agreement.number), inForce: SchoolDay(number: agreement.inForceDay),
      title: agreement.title, body: agreement.body)
  }
}
