import CZBar
import Foundation
import Scanning
import TestSupport

/// A 1280×720 frame through ``BarcodeScanner``, against nothing but `zbar_scan_image` on it.
enum DecodeBenchmark {
  static func run() async throws -> [Figure] {
    let frame = try await frameWithLabel()
    return [
      try figure("decoding a 1280×720 frame with one label", frame: frame, reads: 1),
      try figure("decoding an empty 1280×720 frame", frame: texture(), reads: 0),
    ]
  }

  private static func figure(_ what: String, frame: GreyImage, reads: Int) throws -> Figure {
    let scanner = BarcodeScanner(rounds: ScanPlan.frame)
    let bare = BareScan(frame)
    guard scanner.scan(frame).count == reads, bare.scan() == reads else {
      throw WrongRead(what: what)
    }
    let medians = Sampling.medians(rounds: 60) {
      _ = scanner.scan(frame)
    } _: {
      _ = bare.scan()
    }
    return Figure(
      what: what, goal: 1.1, measured: medians.one / medians.other, unit: "×",
      note: milliseconds(medians.one) + " against the bare call's " + milliseconds(medians.other))
  }

  private static func milliseconds(_ value: Double) -> String {
    "\((value * 100).rounded() / 100) ms"
  }

  private struct WrongRead: Error {
    let what: String
  }
}

extension DecodeBenchmark {
  private static let (width, height) = (1_280, 720)

  /// A grey wall with some noise, as a camera sees it.
  static func texture() throws -> GreyImage {
    var random = SeededGenerator(seed: 720)
    let pixels = (0..<width * height).map { _ in UInt8.random(in: 150...170, using: &random) }
    return try GreyImage(width: width, height: height, pixels: pixels)
  }

  /// The same wall with a label on it.
  private static func frameWithLabel() async throws -> GreyImage {
    let folder = try TemporaryFolder()
    let file = try await Zint.draw("TT1.TK.00123-K", as: .code128, in: folder)
    let label = try GreyImage(decoding: [UInt8](Data(contentsOf: file)))
    let wall = try texture()
    var pixels = wall.pixels
    for row in 0..<label.height {
      let start = (row + 200) * width + 300
      pixels.replaceSubrange(
        start..<start + label.width,
        with: label.pixels[row * label.width..<(row + 1) * label.width])
    }
    return try GreyImage(width: width, height: height, pixels: pixels)
  }
}

/// zbar's own calls and nothing else, set to the same symbologies as ``ZBarScanner``.
private final class BareScan {
  private let scanner = zbar_image_scanner_create()
  private let image = zbar_image_create()
  private let frame: GreyImage

  init(_ frame: GreyImage) {
    self.frame = frame
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
    for symbology in [
      ZBAR_CODE128, ZBAR_CODE39, ZBAR_CODABAR, ZBAR_EAN13, ZBAR_EAN8, ZBAR_I25, ZBAR_QRCODE,
    ] {
      zbar_image_scanner_set_config(scanner, symbology, ZBAR_CFG_ENABLE, 1)
    }
    zbar_image_set_format(image, zbar_fourcc_parse("Y800"))
    zbar_image_set_size(image, UInt32(frame.width), UInt32(frame.height))
  }

  deinit {
    zbar_image_destroy(image)
    zbar_image_scanner_destroy(scanner)
  }

  func scan() -> Int {
    frame.pixels.withUnsafeBufferPointer { pixels in
      zbar_image_set_data(image, pixels.baseAddress, UInt(pixels.count), nil)
      return Int(zbar_scan_image(scanner, image))
    }
  }
}
