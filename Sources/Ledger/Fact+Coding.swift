import Circulation
package import Labels

/// The numbers that stand for facts on the wire.
///
/// A number, once used, keeps its meaning for ever.
private enum FactKind {
  static let recordDescribed = 1
  static let itemRegistered = 2
  static let checkout = 3
  static let checkin = 4
  static let renewal = 5
  static let onSiteReading = 6
  static let lost = 7
  static let found = 8
  static let undone = 20
  static let noted = 21
  static let discovered = 22
  static let labelReplaced = 23
  static let stockTaken = 24
}

/// Bytes of text that the fields of a fact may have.
package enum FactLimits {
  package static let identifier = 64
  package static let title = 1_000
  package static let subject = 4 * Subjects.longest
  package static let kind = 0...65_535
  package static let year = 1_000...9_999
  package static let grade = 1...12
  package static let seen = 0...1_000_000_000
}

extension Fact {
  /// The number of the fact's kind, followed by its body.
  func write(to writer: inout CBORWriter) {
    switch self {
    case .recordDescribed(let record):
      writer.write(FactKind.recordDescribed)
      record.write(to: &writer)
    case .itemRegistered(let registration):
      writer.write(FactKind.itemRegistered)
      registration.write(to: &writer)
    case .checkout(let checkout):
      writer.write(FactKind.checkout)
      checkout.write(to: &writer)
    case .checkin(let move):
      writer.write(FactKind.checkin)
      move.write(to: &writer)
    case .renewal(let renewal):
      writer.write(FactKind.renewal)
      renewal.write(to: &writer)
    case .onSiteReading(let reading):
      writer.write(FactKind.onSiteReading)
      reading.write(to: &writer)
    case .lost(let move):
      writer.write(FactKind.lost)
      move.write(to: &writer)
    case .found(let move):
      writer.write(FactKind.found)
      move.write(to: &writer)
    case .undone(let undo):
      writer.write(FactKind.undone)
      undo.write(to: &writer)
    case .noted(let note):
      writer.write(FactKind.noted)
      note.write(to: &writer)
    case .discovered(let discovery):
      writer.write(FactKind.discovered)
      discovery.write(to: &writer)
    case .labelReplaced(let replacement):
      writer.write(FactKind.labelReplaced)
      replacement.write(to: &writer)
    case .stockTaken(let count):
      writer.write(FactKind.stockTaken)
      count.write(to: &writer)
    case .box(let fact):
      fact.write(to: &writer)
    case .term(let fact):
      fact.write(to: &writer)
    case .link(let fact):
      fact.write(to: &writer)
    case .unrecognised(let kind, let body):
      writer.write(kind)
      writer.append(encoded: body)
    }
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    let kind = try reader.readInt(in: FactLimits.kind, field: "kind")
    switch kind {
    case FactKind.recordDescribed:
      self = .recordDescribed(try BibliographicRecord(from: &reader))
    case FactKind.itemRegistered:
      self = .itemRegistered(try ItemRegistration(from: &reader))
    case FactKind.checkout: self = .checkout(try Checkout(from: &reader))
    case FactKind.checkin: self = .checkin(try ItemMove(from: &reader))
    case FactKind.renewal: self = .renewal(try Renewal(from: &reader))
    case FactKind.onSiteReading: self = .onSiteReading(try OnSiteReading(from: &reader))
    case FactKind.lost: self = .lost(try ItemMove(from: &reader))
    case FactKind.found: self = .found(try ItemMove(from: &reader))
    case FactKind.undone: self = .undone(try Undo(from: &reader))
    case FactKind.noted: self = .noted(try ItemNote(from: &reader))
    case FactKind.discovered: self = .discovered(try Discovery(from: &reader))
    case FactKind.labelReplaced: self = .labelReplaced(try LabelReplacement(from: &reader))
    case FactKind.stockTaken: self = .stockTaken(try StockCount(from: &reader))
    default:
      if let fact = try LinkFact(kind: kind, from: &reader) {
        self = .link(fact)
      } else if let fact = try BoxFact(kind: kind, from: &reader) {
        self = .box(fact)
      } else if let fact = try TermFact(kind: kind, from: &reader) {
        self = .term(fact)
      } else {
        self = .unrecognised(kind: kind, body: Array(try reader.readEncodedValue()))
      }
    }
  }
}

extension BibliographicRecord {
  /// A title without subjects has nine values, as all had before subjects were kept.
  func write(to writer: inout CBORWriter) {
    writer.beginArray(count: subjects.isEmpty ? 9 : 10)
    writer.write(id.text)
    writer.write(title)
    writer.write(author)
    writer.write(publisher)
    writer.write(year)
    writer.write(kind.rawValue)
    writer.write(grade)
    writer.write(isOnSiteOnly)
    writer.write(isbn)
    guard !subjects.isEmpty else { return }
    writer.beginArray(count: subjects.words.count)
    for word in subjects.words { writer.write(word) }
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    let count = try reader.beginArray(limit: 10)
    guard count >= 9 else { throw .wrongCount(expected: 9, found: count) }
    self.init(
      id: try reader.readRecordID(),
      title: try reader.readText(limit: FactLimits.title),
      author: try reader.readOptionalText(limit: FactLimits.title),
      publisher: try reader.readOptionalText(limit: FactLimits.title),
      year: try reader.readOptionalInt(in: FactLimits.year, field: "year"),
      kind: try reader.readMaterialKind(),
      grade: try reader.readOptionalInt(in: FactLimits.grade, field: "grade"),
      isOnSiteOnly: try reader.readBool(),
      isbn: try reader.readOptionalText(limit: FactLimits.identifier))
    if count == 10 { subjects = try reader.readSubjects() }
  }
}

extension ItemRegistration {
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 3)
    writer.write(item.text)
    writer.write(record.text)
    writer.write(library.text)
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 3)
    self.init(
      item: try reader.readItemID(), record: try reader.readRecordID(),
      library: try reader.readLibraryCode())
  }
}

extension ItemMove {
  func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 4)
    writer.write(item.text)
    writer.write(from.text)
    writer.write(to.text)
    writer.write(seen)
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 4)
    self.init(
      item: try reader.readItemID(), from: try reader.readPlace(), to: try reader.readPlace(),
      seen: try reader.readInt(in: FactLimits.seen, field: "seen"))
  }
}

extension Checkout {
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 6)
    move.write(to: &writer)
    writer.write(bytes: borrower.commitment.bytes)
    writer.write(borrower.kind.rawValue)
    writer.write(borrower.schoolClass?.text)
    writer.write(due.number)
    override.write(to: &writer)
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 6)
    let move = try ItemMove(from: &reader)
    let commitment = try reader.readCommitment()
    let kind = PatronKind(rawValue: try reader.readText(limit: FactLimits.identifier))
    guard let kind else { throw .badValue(field: "patron kind") }
    let borrower = Borrower(
      commitment: commitment, kind: kind, schoolClass: try reader.readSchoolClass())
    self.init(
      move: move, borrower: borrower, due: try reader.readDay(),
      override: try Override?(from: &reader))
  }
}

extension Renewal {
  fileprivate func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 4)
    move.write(to: &writer)
    writer.write(bytes: commitment.bytes)
    writer.write(due.number)
    override.write(to: &writer)
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 4)
    self.init(
      move: try ItemMove(from: &reader), commitment: try reader.readCommitment(),
      due: try reader.readDay(), override: try Override?(from: &reader))
  }
}

extension Override? {
  fileprivate func write(to writer: inout CBORWriter) {
    guard let self else { return writer.writeNull() }
    writer.beginArray(count: self.rules.count)
    for rule in self.rules { writer.write(rule) }
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    if try reader.readNull() {
      self = nil
      return
    }
    var rules: [String] = []
    for _ in 0..<(try reader.beginArray(limit: Override.mostRules)) {
      rules.append(try reader.readText(limit: FactLimits.identifier))
    }
    self = Override(rules: rules)
  }
}

extension OnSiteReading {
  func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 5)
    writer.write(day.number)
    writer.write(kind.rawValue)
    writer.write(schoolClass?.text)
    writer.write(count)
    writer.write(item?.text)
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 5)
    self.init(
      day: try reader.readDay(), kind: try reader.readMaterialKind(),
      schoolClass: try reader.readSchoolClass(),
      count: try reader.readInt(in: OnSiteReading.counts, field: "count"),
      item: try reader.readNull() ? nil : try reader.readItemID())
  }
}

extension CBORReader {
  package mutating func readItemID() throws(CBORError) -> ItemID {
    let text = try readText(limit: FactLimits.identifier)
    guard let item = try? ItemID(text), item.text == text else {
      throw .badValue(field: "item")
    }
    return item
  }

  package mutating func readLibraryCode() throws(CBORError) -> LibraryCode {
    let text = try readText(limit: FactLimits.identifier)
    guard let library = try? LibraryCode(text), library.text == text else {
      throw .badValue(field: "library")
    }
    return library
  }

  mutating func readPlace() throws(CBORError) -> Place {
    let text = try readText(limit: FactLimits.identifier)
    guard let place = Place(text), place.text == text else { throw .badValue(field: "place") }
    return place
  }

  mutating func readRecordID() throws(CBORError) -> RecordID {
    guard let record = RecordID(try readText(limit: FactLimits.identifier)) else {
      throw .badValue(field: "record")
    }
    return record
  }

  fileprivate mutating func readSubjects() throws(CBORError) -> Subjects {
    var words: [String] = []
    for _ in 0..<(try beginArray(limit: Subjects.most)) {
      words.append(try readText(limit: FactLimits.subject))
    }
    guard let subjects = Subjects(words), !subjects.isEmpty else {
      throw .badValue(field: "subjects")
    }
    return subjects
  }

  fileprivate mutating func readMaterialKind() throws(CBORError) -> MaterialKind {
    let text = try readText(limit: FactLimits.identifier)
    guard let kind = MaterialKind(rawValue: text) else { throw .badValue(field: "material kind") }
    return kind
  }

  fileprivate mutating func readSchoolClass() throws(CBORError) -> SchoolClass? {
    guard let text = try readOptionalText(limit: FactLimits.identifier) else { return nil }
    guard let schoolClass = SchoolClass(text) else { throw .badValue(field: "class") }
    return schoolClass
  }

  mutating func readCommitment() throws(CBORError) -> PatronCommitment {
    let bytes = try readBytes(exactly: PatronCommitment.byteCount)
    guard let commitment = PatronCommitment(bytes: bytes) else {
      throw .badValue(field: "commitment")
    }
    return commitment
  }

  mutating func readDay() throws(CBORError) -> SchoolDay {
    SchoolDay(number: try readInt(in: -1_000_000...1_000_000, field: "day"))
  }
}
