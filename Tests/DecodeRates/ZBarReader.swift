import CZBar
import Foundation
import Scanning

/// libzbar's image scanner with its own settings, as `zbarimg` runs it, in this process.
final class ZBarReader: PhotoReader {
  let name = "zbar, as zbarimg runs it (libzbar in this process)"
  private let scanner = zbar_image_scanner_create()

  deinit { zbar_image_scanner_destroy(scanner) }

  func read(_ image: GreyImage, file: URL) -> (texts: [ReadText], milliseconds: Double) {
    let picture = zbar_image_create()
    defer { zbar_image_destroy(picture) }
    zbar_image_set_format(picture, zbar_fourcc_parse("Y800"))
    zbar_image_set_size(picture, UInt32(image.width), UInt32(image.height))
    let (_, milliseconds) = image.pixels.withUnsafeBufferPointer { pixels in
      measured {
        zbar_image_set_data(picture, pixels.baseAddress, UInt(pixels.count), nil)
        return zbar_scan_image(scanner, picture)
      }
    }
    return (texts(of: picture), milliseconds)
  }

  private func texts(of picture: OpaquePointer?) -> [ReadText] {
    var texts: [ReadText] = []
    var next = zbar_image_first_symbol(picture)
    while let symbol = next {
      if let name = zbar_get_symbol_name(zbar_symbol_get_type(symbol)),
        let data = zbar_symbol_get_data(symbol)
      {
        let bytes = UnsafeRawBufferPointer(
          start: data, count: Int(zbar_symbol_get_data_length(symbol)))
        texts.append(
          ReadText(symbology: String(cString: name), text: String(decoding: bytes, as: UTF8.self)))
      }
      next = zbar_symbol_next(symbol)
    }
    return texts
  }
}
