import Foundation
import Scanning

/// What a reader made of one photo.
struct PhotoResult {
  let photo: Photo
  let texts: [ReadText]
  let milliseconds: Double

  init(of photo: Photo, by reader: any PhotoReader) throws {
    self.photo = photo
    let image = try GreyImage(decoding: [UInt8](Data(contentsOf: photo.file)))
    (texts, milliseconds) = try reader.read(image, file: photo.file)
  }

  var isRead: Bool { photo.hasCode && texts.contains(where: isRight) }

  /// How many of the texts are not what is in the photo.
  var wrongCount: Int { texts.count { !isRight($0) } }

  var isOnlyWrong: Bool { photo.hasCode && !isRead && wrongCount > 0 }

  /// Whether a text is what is in the photo, in any way of writing the same code.
  ///
  /// A UPC-A is an EAN-13 with a zero before it; Codabar's letters may be given or not; of an EAN
  /// with an add-on the EAN counts. Files of truth end their lines as their author's machine does.
  private func isRight(_ read: ReadText) -> Bool {
    let truth = photo.truth
    if read.text.lines == truth.lines { return true }
    switch photo.symbology {
    case "upca", "upce", "ean13": return read.text.trimmingZeros == truth.trimmingZeros
    case "codabar": return read.text.dropFirst().dropLast() == truth
    case "ean13x": return truth.hasPrefix(read.text) || truth.hasSuffix(read.text)
    default: return false
    }
  }

  /// A line for whoever looks for the photos that fail.
  var line: String {
    let verdict = isRead ? "read" : texts.isEmpty ? "-" : "WRONG"
    let time = String(format: "%.2f ms", milliseconds)
    let found = texts.map { "\($0.symbology):\($0.text)" }.joined(separator: " | ")
    return [verdict, photo.symbology, photo.file.lastPathComponent, time, photo.truth, found]
      .joined(separator: "\t")
  }
}

extension String {
  fileprivate var trimmingZeros: Substring { drop { $0 == "0" } }

  /// Its lines, whatever ends them; an end of line after the last one counts for nothing.
  fileprivate var lines: ArraySlice<Substring> {
    let lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
  }
}

/// Rates and times by symbology, in Markdown.
struct RateTable {
  let text: String

  init(_ results: [PhotoResult]) {
    let head = [
      "| symbology | photos | read | rate | only wrong | wrong reads | mean ms | median ms |",
      "|---|---|---|---|---|---|---|---|",
    ]
    let groups = Dictionary(grouping: results, by: \.photo.symbology)
    var rows = groups.sorted { $0.key < $1.key }.map { Self.row($0.key, $0.value) }
    let coded = results.filter(\.photo.hasCode)
    rows.append(Self.row("one-dimensional", coded.filter { $0.photo.symbology != "qr" }))
    rows.append(Self.row("all with a code", coded))
    rows.append(Self.row("all photos", results))
    text = (head + rows).joined(separator: "\n")
  }

  private static func row(_ name: String, _ results: [PhotoResult]) -> String {
    let read = results.count(where: \.isRead)
    let coded = results.count(where: \.photo.hasCode)
    let rate = coded > 0 ? String(format: "%.1f%%", 100 * Double(read) / Double(coded)) : ""
    let times = results.map(\.milliseconds).sorted()
    let mean = times.reduce(0, +) / Double(max(times.count, 1))
    let median = times.isEmpty ? 0 : times[times.count / 2]
    let fields: [String] = [
      name, "\(results.count)", "\(read)", rate, "\(results.count(where: \.isOnlyWrong))",
      "\(results.map(\.wrongCount).reduce(0, +))", String(format: "%.2f", mean),
      String(format: "%.2f", median),
    ]
    return "| " + fields.joined(separator: " | ") + " |"
  }
}
