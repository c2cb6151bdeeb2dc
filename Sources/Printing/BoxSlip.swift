package import Labels
package import Rotation

/// The slip that lies in a box: for people in print, for the receiving station in its codes.
package struct BoxSlip: Hashable, Sendable {
  package let manifest: Manifest
  /// The name of the sending library, where it is known.
  package let senderName: String?
  /// When the box was sealed, as it is printed; the file bears this date too.
  package let sealed: Sealing
  /// What stands in each line, in order.
  package let lines: [Line]
  /// What the QR codes hold.
  package let codes: [String]

  /// The day and time of a sealing.
  package struct Sealing: Hashable, Sendable {
    /// As people read it.
    package let day: String
    /// RFC 3339, for the file.
    package let timestamp: String

    package init(day: String, timestamp: String) {
      self.day = day
      self.timestamp = timestamp
    }
  }

  /// A copy and its title.
  package struct Line: Hashable, Sendable {
    package let item: ItemID
    package let title: String

    package init(item: ItemID, title: String) {
      self.item = item
      self.title = title
    }
  }

  /// Codes that a slip is split over where it needs more than one; more make each smaller.
  private static let usualCodes = 4
  /// Bytes below which a code is not split any further.
  private static let fewestBytes = 220

  /// Draws up the slip of a signed manifest.
  ///
  /// - Throws: `ManifestError` where it needs more codes than a slip may have.
  package init(
    _ signed: SignedManifest, senderName: String?, sealed: Sealing, titles: [ItemID: String]
  ) throws(ManifestError) {
    manifest = try Manifest(encoded: signed.encoded)
    self.senderName = senderName
    self.sealed = sealed
    lines = manifest.items.map { Line(item: $0, title: titles[$0] ?? "") }
    let share = (signed.bytes.count + Self.usualCodes - 1) / Self.usualCodes
    let bytes = min(max(share, Self.fewestBytes), ManifestLimits.bytesInPart)
    codes = try ManifestPart.parts(of: signed, bytesInPart: bytes).map(\.text)
  }
}

extension BoxSlip {
  /// The slip as a PDF file; the same slip always gives the same bytes.
  package func pdf(on paper: Paper) throws(PrintingError) -> [UInt8] {
    var layout = PageLayout(paper, footer: "\(manifest.box.label)")
    heading(on: paper, in: &layout)
    try layout.add(codes: codes.map { code throws(PrintingError) in try PrintedCode(qr: code) })
    for (index, line) in lines.enumerated() {
      layout.add(row: "\(index + 1)", line.item.label, line.title)
    }
    layout.space(8)
    layout.add(signatures: ["Người giao / Sender", "Người nhận / Receiver"])
    return try PDFFile.bytes(
      of: layout.finished(), title: "\(manifest.box.label)", created: sealed.timestamp)
  }

  private func heading(on paper: Paper, in layout: inout PageLayout) {
    layout.add(
      "PHIẾU THÙNG SÁCH", size: paper.textSize * 1.8, isBold: true, alignment: .centre)
    layout.add("Transfer box slip", size: paper.textSize, alignment: .centre)
    layout.space(4)
    if let code = try? PrintedCode(code128: manifest.box.label) { layout.add(label: code) }
    layout.add(
      manifest.box.label, size: paper.textSize * 1.5, isBold: true, alignment: .centre)
    layout.space(4)
    let from = [manifest.from.text, senderName].compactMap(\.self).joined(separator: " · ")
    for line in [
      "Từ / From: \(from)", "Đến / To: \(manifest.to)",
      "Lần niêm phong / Seal: \(manifest.seal) · \(sealed.day)",
      "Số cuốn / Items: \(manifest.items.count) · Số nhan đề / Titles: \(manifest.titles.count)",
      manifest.stage.map { "Đợt / Stage: \($0)" },
    ].compactMap(\.self) {
      layout.add(line, size: paper.textSize)
    }
    layout.space(6)
  }
}
