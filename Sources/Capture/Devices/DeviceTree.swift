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
    let found = keyboards() + serialPorts() + hidScanners() + cameras()
    var order: [String] = []
    var merged: [String: DeviceDescription] = [:]
    for device in found {
      let key = "\(device.kind) \(device.busPath)"
      if let first = merged[key] {
        merged[key] = first.adding(nodes: device.nodes)
      } else {
        order.append(key)
        merged[key] = device
      }
    }
    return order.compactMap { merged[$0] }
  }

  private func keyboards() -> [DeviceDescription] {
    entries("input", prefix: "event").compactMap { entry in
      guard hasKeys(entry) else { return nil }
      return describe(.keyboard, entry, name: text(entry.path + "/device/name"), folder: "input/")
    }
  }

  private func serialPorts() -> [DeviceDescription] {
    let prefixes = ["ttyACM", "ttyUSB"]
    return prefixes.flatMap { entries("tty", prefix: $0) }.compactMap {
      describe(.serial, $0, name: nil)
    }
  }

  private func hidScanners() -> [DeviceDescription] {
    entries("hidraw", prefix: "hidraw").compactMap { entry in
      let path = entry.path + "/device/report_descriptor"
      guard let data = FileManager.default.contents(atPath: path),
        HIDScanLayout.isScanner([UInt8](data))
      else { return nil }
      return describe(.hidPOS, entry, name: nil)
    }
  }

  private func cameras() -> [DeviceDescription] {
    entries("video4linux", prefix: "video").compactMap {
      describe(.camera, $0, name: text($0.path + "/name"))
    }
  }

  /// Whether a device types: mice, lids and speakers have event nodes, too.
  private func hasKeys(_ entry: Entry) -> Bool {
    let words = text(entry.path + "/device/capabilities/key")?.split(separator: " ") ?? []
    // The keys 0 to 63 are in the last word; a scanner's second node has only media keys above.
    return words.contains { $0 != "0" }
  }
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

  private func describe(
    _ kind: DeviceKind, _ entry: Entry, name: String?, folder: String = ""
  ) -> DeviceDescription? {
    guard let real = realpath(entry.path, nil) else { return nil }
    defer { free(real) }
    let place = DevicePlace(String(cString: real))
    let usb = place.usbDevice
    let maker = usb.flatMap { text($0 + "/manufacturer") }
    let model = usb.flatMap { text($0 + "/product") }
    let ownName = name ?? [maker, model].compactMap(\.self).joined(separator: " ")
    return DeviceDescription(
      kind: kind, name: ownName, vendor: usb.flatMap { hex($0 + "/idVendor") },
      product: usb.flatMap { hex($0 + "/idProduct") }, busPath: place.busPath,
      nodes: ["\(dev)/\(folder)\(entry.name)"])
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
private struct DevicePlace {
  /// The folder of the USB device, where it is one.
  let usbDevice: String?
  let busPath: String

  /// Reads a path such as `/sys/devices/…/usb3/3-1/3-1:1.0/0003:…/input/input5/event4`.
  init(_ path: String) {
    let parts = path.split(separator: "/")
    if let index = parts.lastIndex(where: Self.isUSBPort) {
      usbDevice = "/" + parts[...index].joined(separator: "/")
      busPath = "usb-\(parts[index])"
      return
    }
    usbDevice = nil
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
  /// The same device with more of its nodes, within the limit.
  fileprivate func adding(nodes more: [String]) -> DeviceDescription {
    DeviceDescription(
      kind: kind, name: name, vendor: vendor, product: product, busPath: busPath,
      nodes: Array((nodes + more).prefix(CaptureLimits.maximumNodesPerDevice)))
  }
}
