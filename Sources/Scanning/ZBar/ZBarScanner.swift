import CZBar
import Labels

/// One zbar image scanner, set up for a library's symbologies.
///
/// Not for use from two threads at once. Left out are DataBar, whose decoder invents codes and
/// prints assertions, and the EAN add-ons, which are read from noise more often than from print.
/// UPC-A, UPC-E and ISBN come as the EAN-13 that they are written in, as `zbarimg` reports them.
package final class ZBarScanner {
  private let scanner: OpaquePointer
  private let image: OpaquePointer

  /// Makes a scanner for all symbologies, or for bar codes only.
  package init(readsQR: Bool = true) {
    guard let scanner = zbar_image_scanner_create(), let image = zbar_image_create() else {
      preconditionFailure("No memory is left for a zbar scanner.")
    }
    self.scanner = scanner
    self.image = image
    zbar_image_set_format(image, zbar_fourcc_parse("Y800"))
    configure(readsQR: readsQR)
  }

  deinit {
    zbar_image_destroy(image)
    zbar_image_scanner_destroy(scanner)
  }

  private func configure(readsQR: Bool) {
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
    for symbology in Self.symbologies {
      zbar_image_scanner_set_config(scanner, symbology, ZBAR_CFG_ENABLE, 1)
    }
    if readsQR { zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1) }
    zbar_image_scanner_set_config(
      scanner, ZBAR_I25, ZBAR_CFG_MIN_LEN, Int32(ScanningLimits.minimumInterleaved2of5Length))
  }

  private static let symbologies = [
    ZBAR_CODE128, ZBAR_CODE39, ZBAR_CODABAR, ZBAR_EAN13, ZBAR_EAN8, ZBAR_I25,
  ]

  /// Which lines of a picture are scanned: every so many rows and columns, 0 for none.
  struct Density: Hashable {
    var rows = 1
    var columns = 1
  }

  /// Scans a picture once, as it is.
  ///
  /// zbar reads the pixels where they lie; nothing is copied.
  package func symbols(in picture: GreyImage) -> [Symbol] {
    symbols(in: picture, density: Density())
  }

  /// Scans some rows and columns of a picture.
  func symbols(in picture: GreyImage, density: Density) -> [Symbol] {
    zbar_image_scanner_set_config(
      scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, Int32(density.rows))
    zbar_image_scanner_set_config(
      scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, Int32(density.columns))
    zbar_image_set_size(image, UInt32(picture.width), UInt32(picture.height))
    return picture.pixels.withUnsafeBufferPointer { pixels in
      zbar_image_set_data(image, pixels.baseAddress, UInt(pixels.count), nil)
      defer { zbar_image_free_data(image) }
      guard zbar_scan_image(scanner, image) > 0 else { return [] }
      return results()
    }
  }

  private func results() -> [Symbol] {
    var symbols: [Symbol] = []
    var next = zbar_image_first_symbol(image)
    while let symbol = next {
      if let result = Symbol(symbol) { symbols.append(result) }
      next = zbar_symbol_next(symbol)
    }
    return symbols
  }
}

extension Symbol {
  /// Copies one of zbar's results; `nil` for parts of codes, which zbar lists too.
  fileprivate init?(_ symbol: OpaquePointer) {
    guard let name = zbar_get_symbol_name(zbar_symbol_get_type(symbol)),
      let type = Symbology(rawValue: String(cString: name)),
      let data = zbar_symbol_get_data(symbol)
    else { return nil }
    let length = Int(zbar_symbol_get_data_length(symbol))
    self.init(
      type: type,
      bytes: [UInt8](UnsafeRawBufferPointer(start: data, count: length)),
      quality: Int(zbar_symbol_get_quality(symbol)),
      orientation: Orientation(zbar_symbol_get_orientation(symbol)),
      points: (0..<zbar_symbol_get_loc_size(symbol)).map { index in
        Point(
          x: Int(zbar_symbol_get_loc_x(symbol, index)),
          y: Int(zbar_symbol_get_loc_y(symbol, index)))
      })
  }
}

extension Symbol.Orientation {
  fileprivate init(_ orientation: zbar_orientation_t) {
    self =
      switch orientation {
      case ZBAR_ORIENT_UP: .up
      case ZBAR_ORIENT_RIGHT: .right
      case ZBAR_ORIENT_DOWN: .down
      case ZBAR_ORIENT_LEFT: .left
      default: .unknown
      }
  }
}
