import Ledger

/// The step that holds checkpoints of the feed against what a library may see, and that keeps what
/// was decided about events that were kept aside; the same in both databases but for one name.
enum SharingSchema {
  static let sqlite = statements(integer: "INTEGER")
  static let postgres = statements(integer: "bigint")

  private static func statements(integer: String) -> String {
    """
    ALTER TABLE feed_checkpoints ADD COLUMN view TEXT NOT NULL DEFAULT '';
    ALTER TABLE quarantine ADD COLUMN ruling TEXT;
    ALTER TABLE quarantine ADD COLUMN ruled_at \(integer);
    ALTER TABLE quarantine ADD COLUMN ruled_by TEXT;
    ALTER TABLE quarantine ADD COLUMN ruled_because TEXT;
    """
  }
}

extension RegistryTransaction {
  /// Tells stations of the newest agreement.
  func publishAgreement() throws {
    try publish(try agreements(limit: 1).map { .agreement(FeedAgreement($0)) })
  }
}
