import Crypto
import CryptoExtras
import FoundationEssentials

/// A password or PIN as it is kept: what scrypt (RFC 7914) makes of it, never the text.
///
/// The costs are kept beside it, so that they can be raised later without locking anybody out.
package struct PasswordHash: Hashable, Sendable {
  package let salt: [UInt8]
  /// scrypt's N, r and p.
  package let rounds: Int
  package let blockSize: Int
  package let parallelism: Int
  package let bytes: [UInt8]

  /// 32 MiB and some 100 ms on a small machine: a sign-in feels at once, a guess costs.
  static let usualRounds = 1 << 15
  static let usualBlockSize = 8
  static let usualParallelism = 1
  static let saltByteCount = 16
  static let byteCount = 32

  package init(
    salt: [UInt8], rounds: Int, blockSize: Int, parallelism: Int, bytes: [UInt8]
  ) {
    self.salt = salt
    self.rounds = rounds
    self.blockSize = blockSize
    self.parallelism = parallelism
    self.bytes = bytes
  }

  /// Hashes a new password under a new salt.
  package init(of password: String) throws {
    var generator = SystemRandomNumberGenerator()
    salt = (0..<Self.saltByteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
    rounds = Self.usualRounds
    blockSize = Self.usualBlockSize
    parallelism = Self.usualParallelism
    bytes = try Self.derive(
      password, salt: salt, rounds: rounds, blockSize: blockSize, parallelism: parallelism)
  }

  /// Says whether a password is the one; takes the same time wherever it differs.
  package func matches(_ password: String) throws -> Bool {
    let candidate = try Self.derive(
      password, salt: salt, rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    guard candidate.count == bytes.count else { return false }
    return zip(candidate, bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func derive(
    _ password: String, salt: [UInt8], rounds: Int, blockSize: Int, parallelism: Int
  ) throws -> [UInt8] {
    let key = try KDF.Scrypt.deriveKey(
      from: Data(password.utf8), salt: salt, outputByteCount: byteCount, rounds: rounds,
      blockSize: blockSize, parallelism: parallelism)
    return key.withUnsafeBytes { Array($0) }
  }

  /// Hashes away from the loop that answers requests, since it takes long on purpose.
  package static func computed<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await Task.detached { try work() }.value
  }
}
