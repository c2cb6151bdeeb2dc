import Circulation
import Labels

extension Undo {
  /// The operation, then the move and its loan, or the reading; what there is not is null.
  func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 4)
    writer.write(bytes: operation.bytes)
    switch subject {
    case .item(let move, let loan):
      move.write(to: &writer)
      loan.write(to: &writer)
      writer.writeNull()
    case .reading(let reading):
      writer.writeNull()
      writer.writeNull()
      reading.write(to: &writer)
    }
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 4)
    let bytes = try reader.readBytes(exactly: OperationID.byteCount)
    guard let operation = OperationID(bytes: bytes) else {
      throw .badValue(field: "undone operation")
    }
    let move = try reader.readNull() ? nil : try ItemMove(from: &reader)
    let loan = try OpenLoan?(from: &reader)
    let reading = try reader.readNull() ? nil : try OnSiteReading(from: &reader)
    switch (move, loan, reading) {
    case (let move?, _, nil):
      self.init(operation: operation, subject: .item(move, loan: loan))
    case (nil, nil, let reading?):
      self.init(operation: operation, subject: .reading(reading))
    default: throw .badValue(field: "undone act")
    }
  }
}

extension OpenLoan? {
  fileprivate func write(to writer: inout CBORWriter) {
    guard let self else { return writer.writeNull() }
    writer.beginArray(count: 4)
    writer.write(bytes: self.borrower.bytes)
    writer.write(self.checkedOutMilliseconds)
    writer.write(self.due.number)
    writer.write(self.renewals)
  }

  fileprivate init(from reader: inout CBORReader) throws(CBORError) {
    if try reader.readNull() {
      self = nil
      return
    }
    try reader.beginArray(exactly: 4)
    self = OpenLoan(
      borrower: try reader.readCommitment(), checkedOutMilliseconds: try reader.readInteger(),
      due: try reader.readDay(),
      renewals: try reader.readInt(in: FactLimits.seen, field: "renewals"))
  }
}

extension ItemNote {
  func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 2)
    writer.write(item.text)
    writer.write(condition?.rawValue)
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 2)
    let item = try reader.readItemID()
    guard let text = try reader.readOptionalText(limit: FactLimits.identifier) else {
      self.init(item: item, condition: nil)
      return
    }
    guard let condition = NotedCondition(rawValue: text) else {
      throw .badValue(field: "condition")
    }
    self.init(item: item, condition: condition)
  }
}

extension Discovery {
  func write(to writer: inout CBORWriter) {
    writer.beginArray(count: 2)
    writer.write(item.text)
    writer.write(library.text)
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    try reader.beginArray(exactly: 2)
    self.init(item: try reader.readItemID(), library: try reader.readLibraryCode())
  }
}

extension LabelReplacement {
  /// An item and its new label, or a patron's commitment alone.
  func write(to writer: inout CBORWriter) {
    switch self {
    case .item(let item, let label):
      writer.beginArray(count: 2)
      writer.write(item.text)
      writer.write(label)
    case .card(let commitment):
      writer.beginArray(count: 1)
      writer.write(bytes: commitment.bytes)
    }
  }

  init(from reader: inout CBORReader) throws(CBORError) {
    switch try reader.beginArray(limit: 2) {
    case 1: self = .card(try reader.readCommitment())
    case 2:
      self = .item(
        try reader.readItemID(), label: try reader.readText(limit: FactLimits.identifier))
    default: throw .badValue(field: "replaced label")
    }
  }
}
