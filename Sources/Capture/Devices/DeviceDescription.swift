/// A device that is plugged in, as the kernel describes it.
package struct DeviceDescription: Hashable, Sendable {
  package let kind: DeviceKind
  /// The device's own name: printable, and within ``longestName`` bytes.
  package let name: String
  /// The USB vendor and product, where it is a USB device.
  package let vendor: UInt16?
  package let product: UInt16?
  /// Where it is plugged in: `usb-1-1.4` for a USB port, which stays the same over a replug.
  package let busPath: String
  /// Its nodes, such as `/dev/input/event4`; a scanner with media keys has two.
  package let nodes: [String]

  /// Bytes of UTF-8 that a device's own name may have; longer ones are cut.
  package static let longestName = 30
  /// Bytes of UTF-8 that the place of a device may have.
  package static let longestBusPath = 21

  /// Takes what the kernel says; a device may call itself anything, so its name is cleaned.
  package init(
    kind: DeviceKind, name: String, vendor: UInt16? = nil, product: UInt16? = nil,
    busPath: String, nodes: [String]
  ) {
    self.kind = kind
    let clean = Self.printable(name, limit: Self.longestName)
    self.name = clean.isEmpty ? kind.rawValue : clean
    self.vendor = vendor
    self.product = product
    self.busPath = Self.printable(busPath, limit: Self.longestBusPath)
    self.nodes = nodes
  }

  /// The device's name in the journal, at most 64 bytes: what it is and where it is plugged in.
  ///
  /// The kind is in it because one plug may hold two devices, a keyboard and a serial port.
  package var id: String { "\(name) (\(kind.rawValue)) @\(busPath)" }

  private static func printable(_ text: String, limit: Int) -> String {
    var clean = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        continue
      default: break
      }
      guard clean.utf8.count + String(scalar).utf8.count <= limit else { break }
      clean.unicodeScalars.append(scalar)
    }
    return clean.split(separator: " ").joined(separator: " ")
  }
}
