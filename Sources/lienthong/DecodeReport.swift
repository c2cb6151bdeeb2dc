import Foundation
import Labels
import Scanning

/// What became of one file.
struct DecodeReport: Encodable {
  let file: String
  /// From opening the file to the last scan.
  let milliseconds: Double
  let symbols: [Entry]
  /// What was wrong and what to do; absent if the file could be read.
  let error: String?

  struct Entry: Encodable {
    let type: String
    let text: String
    let quality: Int
    let orientation: String
    /// Why it is not trusted; absent if it is.
    let doubt: String?
  }

  /// Reads a file; `all` keeps the readings that are not trusted too.
  init(file: String, scanner: BarcodeScanner, all: Bool) {
    let clock = ContinuousClock()
    let start = clock.now
    let result = Self.scan(file, with: scanner)
    self.file = file
    milliseconds = Self.milliseconds(start.duration(to: clock.now))
    switch result {
    case .success(let found):
      symbols = found.filter { all || $0.isTrusted }.map(Entry.init)
      error = nil
    case .failure(let failure):
      symbols = []
      error = "\(failure)"
    }
  }

  private static func scan(
    _ file: String, with scanner: BarcodeScanner
  ) -> Result<[Reading], any Error> {
    Result { scanner.read(try GreyImage(decoding: try InputFile.read(file))) }
  }

  /// A duration to the microsecond.
  private static func milliseconds(_ duration: Duration) -> Double {
    (duration / .microseconds(1)).rounded() / 1_000
  }
}

extension DecodeReport.Entry {
  fileprivate init(_ reading: Reading) {
    let symbol = reading.symbol
    let doubt: Doubt? = if case .doubted(let doubt) = reading.trust { doubt } else { nil }
    self.init(
      type: symbol.type.name, text: symbol.text, quality: reading.votes,
      orientation: symbol.orientation.rawValue, doubt: doubt?.description)
  }

  fileprivate var line: String {
    "\(type):\(text)" + (doubt.map { " (not trusted: \($0))" } ?? "") + "\n"
  }
}

/// How `lienthong decode` prints.
enum DecodeFormat {
  case text
  case json

  /// The lines for one file.
  func text(for report: DecodeReport) throws -> String {
    switch self {
    case .text:
      return report.symbols.map(\.line).joined()
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
    }
  }
}
