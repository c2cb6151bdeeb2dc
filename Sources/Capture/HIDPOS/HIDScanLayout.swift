/// Where a bar code scanner's report has the code: usage page 8C of the USB tables for points of
/// sale.
package struct HIDScanLayout: Hashable, Sendable {
  typealias Field = HIDReportDescriptor.Field

  let reportID: UInt8
  let hasReportIDs: Bool
  private let data: Field
  private let byteCount: Field?
  private let identifier: [Field]
  private let continued: Field?

  private static let page: UInt32 = 0x8C << 16
  private static let identifierUsages = (page | 0xFB)...(page | 0xFD)
  private static let dataUsage = page | 0xFE
  private static let continuedUsage = page | 0xFF
  /// Generic desktop, byte count: how many of the data bytes are used.
  private static let byteCountUsage: UInt32 = 0x01_003B

  /// Whether a descriptor's bytes are those of a bar code scanner.
  package static func isScanner(_ descriptor: [UInt8]) -> Bool {
    (try? HIDReportDescriptor(descriptor)).flatMap { HIDScanLayout($0) } != nil
  }

  /// Finds the scan report; nothing where the device has none.
  package init?(_ descriptor: HIDReportDescriptor) {
    guard
      let data = descriptor.fields.first(where: { $0.usage == Self.dataUsage && $0.bitSize == 8 })
    else { return nil }
    let report = descriptor.fields.filter { $0.reportID == data.reportID }
    self.data = data
    reportID = data.reportID
    hasReportIDs = descriptor.hasReportIDs
    byteCount = report.first { $0.usage == Self.byteCountUsage }
    identifier = report.filter { Self.identifierUsages.contains($0.usage) && $0.bitSize == 8 }
    continued = report.first { $0.usage == Self.continuedUsage }
  }

  /// A part of a code, as one report has it.
  struct Part: Hashable, Sendable {
    /// `]C0` and its like; empty where the scanner does not say.
    let identifier: [UInt8]
    let bytes: [UInt8]
    /// Whether the code goes on in the next report.
    let isContinued: Bool
  }

  /// Reads a report; nothing where it is another one, or shorter than the layout says.
  func part(in report: some Collection<UInt8>) -> Part? {
    var body = Array(report)
    if hasReportIDs {
      guard body.first == reportID else { return nil }
      body.removeFirst()
    }
    guard let all = values(of: data, in: body) else { return nil }
    let used = byteCount.flatMap { values(of: $0, in: body)?.first }.map(Int.init)
    let bytes = used.map { Array(all.prefix($0)) } ?? Self.withoutPadding(all)
    let isContinued = continued.flatMap { values(of: $0, in: body)?.first } ?? 0
    return Part(
      identifier: identifier.flatMap { values(of: $0, in: body) ?? [] }.filter { $0 != 0 },
      bytes: bytes, isContinued: isContinued != 0)
  }

  /// The values of a field of at most 8 bits each.
  private func values(of field: Field, in body: [UInt8]) -> [UInt8]? {
    guard field.bitSize <= 8, field.bitOffset + field.bitSize * field.count <= body.count * 8
    else { return nil }
    return (0..<field.count).map { index in
      let bit = field.bitOffset + index * field.bitSize
      let pair =
        UInt16(body[bit / 8]) | UInt16(bit / 8 + 1 < body.count ? body[bit / 8 + 1] : 0) << 8
      let mask = UInt16(1 << field.bitSize) - 1
      return UInt8(pair >> UInt16(bit % 8) & mask)
    }
  }

  private static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
    guard let last = bytes.lastIndex(where: { $0 != 0 }) else { return [] }
    return Array(bytes[...last])
  }
}
