import Ledger
import Rotation
import Synchronization

/// The slips that were read last, by their bytes.
///
/// A box's row is read several times for each book that is counted out of it, and a slip of 200
/// books takes longer to read than the commit lasts. The same bytes always mean the same slip, so
/// that nothing here can be out of date.
enum ReadSlips {
  /// Slips that are kept: more boxes are not received at once.
  static let limit = 8

  private static let latest = Mutex<[(bytes: [UInt8], slip: SealedSlip)]>([])

  /// The slip that a box's row keeps; throws where its bytes are damaged.
  static func slip(of bytes: [UInt8]) throws(ManifestError) -> SealedSlip {
    if let known = latest.withLock({ $0.first { $0.bytes == bytes }?.slip }) { return known }
    let slip = try SealedSlip(SignedManifest(bytes: bytes))
    latest.withLock { $0 = [(bytes, slip)] + $0.prefix(limit - 1) }
    return slip
  }
}
