package import Labels

/// A manifest's bytes with the signature that its sender set on them.
///
/// The keys live above this module: it is handed signatures as bytes, and asks back.
package struct SignedManifest: Hashable, Sendable {
  package let encoded: [UInt8]
  package let signature: [UInt8]

  /// What the group's keys say of a signature.
  package enum Verdict: Hashable, Sendable {
    case valid
    /// No key of this library is known here.
    case unknownLibrary
    /// The library's keys did not make it.
    case wrong
  }

  /// What is signed: a line that no other signature of the group begins with, and the bytes.
  package static func signedBytes(of encoded: [UInt8]) -> [UInt8] {
    Array("lienthong manifest 1\n".utf8) + encoded
  }

  /// Seals a manifest with a signature that the caller makes.
  package init(_ manifest: Manifest, signing sign: ([UInt8]) -> [UInt8]) throws(ManifestError) {
    let encoded = manifest.encoded
    let signature = sign(Self.signedBytes(of: encoded))
    guard ManifestLimits.signatureBytes.contains(signature.count) else { throw .malformed }
    self.encoded = encoded
    self.signature = signature
  }

  /// The slip as it is split over codes: the signature's length, the signature, the manifest.
  package var bytes: [UInt8] { [UInt8(signature.count)] + signature + encoded }

  /// Takes a slip apart again; nothing is verified yet.
  package init(bytes: [UInt8]) throws(ManifestError) {
    guard let length = bytes.first.map(Int.init),
      ManifestLimits.signatureBytes.contains(length), bytes.count > 1 + length
    else { throw .malformed }
    signature = Array(bytes[1..<(1 + length)])
    encoded = Array(bytes[(1 + length)...])
  }

  /// Reads the manifest once its signature is found good.
  ///
  /// `verify` is asked with the sender, the bytes that were signed, and the signature.
  package func manifest(
    verify: (LibraryCode, _ signed: [UInt8], _ signature: [UInt8]) -> Verdict
  ) throws(ManifestError) -> Manifest {
    let manifest = try Manifest(encoded: encoded)
    switch verify(manifest.from, Self.signedBytes(of: encoded), signature) {
    case .valid: return manifest
    case .unknownLibrary: throw .notOfThisGroup(manifest.from)
    case .wrong: throw .forged(manifest.from)
    }
  }
}

extension Manifest {
  /// Says whether the slip fits the box in hand, or throws the reason against it.
  ///
  /// `lastSeal` is the last sealing of the box that was received or opened here, 0 for
  /// none.
  package func refuseWhenNot(for box: BoxNumber, after lastSeal: Int) throws(ManifestError) {
    guard self.box == box else { throw .ofAnotherBox(self.box, inHand: box) }
    guard seal > lastSeal else { throw .oldSlip(box, seal: seal, known: lastSeal) }
  }
}
