import Crypto
import Ledger

/// What is signed, for what purpose: the bytes of a batch or a receipt, say, with their signature.
///
/// On the wire an array of three: format version, body, signature. What is signed is the purpose
/// and the SHA-256 of the body, so that no receipt can ever be taken for a batch, and the
/// signature's own two passes run over a few bytes instead of a megabyte.
struct Envelope: Sendable {
  /// What a signature is for.
  ///
  /// A purpose's text, once used, keeps its meaning for ever.
  enum Purpose: String {
    case batch = "lienthong.batch.1"
    case receipt = "lienthong.receipt.1"
    case enrolment = "lienthong.enrolment.1"
    case enrolled = "lienthong.enrolled.1"
    case historyRequest = "lienthong.history-request.1"
    case history = "lienthong.history.1"
    case feedRequest = "lienthong.feed-request.1"
    case feed = "lienthong.feed.1"
    case stickReply = "lienthong.stick-reply.1"
  }

  static let formatVersion = 1
  private static let signatureByteCount = 64
  /// Bytes that an envelope adds to its body at most.
  static let overheadBytes = 80

  let purpose: Purpose
  let body: ArraySlice<UInt8>
  private let signature: ArraySlice<UInt8>

  /// Takes the bytes apart without believing any of them yet.
  init(_ bytes: [UInt8], for purpose: Purpose, limitBytes: Int) throws(ExchangeError) {
    guard bytes.count <= limitBytes else { throw .tooLarge(limitBytes: limitBytes) }
    self.purpose = purpose
    let version: Int64
    do throws(CBORError) {
      var reader = CBORReader(bytes)
      try reader.beginArray(exactly: 3)
      version = try reader.readInteger()
      body = try reader.readBytes(limit: limitBytes)
      signature = try reader.readBytes(exactly: Self.signatureByteCount)
      try reader.expectEnd()
    } catch {
      throw .badEncoding(error)
    }
    guard version == Self.formatVersion else { throw .wrongVersion(found: version) }
  }

  func verify(with key: VerifyingKey) throws(ExchangeError) {
    guard key.isValidSignature(signature, for: Self.message(for: purpose, over: body)) else {
      throw .badSignature
    }
  }

  /// Signs a body and gives the bytes to send.
  static func seal(
    _ body: [UInt8], for purpose: Purpose, with key: SigningKey
  ) throws(ExchangeError) -> [UInt8] {
    let signature = try key.signature(for: message(for: purpose, over: body[...]))
    var writer = CBORWriter(reservingCapacity: body.count + overheadBytes)
    writer.beginArray(count: 3)
    writer.write(formatVersion)
    writer.write(bytes: body)
    writer.write(bytes: signature)
    return writer.bytes
  }

  private static func message(
    for purpose: Purpose, over body: ArraySlice<UInt8>
  ) -> [UInt8] {
    var hasher = SHA256()
    body.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    var writer = CBORWriter()
    writer.beginArray(count: 2)
    writer.write(purpose.rawValue)
    writer.write(bytes: Array(hasher.finalize()))
    return writer.bytes
  }
}
