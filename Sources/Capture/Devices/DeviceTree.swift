import Foundation
import Glibc

/// The devices that are plugged in, as the kernel lists them in `/sys`.
package struct DeviceTree: Sendable {
  private let sys: String
  private let dev: String

  /// Other places than `/sys` and `/dev` are for tests.
  package init(sys: String = "/sys", dev: String = "/dev") {
    self.sys = sys
    self.dev = dev
  }

  /// Every keyboard, serial port, HID scanner and camera, a device with several nodes once.
  package func devices() -> [DeviceDescription] {
    keyboards() + serialPorts() + hidScanners() + cameras()
  }

  /// All nodes with keys at one plug are one keyboard, if one of them types.
  ///
  /// The media keys of a scanner are a node of their own. A power button or a mouse types nothing.
  private func keyboards() -> [DeviceDescription] {
    let nodes = entries("input", prefix: "event").compactMap { entry -> TreeNode? in
      let keys = KeySet(text(entry.path + "/device/capabilities/key") ?? "")
      guard !keys.isEmpty, !keys.hasPointerButtons else { return nil }
      let name = text(entry.path + "/device/name")
      return node(.keyboard, entry, name: name, folder: "input/", isEssential: keys.canType)
    }
    return merged(nodes, by: \.place.busPath)
  }

  /// Each port is a device of its own: an adapter with two of them has two scanners.
  private func serialPorts() -> [DeviceDescription] {
    let ports = ["ttyACM", "ttyUSB"].flatMap { entries("tty", prefix: $0) }
    return merged(ports.compactMap { node(.serial, $0, name: nil) }, by: \.description.nodes)
  }

  private func hidScanners() -> [DeviceDescription] {
    let nodes = entries("hidraw", prefix: "hidraw").compactMap { entry -> TreeNode? in
      let path = entry.path + "/device/report_descriptor"
      guard let data = FileManager.default.contents(atPath: path),
        HIDScanLayout.isScanner([UInt8](data))
      else { return nil }
      return node(.hidPOS, entry, name: nil)
    }
    return merged(nodes, by: \.description.nodes)
  }

  /// A camera is what shares an interface.
  ///
  /// A webcam with a second lens has a second interface, while the second node of each lens gives
  /// no pictures.
  private func cameras() -> [DeviceDescription] {
    let nodes = entries("video4linux", prefix: "video").compactMap {
      node(.camera, $0, name: text($0.path + "/name"))
    }
    return merged(nodes, by: \.place)
  }

  /// Makes one device of the nodes that agree on `key`.
  ///
  /// The first device of a plug has the plug's name, others the interface's too.
  private func merged<Key: Hashable>(
    _ nodes: [TreeNode], by key: (TreeNode) -> Key
  ) -> [DeviceDescription] {
    var order: [Key] = []
    let groups = Dictionary(grouping: nodes, by: key)
    for node in nodes where !order.contains(key(node)) { order.append(key(node)) }
    var taken: Set<String> = []
    return order.compactMap { key in
      guard let group = groups[key], let main = group.first(where: \.isEssential) else {
        return nil
      }
      // The node that types comes first; it gives the name.
      let all = [main] + group.filter { $0.description.nodes != main.description.nodes }
      let nodes = all.flatMap(\.description.nodes).prefix(CaptureLimits.maximumNodesPerDevice)
      var path = main.place.busPath
      if !taken.insert(path).inserted {
        path = "\(path):\(main.place.interface ?? "\(order.firstIndex(of: key) ?? 0)")"
        // Ports that share an interface are told apart by their number.
        if !taken.insert(path).inserted { path += ".\(main.portNumber)" }
      }
      return main.description.at(path, nodes: Array(nodes))
    }
  }
}

/// A node with what is known of it.
private struct TreeNode {
  let description: DeviceDescription
  let place: DevicePlace
  /// Whether it makes its device what it is; others only belong to one.
  let isEssential: Bool
  /// Which port of its interface it is.
  let portNumber: Int
}

/// The keys that an input device says it has.
private struct KeySet {
  private var keys: Set<Int> = []

  /// The digits' row; whoever has it, and Enter, types.
  private static let digits = 2...11
  private static let enter = 28
  /// BTN_MOUSE to BTN_TASK.
  private static let pointerButtons = 0x110...0x117

  /// Reads `capabilities/key`: words of 64 bits in hexadecimal, those of the highest keys first.
  init(_ text: String) {
    for (word, digits) in text.split(separator: " ").reversed().enumerated() {
      let bits = UInt64(digits, radix: 16) ?? 0
      for bit in 0..<64 where bits >> UInt64(bit) & 1 == 1 { keys.insert(word * 64 + bit) }
    }
  }

  var isEmpty: Bool { keys.isEmpty }
  var canType: Bool { Self.digits.allSatisfy(keys.contains) && keys.contains(Self.enter) }
  var hasPointerButtons: Bool { !keys.isDisjoint(with: Self.pointerButtons) }
}

extension DeviceTree {
  /// An entry of a class folder, such as `/sys/class/input/event4`.
  private struct Entry {
    let name: String
    let path: String
  }

  private func entries(_ class: String, prefix: String) -> [Entry] {
    let folder = "\(sys)/class/\(`class`)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(prefix) }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
      .map { Entry(name: $0, path: "\(folder)/\($0)") }
  }

  private func node(
    _ kind: DeviceKind, _ entry: Entry, name: String?, folder: String = "",
    isEssential: Bool = true
  ) -> TreeNode? {
    guard let real = realpath(entry.path, nil) else { return nil }
    defer { free(real) }
    let place = DevicePlace(String(cString: real))
    let usb = place.usbDevice
    let maker = usb.flatMap { text($0 + "/manufacturer") }
    let model = usb.flatMap { text($0 + "/product") }
    let ownName = name ?? [maker, model].compactMap(\.self).joined(separator: " ")
    let vendor = usb.flatMap { hex($0 + "/idVendor") }
    // A device that is being unplugged loses its numbers first; the rest of it is no device either.
    if usb != nil, vendor == nil { return nil }
    let description = DeviceDescription(
      kind: kind, name: ownName, vendor: vendor,
      product: usb.flatMap { hex($0 + "/idProduct") }, busPath: place.busPath,
      nodes: ["\(dev)/\(folder)\(entry.name)"])
    let port = text(entry.path + "/device/port_number").flatMap { Int($0) } ?? 0
    return TreeNode(
      description: description, place: place, isEssential: isEssential, portNumber: port)
  }

  /// The text of a small file of the kernel's, without its line end.
  private func text(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let text = String(decoding: data.prefix(1_024), as: UTF8.self)
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func hex(_ path: String) -> UInt16? {
    text(path).flatMap { UInt16($0, radix: 16) }
  }
}

/// Where in the kernel's tree a device hangs.
private struct DevicePlace: Hashable {
  /// The folder of the USB device, where it is one.
  let usbDevice: String?
  let busPath: String
  /// The configuration and interface of the USB device, such as `1.0`.
  let interface: String?

  /// Reads a path such as `/sys/devices/…/usb3/3-1/3-1:1.0/0003:…/input/input5/event4`.
  init(_ path: String) {
    let parts = path.split(separator: "/")
    if let index = parts.lastIndex(where: Self.isUSBPort) {
      usbDevice = "/" + parts[...index].joined(separator: "/")
      busPath = "usb-\(parts[index])"
      let below = index + 1 < parts.endIndex ? parts[index + 1] : ""
      let prefix = "\(parts[index]):"
      interface = below.hasPrefix(prefix) ? String(below.dropFirst(prefix.count)) : nil
      return
    }
    (usbDevice, interface) = (nil, nil)
    // Without USB: the device that the class folder (input, video4linux, tty) belongs to.
    let classes: Set<Substring> = ["input", "video4linux", "tty", "hidraw"]
    let owner = parts.firstIndex(where: classes.contains).map { parts[..<$0] } ?? parts.dropLast()
    busPath = owner.last.map(String.init) ?? "?"
  }

  /// Whether a folder is a USB device: a bus, a dash and ports, such as `1-1.4`.
  private static func isUSBPort(_ name: Substring) -> Bool {
    let halves = name.split(separator: "-", omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty else { return false }
    return halves[0].allSatisfy(\.isNumber) && halves[1].allSatisfy { $0.isNumber || $0 == "." }
  }
}

extension DeviceDescription {
  /// The same device, at a place and with the nodes that were found.
  fileprivate func at(_ busPath: String, nodes: [String]) -> DeviceDescription {
    DeviceDescription(
      kind: kind, name: name, vendor: vendor, product: product, busPath: busPath, nodes: nodes)
  }
}
