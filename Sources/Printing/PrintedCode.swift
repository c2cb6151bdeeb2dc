import CZint

/// The dark modules of a printed code, in rows.
struct PrintedCode: Hashable, Sendable {
  /// True where a module is dark.
  let rows: [[Bool]]
  /// How high a row is, in widths of a module.
  let rowHeight: Double

  /// The largest version of a QR code (ISO/IEC 18004) that a slip has.
  static let largestVersion = 25
  /// Modules of quiet zone around a QR code.
  static let quietModules = 4

  var width: Int { rows.first?.count ?? 0 }

  /// A QR code with error correction M.
  init(qr text: String) throws(PrintingError) {
    self = try Self.draw(text, as: BARCODE_QRCODE, option: 2, rowHeight: 1)
    let version = (width - 17) / 4
    guard version <= Self.largestVersion else {
      throw .codeTooLarge(version: version, limit: Self.largestVersion)
    }
  }

  /// A Code 128 (ISO/IEC 15417).
  init(code128 text: String) throws(PrintingError) {
    self = try Self.draw(text, as: BARCODE_CODE128, option: -1, rowHeight: 40)
  }

  private init(rows: [[Bool]], rowHeight: Double) {
    self.rows = rows
    self.rowHeight = rowHeight
  }

  private static func draw(
    _ text: String, as symbology: Int32, option: Int32, rowHeight: Double
  ) throws(PrintingError) -> PrintedCode {
    guard let symbol = ZBarcode_Create() else { throw .failed("zint") }
    defer { ZBarcode_Delete(symbol) }
    symbol.pointee.symbology = symbology
    symbol.pointee.option_1 = option
    let status = ZBarcode_Encode(symbol, text, Int32(text.utf8.count))
    // Warnings are below errors, and the code is drawn all the same.
    guard status < ZINT_ERROR else { throw .badCode("zint \(status)") }
    let (height, width) = (Int(symbol.pointee.rows), Int(symbol.pointee.width))
    let rows = (0..<height).map { row in
      (0..<width).map { zint_module_is_dark(symbol, Int32(row), Int32($0)) != 0 }
    }
    return PrintedCode(rows: rows, rowHeight: rowHeight)
  }
}
