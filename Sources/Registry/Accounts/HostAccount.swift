package import Credentials

/// What somebody who has signed in at the host may do.
package enum HostRole: String, CaseIterable, Codable, Sendable {
  /// Sees everything, the audit trail too, and changes nothing.
  case auditor
  /// Sees the books and the conflicts, and decides those about registers and labels.
  case cataloguer
  /// Decides everything, and keeps the accounts and the group's papers.
  case coordinator
}

/// Somebody who may sign in at the host.
package struct HostAccount: Hashable, Sendable {
  package let name: AccountName
  package let role: HostRole

  package init(name: AccountName, role: HostRole) {
    self.name = name
    self.role = role
  }
}

/// An account as the books keep it: never with its password.
package struct KeptAccount: Hashable, Sendable {
  package let account: HostAccount
  package let hash: PasswordHash
  /// Wrong passwords since the last right one.
  package var failures = 0
  /// Until when nobody is let in, in milliseconds since 1970; 0 for not at all.
  package var lockedUntilMilliseconds: Int64 = 0
}

/// A session as the books keep it.
package struct KeptSession: Hashable, Sendable {
  /// SHA-256 of the browser's token.
  package let tokenHash: [UInt8]
  package let account: AccountName
  package let openedMilliseconds: Int64
  package var seenMilliseconds: Int64

  package init(
    tokenHash: [UInt8], account: AccountName, openedMilliseconds: Int64, seenMilliseconds: Int64
  ) {
    self.tokenHash = tokenHash
    self.account = account
    self.openedMilliseconds = openedMilliseconds
    self.seenMilliseconds = seenMilliseconds
  }

  /// Sessions at once; the one that was used longest ago gives way.
  package static let limit = 256
}

/// Something that was done at the host, by whom and when: written once, never changed.
package struct AuditEntry: Hashable, Sendable {
  /// What was done.
  package enum Act: String, CaseIterable, Sendable {
    case signedIn = "signed-in"
    case signedOut = "signed-out"
    case lockedOut = "locked-out"
    case accountSet = "account-set"
    case accountRemoved = "account-removed"
    case decided
    case replayed
    case invited
    case revoked
    case memberSet = "member-set"
    case memberLeft = "member-left"
    case agreementWritten = "agreement-written"
    case quarantineReleased = "quarantine-released"
    case quarantineLeft = "quarantine-left"
    case policyPublished = "policy-published"
    case policyWithdrawn = "policy-withdrawn"
    case termClosed = "term-closed"
  }

  /// From 1, without a gap.
  package let number: Int64
  /// The host's wall clock, in milliseconds since 1970.
  package let atMilliseconds: Int64
  /// The account's name, or `AuditEntry.console`.
  package let account: String
  package let act: Act
  /// What it was done to: an account, a conflict, a library.
  package let subject: String
  package let detail: String

  /// Who used a command on the host's machine; no account has that name.
  package static let console = "(console)"
  /// What the host does by itself; no account has that name.
  package static let host = "(host)"
  /// Characters of a subject and of a detail that are kept.
  package static let longestText = 500
}
