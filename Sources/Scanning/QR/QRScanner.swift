import CZBar

/// zbar's decoder for QR codes alone, which gives bytes and guesses no character set.
///
/// Not for use from two threads at once.
final class QRScanner {
  private var zbar = ZBarQRScanner()
  private var scansLeft = ScanningLimits.scansPerScanner

  /// A code as zbar reports it.
  struct Reading {
    let bytes: [UInt8]
    /// Upper left, lower left, lower right and upper right corner.
    let corners: [PlanePoint]
  }

  /// Scans every `density`th row and column of a picture.
  func readings(in picture: GreyImage, density: Int = 1) -> [Reading] {
    if scansLeft == 0 {
      zbar = ZBarQRScanner()
      scansLeft = ScanningLimits.scansPerScanner
    }
    scansLeft -= 1
    return zbar.readings(in: picture, density: density)
  }
}

/// One zbar image scanner set up for QR codes as bytes.
private final class ZBarQRScanner {
  private let scanner: OpaquePointer
  private let image: OpaquePointer

  init() {
    guard let scanner = zbar_image_scanner_create(), let image = zbar_image_create() else {
      preconditionFailure("No memory is left for a zbar scanner.")
    }
    self.scanner = scanner
    self.image = image
    zbar_image_set_format(image, zbar_fourcc_parse("Y800"))
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1)
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1)
  }

  deinit {
    zbar_image_destroy(image)
    zbar_image_scanner_destroy(scanner)
  }

  func readings(in picture: GreyImage, density: Int) -> [QRScanner.Reading] {
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, Int32(density))
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, Int32(density))
    zbar_image_set_size(image, UInt32(picture.width), UInt32(picture.height))
    return picture.pixels.withUnsafeBufferPointer { pixels in
      zbar_image_set_data(image, pixels.baseAddress, UInt(pixels.count), nil)
      defer { zbar_image_free_data(image) }
      guard zbar_scan_image(scanner, image) > 0 else { return [] }
      return results()
    }
  }

  private func results() -> [QRScanner.Reading] {
    var readings: [QRScanner.Reading] = []
    var next = zbar_image_first_symbol(image)
    while let symbol = next {
      if let reading = QRScanner.Reading(symbol) { readings.append(reading) }
      next = zbar_symbol_next(symbol)
    }
    return readings
  }
}

extension QRScanner.Reading {
  /// Copies one of zbar's results; `nil` for parts of codes, which zbar lists too.
  fileprivate init?(_ symbol: OpaquePointer) {
    guard zbar_symbol_get_type(symbol) == ZBAR_QRCODE, let data = zbar_symbol_get_data(symbol)
    else { return nil }
    let length = Int(zbar_symbol_get_data_length(symbol))
    bytes = [UInt8](UnsafeRawBufferPointer(start: data, count: length))
    corners = (0..<zbar_symbol_get_loc_size(symbol)).map { index in
      PlanePoint(
        Double(zbar_symbol_get_loc_x(symbol, index)),
        Double(zbar_symbol_get_loc_y(symbol, index)))
    }
  }
}
