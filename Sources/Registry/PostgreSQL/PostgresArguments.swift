package import Ledger

/// The values of a statement on their way to the server, in PostgreSQL's binary forms.
///
/// Each call binds the next parameter. A column binds the same value of many rows as one array, so
/// that a thousand rows are one statement and one way to the server and back.
package struct PostgresArguments {
  /// The binary forms, one after the other; a byte before them, so that there is always a place to
  /// point to.
  private(set) var bytes: [UInt8] = [0]
  /// Where each parameter lies in `bytes`; `nil` for a null.
  private(set) var ranges: [Range<Int>?] = []
  /// The type of each parameter.
  private(set) var types: [UInt32] = []

  /// Numbers of types in the server's catalogue `pg_type`; they are part of its protocol.
  private enum TypeNumber {
    static let (integer, text, blob): (UInt32, UInt32, UInt32) = (20, 25, 17)
    static let (integers, texts, blobs): (UInt32, UInt32, UInt32) = (1_016, 1_009, 1_001)
  }

  package init() {}

  /// Binds a number, or null.
  package mutating func bind(_ number: Int64?) {
    bindNext(TypeNumber.integer, isNull: number == nil) { $0.append(bigEndian: number ?? 0) }
  }

  /// Binds a number, or null.
  package mutating func bind(_ number: Int?) {
    bind(number.map(Int64.init))
  }

  /// Binds text, or null.
  package mutating func bind(_ text: String?) {
    bindNext(TypeNumber.text, isNull: text == nil) { $0.append(storable: text ?? "") }
  }

  /// Binds bytes, or null.
  mutating func bind(blob: ArraySlice<UInt8>?) {
    bindNext(TypeNumber.blob, isNull: blob == nil) { $0 += blob ?? [] }
  }

  /// Binds a number of each row as an array.
  package mutating func bind<Row>(_ rows: [Row], integers value: (Row) -> Int64?) {
    bindColumn(of: rows, TypeNumber.integers, TypeNumber.integer) { row, bytes in
      guard let number = value(row) else { return false }
      bytes.append(bigEndian: number)
      return true
    }
  }

  /// Binds a text of each row as an array.
  package mutating func bind<Row>(_ rows: [Row], texts value: (Row) -> String?) {
    bindColumn(of: rows, TypeNumber.texts, TypeNumber.text) { row, bytes in
      guard let text = value(row) else { return false }
      bytes.append(storable: text)
      return true
    }
  }

  /// Binds bytes of each row as an array.
  package mutating func bind<Row>(_ rows: [Row], blobs value: (Row) -> ArraySlice<UInt8>?) {
    bindColumn(of: rows, TypeNumber.blobs, TypeNumber.blob) { row, bytes in
      guard let blob = value(row) else { return false }
      bytes += blob
      return true
    }
  }

  /// Binds hashes of a chain as an array, with no array of bytes made for each.
  package mutating func bind(hashes: ArraySlice<ChainHash>) {
    bindColumn(of: hashes, TypeNumber.blobs, TypeNumber.blob) { hash, bytes in
      hash.withUnsafeBytes { bytes.append(contentsOf: $0) }
      return true
    }
  }

  private mutating func bindNext(
    _ type: UInt32, isNull: Bool, _ write: (inout [UInt8]) -> Void
  ) {
    types.append(type)
    guard !isNull else { return ranges.append(nil) }
    let start = bytes.count
    write(&bytes)
    ranges.append(start..<bytes.count)
  }

  /// Writes an array of one dimension: a head, then each element behind its length; -1 is a null.
  private mutating func bindColumn<Row>(
    of rows: some Collection<Row>, _ type: UInt32, _ elementType: UInt32,
    _ write: (Row, inout [UInt8]) -> Bool
  ) {
    bindNext(type, isNull: false) { bytes in
      bytes.append(bigEndian: Int32(rows.isEmpty ? 0 : 1))
      bytes.append(bigEndian: Int32(0))
      bytes.append(bigEndian: elementType)
      guard !rows.isEmpty else { return }
      bytes.append(bigEndian: Int32(rows.count))
      bytes.append(bigEndian: Int32(1))
      for row in rows {
        let start = bytes.count
        bytes.append(bigEndian: Int32(-1))
        guard write(row, &bytes) else { continue }
        let length = Int32(bytes.count - start - 4)
        withUnsafeBytes(of: length.bigEndian) { length in
          for (offset, byte) in length.enumerated() { bytes[start + offset] = byte }
        }
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(bigEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }

  /// Appends text as PostgreSQL can keep it: it has no way to keep the character 0.
  ///
  /// A station's event is never refused for what a title holds; its own bytes stay as they came.
  fileprivate mutating func append(storable text: String) {
    let start = count
    append(contentsOf: text.utf8)
    guard self[start...].contains(0) else { return }
    removeSubrange(start...)
    for byte in text.utf8 { append(contentsOf: byte == 0 ? Array("\u{FFFD}".utf8) : [byte]) }
  }
}
