/// What the host's pages allow, in one place.
enum HostLimits {
  /// Passwords that are hashed at once.
  static let concurrentSignIns = 2
  /// Searches of those who have not signed in that are made at once.
  static let concurrentSearches = 4
  /// Bytes that a form may have; an agreement is the longest.
  static let formBytes = 128 * 1_024
  /// Rows that a page of a list shows.
  static let rowsPerPage = 25
  /// Pages that a list is leafed through; who looks further narrows the list.
  static let pages = 400
  /// Rows of one table of a report; the rest is summed.
  static let rowsPerReport = 40
  /// Entries of the audit trail in one file.
  static let auditRows = 10_000
  /// Versions of the agreement that are listed.
  static let agreements = 20
}
