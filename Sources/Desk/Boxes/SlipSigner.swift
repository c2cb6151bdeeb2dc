package import Labels
package import Rotation

/// What signs a station's slips and holds others' signatures against the group's keys.
///
/// The keys live above the desk, which hands out bytes and asks.
package struct SlipSigner: Sendable {
  /// Says whose signature it is: the sender, what was signed, and the signature.
  package typealias Verifier = @Sendable (LibraryCode, [UInt8], [UInt8]) -> SignedManifest.Verdict

  /// Signs bytes with this station's key.
  package let sign: @Sendable ([UInt8]) throws -> [UInt8]
  /// The group's keys as they are now.
  package let verifier: @Sendable () async throws -> Verifier

  package init(
    sign: @escaping @Sendable ([UInt8]) throws -> [UInt8],
    verifier: @escaping @Sendable () async throws -> Verifier
  ) {
    self.sign = sign
    self.verifier = verifier
  }
}
