package import Rotation

/// A rota as the host has published it, for the n-th time.
package struct PublishedRota: Hashable, Sendable {
  package let rota: Rota
  /// From 1; each amendment is one more.
  package let revision: Int
  /// When it was published, by the host's wall clock, in milliseconds since 1970.
  package let wallMilliseconds: Int64
  /// Why it was amended, in the coordinator's words; empty for the first one.
  package let reason: String

  package init(rota: Rota, revision: Int, wallMilliseconds: Int64, reason: String) {
    self.rota = rota
    self.revision = revision
    self.wallMilliseconds = wallMilliseconds
    self.reason = reason
  }

  /// The numbers that revisions may have.
  package static let revisions = 1...RotaLimits.amendments + 1
  /// Bytes that a reason may have.
  package static let longestReason = 500
}

extension PublishedRota {
  func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 4)
    writer.write(revision)
    writer.write(wallMilliseconds)
    writer.write(reason)
    writer.write(RotaText.text(of: rota))
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 4)
    let revision = try reader.readInt(in: Self.revisions, field: "revision")
    let milliseconds = try reader.readInteger()
    let reason = try reader.readText(limit: Self.longestReason)
    let text = try reader.readText(limit: RotaText.longest)
    do throws(RotaTextError) {
      self.init(
        rota: try RotaText.rota(text), revision: revision, wallMilliseconds: milliseconds,
        reason: reason)
    } catch {
      throw .badValue(field: "rota")
    }
  }
}
