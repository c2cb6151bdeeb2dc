import CZlib

/// Raw DEFLATE (RFC 1951), as events are packed on the wire.
///
/// The system's zlib does it: the package already stands on it for PNG pictures, and the copy in
/// swift-nio-extras is not offered as a product.
enum Deflate {
  /// zlib's middle way; the highest level makes loans 1% smaller and takes twice as long.
  private static let level: Int32 = 6
  /// The largest window, and no header: the signature already speaks for every byte.
  private static let windowBits = -MAX_WBITS
  /// How much zlib may keep while it packs; 8 is its own choice.
  private static let memoryLevel: Int32 = 8

  /// Packs bytes; what is too random to become smaller becomes a little larger.
  static func pack(_ bytes: [UInt8]) throws(ExchangeError) -> [UInt8] {
    var stream = z_stream()
    let begun = deflateInit2_(
      &stream, level, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard begun == Z_OK else { throw .badPacking }
    defer { deflateEnd(&stream) }
    let capacity = Int(deflateBound(&stream, uLong(bytes.count)))
    let packed = fill(capacity, from: bytes[...], by: &stream) { deflate(&$0, Z_FINISH) }
    guard let packed else { throw .badPacking }
    return packed
  }

  /// Unpacks exactly so many bytes, which the caller has held against a limit.
  ///
  /// Nothing beyond that size is ever made, whatever the bytes would grow to.
  static func unpack(
    _ bytes: ArraySlice<UInt8>, byteCount: Int
  ) throws(ExchangeError) -> [UInt8] {
    var stream = z_stream()
    let begun = inflateInit2_(
      &stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard begun == Z_OK else { throw .badPacking }
    defer { inflateEnd(&stream) }
    let unpacked = fill(byteCount, from: bytes, by: &stream) { inflate(&$0, Z_FINISH) }
    guard let unpacked, unpacked.count == byteCount, stream.avail_in == 0 else {
      throw .badPacking
    }
    return unpacked
  }

  /// Runs one step over all of the input; `nil` where the stream does not end with it.
  private static func fill(
    _ capacity: Int, from bytes: ArraySlice<UInt8>, by stream: inout z_stream,
    _ step: (inout z_stream) -> Int32
  ) -> [UInt8]? {
    var input = Array(bytes)
    var ended = false
    let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = uInt(source.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = uInt(capacity)
        ended = step(&stream) == Z_STREAM_END
        stream.next_in = nil
        stream.next_out = nil
      }
      count = capacity - Int(stream.avail_out)
    }
    return ended ? output : nil
  }
}
