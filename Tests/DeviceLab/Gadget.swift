import Foundation

/// A USB device that the kernel's gadget framework plays; dummy_hcd plugs it into the same machine.
struct Gadget: Sendable {
  /// What the device is made of.
  enum Function: String {
    case keyboard = "hid.keyboard"
    case posScanner = "hid.pos"
    case mediaKeys = "hid.media"
    case serial = "acm.serial"
  }

  private let folder: String
  private let number: Int
  private let product: String
  private let functions: [Function]

  /// A gadget at the dummy controller of that number.
  init(_ name: String, number: Int, product: String, functions: [Function]) {
    folder = "/sys/kernel/config/usb_gadget/\(name)"
    self.number = number
    self.product = product
    self.functions = functions
  }

  /// Makes the gadget in configfs, and plugs it in.
  func make() throws {
    try Self.makeFolders([
      folder, "\(folder)/strings/0x409", "\(folder)/configs/c.1",
      "\(folder)/configs/c.1/strings/0x409",
    ])
    // One of the makers that our udev rules name.
    try Self.write("0x1eab", to: "\(folder)/idVendor")
    try Self.write("0x010\(number + 4)", to: "\(folder)/idProduct")
    try Self.write(product, to: "\(folder)/strings/0x409/product")
    try Self.write("SN\(number)", to: "\(folder)/strings/0x409/serialnumber")
    for function in functions {
      let path = "\(folder)/functions/\(function.rawValue)"
      try Self.makeFolders([path])
      try set(function, at: path)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/configs/c.1/\(function.rawValue)", withDestinationPath: path)
    }
    try plugIn()
  }

  func plugIn() throws { try Self.write("dummy_udc.\(number)", to: "\(folder)/UDC") }

  func unplug() throws { try Self.write("\n", to: "\(folder)/UDC") }

  private func set(_ function: Function, at path: String) throws {
    switch function {
    case .keyboard:
      try Self.write("1", to: "\(path)/protocol")
      try Self.write("1", to: "\(path)/subclass")
      try Self.write("8", to: "\(path)/report_length")
      try Data(HIDReports.keyboardDescriptor).write(to: URL(filePath: "\(path)/report_desc"))
    case .posScanner:
      try Self.write("64", to: "\(path)/report_length")
      try Data(HIDReports.scannerDescriptor).write(to: URL(filePath: "\(path)/report_desc"))
    case .mediaKeys:
      try Self.write("1", to: "\(path)/report_length")
      try Data(HIDReports.mediaDescriptor).write(to: URL(filePath: "\(path)/report_desc"))
    case .serial: break
    }
  }

  // MARK: what the device sends

  /// Types a code and Enter, as a scanner in keyboard mode does.
  func type(_ text: String) throws {
    for report in HIDReports.typing(text) { try Self.send(report, to: "/dev/hidg0") }
  }

  /// Sends a code as a scan report, as a scanner in HID POS mode does.
  func report(_ text: String) throws {
    try Self.send(HIDReports.scan(text), to: "/dev/hidg1")
  }

  /// Sends bytes, as a scanner with a serial port does.
  func send(_ text: String) throws {
    try Self.send(Array(text.utf8), to: "/dev/ttyGS0")
  }

  /// Writes to a node, waiting while the other side has not read what came before.
  static func send(_ bytes: [UInt8], to node: String) throws {
    let descriptor = open(node, O_WRONLY | O_NONBLOCK | O_NOCTTY)
    guard descriptor != -1 else { throw LabFailure("\(node): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    for _ in 0..<500 {
      if Foundation.write(descriptor, bytes, bytes.count) == bytes.count { return }
      guard errno == EAGAIN else { break }
      usleep(5_000)
    }
    throw LabFailure("\(node) takes nothing: \(String(cString: strerror(errno)))")
  }

  /// The name of the node, such as `event2`, by which a device types: it has CapsLock's light.
  static func eventNode(named name: String) throws -> String {
    let input = "/sys/class/input"
    for entry in try FileManager.default.contentsOfDirectory(atPath: input) {
      let device = "\(input)/\(entry)/device"
      guard entry.hasPrefix("event"),
        let found = try? String(contentsOfFile: "\(device)/name", encoding: .utf8),
        found.contains(name),
        try FileManager.default.contentsOfDirectory(atPath: device)
          .contains(where: { $0.hasSuffix("::capslock") })
      else { continue }
      return entry
    }
    throw LabFailure("there is no input device \(name)")
  }

  private static func makeFolders(_ paths: [String]) throws {
    for path in paths {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  /// Writes a value in one call, as these files want it.
  static func write(_ text: String, to path: String) throws {
    let descriptor = open(path, O_WRONLY)
    guard descriptor != -1 else { throw LabFailure("\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw LabFailure("\(path) does not take \(text): \(String(cString: strerror(errno)))")
    }
  }
}
