internal import Crypto

/// The running SHA-256 over all events of one epoch of a station.
///
/// Each link is the hash of the link before it and the event's bytes, so one hash at the end
/// speaks for every event, and two histories that differ anywhere never meet again.
package struct ChainHash: Hashable, Sendable, CustomStringConvertible {
  package static let byteCount = 32

  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Takes exactly 32 bytes, or gives `nil`.
  package init?(bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == Self.byteCount else { return nil }
    words = bytes.withUnsafeBytes { raw in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  private init(_ digest: SHA256.Digest) {
    words = digest.withUnsafeBytes { raw in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  /// What the first event of an epoch is chained to.
  ///
  /// It names the station and the epoch, so that a chain can't be passed off as another's.
  package static func genesis(of station: StationID, epoch: Epoch) -> ChainHash {
    var writer = CBORWriter()
    writer.beginArray(count: 3)
    writer.write("lienthong.chain.1")
    writer.write(station.text)
    writer.write(epoch.number)
    return ChainHash(SHA256.hash(data: writer.bytes))
  }

  /// The hash after one more event.
  package func link(_ eventBytes: some Collection<UInt8>) -> ChainHash {
    var hasher = SHA256()
    withUnsafeBytes { hasher.update(bufferPointer: $0) }
    let wasContiguous: Void? = eventBytes.withContiguousStorageIfAvailable {
      hasher.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if wasContiguous == nil { hasher.update(data: Array(eventBytes)) }
    return ChainHash(hasher.finalize())
  }

  package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let bigEndian = (
      words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
    )
    return Swift.withUnsafeBytes(of: bigEndian, body)
  }

  package var bytes: [UInt8] {
    withUnsafeBytes { Array($0) }
  }

  package var description: String {
    Hex.text(of: bytes)
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.words == right.words
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}

/// A place in a station's history: which event, and the hash up to and with it.
///
/// The number alone proves nothing, since a restored disk counts on from an old number; with the
/// hash it does.
package struct Position: Hashable, Sendable {
  package let epoch: Epoch
  /// The event's number within its epoch, from 1; 0 stands for the beginning.
  package let sequence: Int64
  package let hash: ChainHash

  package init(epoch: Epoch, sequence: Int64, hash: ChainHash) {
    self.epoch = epoch
    self.sequence = sequence
    self.hash = hash
  }

  /// The place before the first event of an epoch.
  package static func start(of station: StationID, epoch: Epoch) -> Position {
    Position(epoch: epoch, sequence: 0, hash: .genesis(of: station, epoch: epoch))
  }
}
