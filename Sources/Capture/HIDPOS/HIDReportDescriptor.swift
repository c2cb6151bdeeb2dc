/// Why a report descriptor can't be used.
package enum HIDDescriptorError: Error, Hashable, Sendable {
  case tooLong
  /// An item's data go past the end.
  case cutShort
  /// A report that is longer than any the kernel passes on.
  case hugeReport
  /// More fields, or deeper nesting, than any real device has.
  case tooManyFields
}

/// What the bytes of a device's input reports mean, by its report descriptor.
///
/// Read after "Device Class Definition for Human Interface Devices" 1.11, section 6.2.2. Output and
/// feature reports are passed over.
package struct HIDReportDescriptor: Hashable, Sendable {
  /// A run of equal values in an input report.
  package struct Field: Hashable, Sendable {
    /// The usage page in the upper 16 bits, the usage in the lower.
    package let usage: UInt32
    package let reportID: UInt8
    /// Where the field begins, after the report's number where it has one.
    package let bitOffset: Int
    /// Bits of one value.
    package let bitSize: Int
    package let count: Int
  }

  package let fields: [Field]
  /// Whether each report begins with its number.
  package private(set) var hasReportIDs = false

  /// The most bits of a report, as the kernel limits it: 16 KiB.
  private static let maximumReportBits = 16 * 1_024 * 8
  private static let maximumFields = 1_024

  package init(_ bytes: [UInt8]) throws(HIDDescriptorError) {
    guard bytes.count <= CaptureLimits.maximumReportDescriptorBytes else { throw .tooLong }
    var reader = Reader()
    var rest = bytes[...]
    while let item = try HIDItem(takingFrom: &rest) { try reader.take(item) }
    fields = reader.fields
    hasReportIDs = reader.hasReportIDs
  }

  /// What holds at a place of the descriptor, and the fields found so far.
  private struct Reader {
    struct Globals {
      var page: UInt32 = 0
      var reportSize = 0
      var reportCount = 0
      var reportID: UInt8 = 0
    }

    var fields: [Field] = []
    var hasReportIDs = false
    private var globals = Globals()
    private var stack: [Globals] = []
    private var usages: [UInt32] = []
    private var usageMinimum: UInt32?
    private var lengths: [UInt8: Int] = [:]

    mutating func take(_ item: HIDItem) throws(HIDDescriptorError) {
      switch item.kind {
      case .main: try takeMain(item)
      case .global: try takeGlobal(item)
      case .local: try takeLocal(item)
      case .reserved: break
      }
    }

    private mutating func takeMain(_ item: HIDItem) throws(HIDDescriptorError) {
      if item.tag == HIDItem.input { try addFields(isConstant: item.value & 1 == 1) }
      usages.removeAll()
      usageMinimum = nil
    }

    private mutating func takeGlobal(_ item: HIDItem) throws(HIDDescriptorError) {
      switch item.tag {
      case HIDItem.usagePage: globals.page = item.value & 0xFFFF
      case HIDItem.reportSize: globals.reportSize = Int(item.value)
      case HIDItem.reportCount: globals.reportCount = Int(item.value)
      case HIDItem.reportID:
        globals.reportID = UInt8(truncatingIfNeeded: item.value)
        hasReportIDs = true
      case HIDItem.push:
        guard stack.count < 16 else { throw .tooManyFields }
        stack.append(globals)
      case HIDItem.pop: globals = stack.popLast() ?? globals
      default: break
      }
    }

    private mutating func takeLocal(_ item: HIDItem) throws(HIDDescriptorError) {
      let usage = item.length == 4 ? item.value : globals.page << 16 | item.value & 0xFFFF
      switch item.tag {
      case HIDItem.usage: try add(usage)
      case HIDItem.usageMinimum: usageMinimum = usage
      case HIDItem.usageMaximum:
        if let first = usageMinimum, first <= usage {
          // Counted from the first one, so that ranges at the end of all usages don't overflow.
          for offset in 0...min(usage - first, 255) { try add(first + offset) }
        }
        usageMinimum = nil
      default: break
      }
    }

    private mutating func add(_ usage: UInt32) throws(HIDDescriptorError) {
      guard usages.count < maximumFields else { throw .tooManyFields }
      usages.append(usage)
    }

    /// Adds a field for each usage; the last usage holds for all values that are left.
    private mutating func addFields(isConstant: Bool) throws(HIDDescriptorError) {
      let (size, count) = (globals.reportSize, globals.reportCount)
      guard size <= maximumReportBits, count <= maximumReportBits else { throw .hugeReport }
      let start = lengths[globals.reportID, default: 0]
      let end = start + size * count
      guard end <= maximumReportBits else { throw .hugeReport }
      lengths[globals.reportID] = end
      guard !isConstant, size > 0, count > 0 else { return }
      for (index, usage) in usages.prefix(count).enumerated() {
        guard fields.count < maximumFields else { throw .tooManyFields }
        let isLast = index == usages.count - 1
        fields.append(
          Field(
            usage: usage, reportID: globals.reportID, bitOffset: start + index * size,
            bitSize: size, count: isLast ? count - index : 1))
      }
    }
  }
}

/// One item of a report descriptor.
private struct HIDItem {
  enum Kind: UInt8 {
    case main, global, local, reserved
  }

  let kind: Kind
  let tag: UInt8
  let value: UInt32
  let length: Int

  static let input: UInt8 = 8
  static let usagePage: UInt8 = 0
  static let reportSize: UInt8 = 7
  static let reportID: UInt8 = 8
  static let reportCount: UInt8 = 9
  static let push: UInt8 = 10
  static let pop: UInt8 = 11
  static let usage: UInt8 = 0
  static let usageMinimum: UInt8 = 1
  static let usageMaximum: UInt8 = 2

  private static let longItem: UInt8 = 0xFE

  /// Takes the next item; nothing at the end.
  init?(takingFrom rest: inout ArraySlice<UInt8>) throws(HIDDescriptorError) {
    guard let prefix = rest.popFirst() else { return nil }
    if prefix == Self.longItem {
      guard let size = rest.popFirst(), rest.count > Int(size) else { throw .cutShort }
      rest = rest.dropFirst(Int(size) + 1)
      (kind, tag, value, length) = (.reserved, 0, 0, 0)
      return
    }
    length = [0, 1, 2, 4][Int(prefix & 3)]
    guard rest.count >= length else { throw .cutShort }
    kind = Kind(rawValue: prefix >> 2 & 3) ?? .reserved
    tag = prefix >> 4
    value = rest.prefix(length).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    rest = rest.dropFirst(length)
  }
}
