import Circulation
package import Desk
import Ledger
package import Printing
import Serving

/// Makes the slip of a box as a PDF file.
package struct SlipPrinter: Sendable {
  private let desk: Desk

  package init(desk: Desk) {
    self.desk = desk
  }

  /// The file's bytes; the same for the same slip.
  ///
  /// - Throws: what `Desk.slip(ofBox:)` throws, `ManifestError` or `PrintingError`.
  package func pdf(ofBox text: String, on paper: Paper) async throws -> [UInt8] {
    let copy = try await desk.slip(ofBox: text)
    let offset = desk.settings.offsetMinutes
    let day = SchoolDay(unixMilliseconds: copy.sealedMilliseconds, offsetMinutes: offset)
    let slip = try BoxSlip(
      copy.slip.signed, senderName: copy.libraryName,
      sealed: BoxSlip.Sealing(
        day: day.vietnameseText,
        timestamp: RFC3339.text(
          unixMilliseconds: copy.sealedMilliseconds, offsetMinutes: offset)),
      titles: copy.titles)
    return try slip.pdf(on: paper)
  }
}
