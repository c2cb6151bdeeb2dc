/// The numbers that stand for facts of the link on the wire.
///
/// A number, once used, keeps its meaning for ever.
enum LinkFactKind {
  static let epochEnded = 32
  static let hostReached = 33
}

extension LinkFact {
  /// The number of the fact's kind, followed by its body.
  func write(to writer: inout CBORWriter) {
    switch self {
    case .epochEnded(let nextKey):
      writer.write(LinkFactKind.epochEnded)
      writer.beginArray(count: 1)
      writer.write(bytes: nextKey.bytes)
    case .hostReached(let contact):
      writer.write(LinkFactKind.hostReached)
      writer.beginArray(count: 4)
      writer.write(contact.hostMilliseconds)
      writer.write(contact.monotonicMilliseconds)
      writer.write(Int64(contact.boot))
      writer.write(contact.uncertaintyMilliseconds)
    }
  }

  /// Reads the body of a kind, or gives `nil` where it is no fact of the link.
  init?(kind: Int, from reader: inout CBORReader) throws(CBORError) {
    switch kind {
    case LinkFactKind.epochEnded:
      try reader.beginArray(exactly: 1)
      let bytes = try reader.readBytes(exactly: PublicKeyBytes.byteCount)
      guard let key = PublicKeyBytes(bytes) else { throw .badValue(field: "key") }
      self = .epochEnded(nextKey: key)
    case LinkFactKind.hostReached:
      try reader.beginArray(exactly: 4)
      self = .hostReached(
        HostContact(
          hostMilliseconds: try reader.readInteger(),
          monotonicMilliseconds: try reader.readInteger(),
          boot: UInt32(try reader.readInt(in: 0...Int(UInt32.max), field: "boot")),
          uncertaintyMilliseconds: try reader.readInt(
            in: HostContact.uncertainties, field: "uncertainty")))
    default:
      return nil
    }
  }
}
