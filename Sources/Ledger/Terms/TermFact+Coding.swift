import Circulation
import Labels
import Rotation

/// The numbers that stand for facts of terms on the wire.
///
/// A number, once used, keeps its meaning for ever.
private enum TermFactKind {
  static let closed = 60
  static let part = 61
  static let countersigned = 62
}

extension TermFact {
  /// The number of the fact's kind, followed by its body.
  func write(to writer: inout CBORWriter) {
    switch self {
    case .closed(let closing):
      writer.write(TermFactKind.closed)
      closing.write(to: &writer)
    case .part(let part):
      writer.write(TermFactKind.part)
      writer.beginArray(count: 3)
      writer.write(bytes: part.hash.bytes)
      writer.write(part.number)
      writer.write(part.text)
    case .countersigned(let signature):
      writer.write(TermFactKind.countersigned)
      signature.write(to: &writer)
    }
  }

  /// Reads the body of a kind, or gives `nil` where it is no fact of a term.
  init?(kind: Int, from reader: inout CBORReader) throws(CBORError) {
    switch kind {
    case TermFactKind.closed: self = .closed(try TermClosing(from: &reader))
    case TermFactKind.part:
      try reader.beginArray(exactly: 3)
      self = .part(
        StatementPart(
          hash: try reader.readStatementHash(),
          number: try reader.readInt(in: 1...StatementPart.mostParts, field: "part"),
          text: try reader.readText(limit: StatementPart.longest)))
    case TermFactKind.countersigned:
      self = .countersigned(try Countersignature(from: &reader))
    default: return nil
    }
  }
}

extension TermClosing {
  /// The year's start, the semester, the hash, the number of parts, and the signature.
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 5)
    writer.write(term.year.start)
    writer.write(term.semester)
    writer.write(bytes: hash.bytes)
    writer.write(parts)
    writer.write(bytes: signature)
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 5)
    let year = SchoolYear(start: try reader.readInt(in: FactLimits.year, field: "year"))
    let semester = try reader.readInt(in: Term.semesters, field: "semester")
    guard let term = Term(year: year, semester: semester) else {
      throw .badValue(field: "semester")
    }
    self.init(
      term: term, hash: try reader.readStatementHash(),
      parts: try reader.readInt(in: 1...StatementPart.mostParts, field: "parts"),
      signature: Array(try reader.readBytes(exactly: Countersignature.signatureBytes)))
  }
}

extension Countersignature {
  /// The hash, the library, its signature, and the items that it leaves out.
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 4)
    writer.write(bytes: hash.bytes)
    writer.write(library.text)
    writer.write(bytes: signature)
    writer.beginArray(count: exceptions.count)
    for item in exceptions { writer.write(item.text) }
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 4)
    let hash = try reader.readStatementHash()
    let library = try reader.readLibraryCode()
    let signature = Array(try reader.readBytes(exactly: Self.signatureBytes))
    var exceptions: [ItemID] = []
    for _ in 0..<(try reader.beginArray(limit: Self.mostExceptions)) {
      exceptions.append(try reader.readItemID())
    }
    self.init(hash: hash, library: library, signature: signature, exceptions: exceptions)
  }
}

extension CBORReader {
  fileprivate mutating func readStatementHash() throws(CBORError) -> StatementHash {
    let bytes = try readBytes(exactly: StatementHash.byteCount)
    guard let hash = StatementHash(bytes: bytes) else { throw .badValue(field: "hash") }
    return hash
  }
}
