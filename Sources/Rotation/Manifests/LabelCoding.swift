import Labels

/// Writes the texts of labels with six bits a character, and reads them back.
enum LabelCoding {
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-".utf8)
  private static let characterBits = 6
  /// For a code of two to eight characters.
  private static let libraryLengthBits = 3
  /// For a rota's name of one to sixteen characters.
  private static let rotaLengthBits = 4

  /// The place of each character in the alphabet.
  private static let values: [UInt8: Int] = Dictionary(
    uniqueKeysWithValues: zip(alphabet, alphabet.indices))

  static func write(_ library: LibraryCode, to writer: inout BitWriter) {
    writer.write(
      library.text.utf8.count - LibraryCode.length.lowerBound, bits: libraryLengthBits)
    write(library.text, to: &writer)
  }

  static func readLibrary(from reader: inout BitReader) throws(ManifestError) -> LibraryCode {
    let length = LibraryCode.length.lowerBound + (try reader.read(bits: libraryLengthBits))
    let text = try readText(from: &reader, length: length)
    do {
      return try LibraryCode(text)
    } catch {
      throw .malformed
    }
  }

  static func write(_ rota: RotaID, to writer: inout BitWriter) {
    writer.write(rota.text.utf8.count - RotaID.length.lowerBound, bits: rotaLengthBits)
    write(rota.text, to: &writer)
  }

  static func readRota(from reader: inout BitReader) throws(ManifestError) -> RotaID {
    let length = RotaID.length.lowerBound + (try reader.read(bits: rotaLengthBits))
    guard let rota = RotaID(try readText(from: &reader, length: length)) else {
      throw .malformed
    }
    return rota
  }

  private static func write(_ text: String, to writer: inout BitWriter) {
    for byte in text.utf8 { writer.write(values[byte] ?? 0, bits: characterBits) }
  }

  private static func readText(
    from reader: inout BitReader, length: Int
  ) throws(ManifestError) -> String {
    var bytes: [UInt8] = []
    for _ in 0..<length {
      let value = try reader.read(bits: characterBits)
      guard alphabet.indices.contains(value) else { throw .malformed }
      bytes.append(alphabet[value])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
