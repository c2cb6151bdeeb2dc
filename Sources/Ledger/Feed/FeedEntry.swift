package import Labels

/// One thing of the group that the host tells its stations, as it stands now.
///
/// An entry is a state, not a change: a later one of the same name takes its place, and taking one
/// twice does nothing. So a station may miss what lay between, and may take a run of them again.
package struct FeedEntry: Hashable, Sendable {
  /// What tells an entry from every other one.
  package struct Name: Hashable, Sendable {
    package let kind: Int
    /// The library that it is of; nothing where it is the group's.
    package let library: LibraryCode?
    /// Its name among those of its kind and library.
    package let key: String

    package init(kind: Int, library: LibraryCode?, key: String) {
      self.kind = kind
      self.library = library
      self.key = key
    }
  }

  package let name: Name
  /// What it says, in canonical CBOR; see `FeedContent`.
  package let value: [UInt8]

  package init(name: Name, value: [UInt8]) {
    self.name = name
    self.value = value
  }
}

/// The bounds of one entry of a feed.
package enum FeedLimits {
  package static let kinds = 1...255
  /// Bytes of an entry's key.
  package static let keyBytes = 160
  /// Bytes of what an entry says; a rota that lists its items is the longest.
  package static let valueBytes = 512 * 1_024
  /// Bytes of an entry with its frame.
  package static let entryBytes = valueBytes + 512
  /// Entries that travel at once.
  package static let entriesPerPage = 10_000
  /// Bytes of entries that travel at once, save that there is one at least.
  package static let bytesPerPage = 1_024 * 1_024
}

extension FeedEntry {
  /// The bytes on the wire: an array of kind, library or null, key, and value.
  package var encoded: [UInt8] {
    var writer = CBORWriter(reservingCapacity: value.count + 64)
    writer.beginArray(count: 4)
    writer.write(name.kind)
    writer.write(name.library?.text)
    writer.write(name.key)
    writer.write(bytes: value)
    return writer.bytes
  }

  /// Reads an entry, and what it says where this version knows its kind.
  ///
  /// An entry of a kind that is not known is read as it stands; a later version will know it.
  package init(encoded: ArraySlice<UInt8>) throws(CBORError) {
    var reader = CBORReader(encoded)
    try reader.beginArray(exactly: 4)
    let kind = try reader.readInt(in: FeedLimits.kinds, field: "kind")
    let library = try reader.readNull() ? nil : try reader.readLibraryCode()
    let key = try reader.readText(limit: FeedLimits.keyBytes)
    let value = try reader.readBytes(limit: FeedLimits.valueBytes)
    try reader.expectEnd()
    self.init(name: Name(kind: kind, library: library, key: key), value: Array(value))
    guard let content = try FeedContent(self) else { return }
    guard content.name == name else { throw .badValue(field: "key") }
  }
}
