import CZBar
import Labels

/// zbar's decoder of single lines: levels or widths in, codes out.
///
/// Not for use from two threads at once.
final class LineDecoder {
  private let decoder: OpaquePointer
  /// Finds edges and feeds the decoder.
  private let scanner: OpaquePointer
  /// Finds edges only.
  private let edgeScanner: OpaquePointer

  init() {
    guard let decoder = zbar_decoder_create(), let scanner = zbar_scanner_create(decoder),
      let edgeScanner = zbar_scanner_create(nil)
    else {
      preconditionFailure("No memory is left for a zbar decoder.")
    }
    self.decoder = decoder
    self.scanner = scanner
    self.edgeScanner = edgeScanner
    zbar_decoder_set_config(decoder, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
    for symbology in Self.symbologies {
      zbar_decoder_set_config(decoder, symbology, ZBAR_CFG_ENABLE, 1)
    }
    zbar_decoder_set_config(
      decoder, ZBAR_I25, ZBAR_CFG_MIN_LEN, Int32(ScanningLimits.minimumInterleaved2of5Length))
  }

  deinit {
    zbar_scanner_destroy(edgeScanner)
    zbar_scanner_destroy(scanner)
    zbar_decoder_destroy(decoder)
  }

  private static let symbologies = [
    ZBAR_CODE128, ZBAR_CODE39, ZBAR_CODABAR, ZBAR_EAN13, ZBAR_EAN8, ZBAR_I25,
  ]

  /// A code that one line read.
  struct Read: Hashable {
    let type: Symbology
    let bytes: [UInt8]
    /// Whether the line met the code's start first.
    let isForward: Bool
  }

  /// Forgets halves of codes; to be called before lines that cross other bars.
  func reset() {
    zbar_scanner_reset(scanner)
  }

  /// Reads the levels along a line, each times `scale`, which lowers zbar's threshold for edges.
  func reads(inProfile levels: [Float], scale: Float) -> [Read] {
    var reads: [Read] = []
    zbar_scanner_new_scan(scanner)
    for level in levels { note(zbar_scan_y(scanner, Int32(level * scale)), in: &reads) }
    for _ in 0..<3 { note(zbar_scanner_flush(scanner), in: &reads) }
    return reads
  }

  /// Reads widths, light and dark in turn, the first one light; in any unit.
  func reads(inWidths widths: [UInt32]) -> [Read] {
    var reads: [Read] = []
    zbar_decoder_new_scan(decoder)
    for width in widths { note(zbar_decode_width(decoder, width), in: &reads) }
    note(zbar_decode_width(decoder, 0), in: &reads)
    return reads
  }

  private func note(_ type: zbar_symbol_type_t, in reads: inout [Read]) {
    guard type.rawValue > ZBAR_PARTIAL.rawValue, let name = zbar_get_symbol_name(type),
      let symbology = Symbology(rawValue: String(cString: name)),
      let data = zbar_decoder_get_data(decoder)
    else { return }
    let length = Int(zbar_decoder_get_data_length(decoder))
    let read = Read(
      type: symbology, bytes: [UInt8](UnsafeRawBufferPointer(start: data, count: length)),
      isForward: zbar_decoder_get_direction(decoder) >= 0)
    if !reads.contains(read) { reads.append(read) }
  }

  /// The edges that zbar's scanner finds along a line.
  func edges(inProfile levels: [Float], scale: Float) -> LineEdges {
    var places: [Float] = []
    var startsLight = true
    var place: Float = 0
    zbar_scanner_new_scan(edgeScanner)
    for level in levels where zbar_scan_y(edgeScanner, Int32(level * scale)) != ZBAR_NONE {
      // The scanner tells of an edge by the width of what ended there, in 32nds of a sample.
      place += Float(zbar_scanner_get_width(edgeScanner)) / 32
      if places.isEmpty { startsLight = zbar_scanner_get_color(edgeScanner) == ZBAR_BAR }
      places.append(place)
    }
    return LineEdges(places: places, startsLight: startsLight, length: levels.count)
  }
}
