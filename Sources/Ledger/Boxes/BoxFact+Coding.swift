import Labels
import Rotation

/// The numbers that stand for facts of boxes on the wire.
///
/// A number, once used, keeps its meaning for ever.
private enum BoxFactKind {
  static let opened = 40
  static let packed = 41
  static let unpacked = 42
  static let sealed = 43
  static let reopened = 44
  static let sent = 45
  static let arrived = 46
  static let slipRead = 47
  static let received = 48
  static let confirmed = 49
  static let refused = 50
  static let lost = 51
  static let found = 52
}

extension BoxFact {
  /// The number of the fact's kind, followed by its body.
  func write(to writer: inout CBORWriter) {
    writer.write(kind)
    switch self {
    case .opened(let route), .sent(let route), .arrived(let route): route.write(to: &writer)
    case .packed(let move), .unpacked(let move): move.write(to: &writer)
    case .sealed(let slip), .slipRead(let slip): slip.write(to: &writer)
    case .reopened(let step), .refused(let step), .lost(let step), .found(let step):
      step.write(to: &writer)
    case .received(let finding): finding.write(to: &writer)
    case .confirmed(let receipt): receipt.write(to: &writer)
    }
  }

  private var kind: Int {
    switch self {
    case .opened: BoxFactKind.opened
    case .packed: BoxFactKind.packed
    case .unpacked: BoxFactKind.unpacked
    case .sealed: BoxFactKind.sealed
    case .reopened: BoxFactKind.reopened
    case .sent: BoxFactKind.sent
    case .arrived: BoxFactKind.arrived
    case .slipRead: BoxFactKind.slipRead
    case .received: BoxFactKind.received
    case .confirmed: BoxFactKind.confirmed
    case .refused: BoxFactKind.refused
    case .lost: BoxFactKind.lost
    case .found: BoxFactKind.found
    }
  }

  /// Reads the body of a kind, or gives `nil` where it is no fact of a box.
  init?(kind: Int, from reader: inout CBORReader) throws(CBORError) {
    switch kind {
    case BoxFactKind.opened: self = .opened(try BoxRoute(from: &reader))
    case BoxFactKind.packed: self = .packed(try ItemMove(intoBox: true, from: &reader))
    case BoxFactKind.unpacked: self = .unpacked(try ItemMove(intoBox: false, from: &reader))
    case BoxFactKind.sealed: self = .sealed(try SealedSlip(from: &reader))
    case BoxFactKind.reopened: self = .reopened(try BoxStep(from: &reader))
    case BoxFactKind.sent: self = .sent(try BoxRoute(from: &reader))
    case BoxFactKind.arrived: self = .arrived(try BoxRoute(from: &reader))
    case BoxFactKind.slipRead: self = .slipRead(try SealedSlip(from: &reader))
    case BoxFactKind.received: self = .received(try BoxFinding(from: &reader))
    case BoxFactKind.confirmed: self = .confirmed(try BoxReceipt(from: &reader))
    case BoxFactKind.refused: self = .refused(try BoxStep(from: &reader))
    case BoxFactKind.lost: self = .lost(try BoxStep(from: &reader))
    case BoxFactKind.found: self = .found(try BoxStep(from: &reader))
    default: return nil
    }
  }
}

extension ItemMove {
  /// Reads a move one of whose ends must be a box.
  fileprivate init(intoBox: Bool, from reader: inout CBORReader) throws(CBORError) {
    let move = try ItemMove(from: &reader)
    guard (intoBox ? move.to : move.from).box != nil else { throw .badValue(field: "box") }
    self = move
  }
}

extension BoxStep {
  func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 2)
    writer.write(box.text)
    writer.write(seal)
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 2)
    self.init(
      box: try reader.readBoxNumber(),
      seal: try reader.readInt(in: 0...ManifestLimits.seals.upperBound, field: "seal"))
  }
}

extension BoxRoute {
  /// The step, both ends, then the rota and the number of its stage, or null twice.
  ///
  /// A route without a revision has five values, as all had before revisions were kept.
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: revision == nil ? 5 : 6)
    step.write(to: &writer)
    writer.write(from.text)
    writer.write(to.text)
    writer.write(stage?.rota.text)
    writer.write(stage?.number)
    if let revision { writer.write(revision) }
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    let count = try reader.beginArray(limit: 6)
    guard count >= 5 else { throw .wrongCount(expected: 5, found: count) }
    let step = try BoxStep(from: &reader)
    let (from, to) = (try reader.readLibraryCode(), try reader.readLibraryCode())
    let stage = try reader.readStage()
    let revision =
      count == 5 ? nil : try reader.readInt(in: PublishedRota.revisions, field: "revision")
    guard stage != nil || revision == nil else { throw .badValue(field: "revision") }
    self.init(step: step, from: from, to: to, stage: stage, revision: revision)
  }
}

extension SealedSlip {
  func write(to writer: inout CBORWriter) {
    writer.write(bytes: signed.bytes)
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    let bytes = try reader.readBytes(limit: Self.longest)
    do throws(ManifestError) {
      try self.init(SignedManifest(bytes: Array(bytes)))
    } catch {
      throw .badValue(field: "slip")
    }
  }
}

extension BoxFinding {
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 3)
    step.write(to: &writer)
    move.write(to: &writer)
    writer.write(Int(condition.rawValue))
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 3)
    let step = try BoxStep(from: &reader)
    let move = try ItemMove(from: &reader)
    let number = try reader.readInt(in: 0...Int(UInt8.max), field: "condition")
    guard let condition = ItemCondition(rawValue: UInt8(number)) else {
      throw .badValue(field: "condition")
    }
    self.init(step: step, move: move, condition: condition)
  }
}

extension BoxReceipt {
  private static let limit = 0...100_000

  /// The step, then a number for each heading in order of their names.
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 1 + Self.headings.count)
    step.write(to: &writer)
    for heading in Self.headings { writer.write(counts[heading] ?? 0) }
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 1 + Self.headings.count)
    let step = try BoxStep(from: &reader)
    var counts: [ReceivingLine.Heading: Int] = [:]
    for heading in Self.headings {
      counts[heading] = try reader.readInt(in: Self.limit, field: heading.rawValue)
    }
    self.init(step: step, counts: counts)
  }

  private static let headings = ReceivingLine.Heading.allCases
    .sorted { $0.rawValue < $1.rawValue }

  /// The counts in the order of the wire, as tables keep them.
  package var text: String {
    Self.headings.map { String(counts[$0] ?? 0) }.joined(separator: " ")
  }

  /// Reads the counts that ``text`` gives, or gives `nil`.
  package init?(step: BoxStep, text: String) {
    let numbers = text.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == Self.headings.count else { return nil }
    self.init(step: step, counts: Dictionary(uniqueKeysWithValues: zip(Self.headings, numbers)))
  }
}

extension CBORReader {
  fileprivate mutating func readBoxNumber() throws(CBORError) -> BoxNumber {
    let text = try readText(limit: FactLimits.identifier)
    guard let box = try? BoxNumber(text), box.text == text else { throw .badValue(field: "box") }
    return box
  }

  fileprivate mutating func readStage() throws(CBORError) -> StageReference? {
    let rota = try readOptionalText(limit: FactLimits.identifier)
    let number = try readOptionalInt(in: StageReference.numbers, field: "stage")
    guard let rota, let number else {
      guard rota == nil, number == nil else { throw .badValue(field: "stage") }
      return nil
    }
    guard let id = RotaID(rota), let stage = StageReference(rota: id, number: number) else {
      throw .badValue(field: "stage")
    }
    return stage
  }
}
