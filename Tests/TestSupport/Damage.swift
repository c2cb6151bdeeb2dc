/// Bytes as they come when something was damaged on the way.
extension [UInt8] {
  /// The same bytes with one bit the other way.
  package func flipping(_ bit: Int) -> [UInt8] {
    var changed = self
    changed[bit / 8] ^= 1 << (bit % 8)
    return changed
  }

  /// All that they can be when they are cut short, or have one bit the other way.
  package func damaged() -> [(what: String, bytes: [UInt8])] {
    let cuts = indices.map { ("cut to \($0) bytes", Array(self[..<$0])) }
    let flips = (0..<count * 8).map { ("bit \($0)", flipping($0)) }
    return cuts + flips
  }
}
