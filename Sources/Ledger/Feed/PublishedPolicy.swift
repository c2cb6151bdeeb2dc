/// The group's loan rules and calendar, as its coordinator last published them.
package struct PublishedPolicy: Hashable, Sendable {
  /// A later one has a greater number.
  package let revision: Int
  /// When it was published, by the host's clock in milliseconds since 1970.
  package let wallMilliseconds: Int64
  /// A `PolicyDocument` as JSON; empty where the group has no rules any more.
  package let text: String

  /// Bytes of UTF-8 that the text may have; a year of closed days has a tenth.
  package static let longestText = 64 * 1_024

  package init(revision: Int, wallMilliseconds: Int64, text: String) {
    self.revision = revision
    self.wallMilliseconds = wallMilliseconds
    self.text = text
  }
}

extension PublishedPolicy {
  func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 3)
    writer.write(revision)
    writer.write(wallMilliseconds)
    writer.write(text)
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 3)
    self.init(
      revision: try reader.readInt(in: 1...Int.max, field: "revision"),
      wallMilliseconds: try reader.readInteger(),
      text: try reader.readText(limit: Self.longestText))
  }
}
