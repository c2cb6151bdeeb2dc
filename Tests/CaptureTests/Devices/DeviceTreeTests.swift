import Foundation
import TestSupport
import Testing

@testable import Capture

@Suite("What is plugged in")
struct DeviceTreeTests {
  /// The keys of a keyboard, of the media keys of one, of a mouse, and of a power button.
  private static let typing = "10000 7ffffffffffffffe"
  private static let media =
    "3f000301ff 0 0 483ffff17aff32d bfd4444600000000 1 130ff38b17c000 0 0 0"
  private static let mouse = "1f0000 0 0 0 0"
  private static let power = "10000000000000 0"

  @Test("each port of a serial adapter is a device, by its interface or by its number")
  func twoPorts() throws {
    let machine = try Machine()
    try machine.usb("1-1", product: "Dual", vendor: "0403")
    try machine.add("tty", "ttyUSB0", at: "1-1/1-1:1.0/ttyUSB0")
    try machine.add("tty", "ttyUSB1", at: "1-1/1-1:1.1/ttyUSB1")
    try machine.usb("1-2", product: "Quad", vendor: "9710")
    for port in 0..<3 {
      let folder = "1-2/1-2:1.0/ttyUSB\(port + 2)"
      try machine.add("tty", "ttyUSB\(port + 2)", at: folder, files: ["port_number": "\(port)"])
    }
    #expect(
      machine.devices.map(\.id) == [
        "Dual (serial) @usb-1-1", "Dual (serial) @usb-1-1:1.1", "Quad (serial) @usb-1-2",
        "Quad (serial) @usb-1-2:1.0", "Quad (serial) @usb-1-2:1.0.2",
      ])
    #expect(machine.devices.allSatisfy { $0.nodes.count == 1 })
    #expect(machine.devices.map(\.vendor).prefix(2) == [0x0403, 0x0403])
  }

  @Test("two webcams are two, and each lens of one is a camera with both of its nodes")
  func cameras() throws {
    let machine = try Machine()
    for port in ["1-1", "1-2"] { try machine.usb(port, product: "Cam", vendor: "046d") }
    let nodes = ["1-1/1-1:1.0", "1-1/1-1:1.0", "1-1/1-1:1.2", "1-1/1-1:1.2", "1-2/1-2:1.0"]
    for (number, interface) in nodes.enumerated() {
      try machine.add(
        "video4linux", "video\(number)", at: interface, own: ["name": "Cam \(interface.suffix(1))"])
    }
    #expect(
      machine.devices.map(\.id) == [
        "Cam 0 (camera) @usb-1-1", "Cam 2 (camera) @usb-1-1:1.2", "Cam 0 (camera) @usb-1-2",
      ])
    #expect(machine.devices.map(\.nodes.count) == [2, 2, 1])
  }

  @Test("a scanner with media keys is one device, named by the node that types")
  func mediaKeys() throws {
    let machine = try Machine()
    try machine.usb("1-1", product: "Scanner", vendor: "1eab")
    try machine.input("event0", at: "1-1/1-1:1.1/input/input0", "Scanner Media", Self.media)
    try machine.input("event1", at: "1-1/1-1:1.0/input/input1", "Scanner", Self.typing)
    try machine.input("event2", at: "1-1/1-1:1.1/input/input2", "Scanner System", Self.power)
    let device = try #require(machine.devices.first)
    #expect(machine.devices.count == 1)
    #expect(device.id == "Scanner (keyboard) @usb-1-1")
    #expect(device.nodes.map { $0.suffix(6) } == ["event1", "event0", "event2"])
  }

  @Test("a device that is half unplugged, and has lost its numbers and its name, is none")
  func halfGone() throws {
    let machine = try Machine()
    try machine.add("tty", "ttyACM0", at: "1-1/1-1:1.0")
    #expect(machine.devices.isEmpty)
    try machine.usb("1-1", product: "Scanner", vendor: "1eab")
    #expect(machine.devices.map(\.id) == ["Scanner (serial) @usb-1-1"])
  }

  @Test("what types nothing is no scanner: a mouse, a power button, media keys alone")
  func noScanner() throws {
    let machine = try Machine()
    try machine.usb("1-1", product: "Mouse", vendor: "046d")
    try machine.input("event0", at: "1-1/1-1:1.0/input/input0", "Mouse", Self.mouse)
    try machine.input("event1", at: "LNXPWRBN:00/input/input1", "Power Button", Self.power)
    try machine.usb("1-2", product: "Headset", vendor: "046d")
    try machine.input("event2", at: "1-2/1-2:1.3/input/input2", "Headset", Self.media)
    try machine.input("event3", at: "card0/input/input3", "Front Headphone", "0")
    #expect(machine.devices.isEmpty)
    // A receiver for both has a keyboard, and the mouse is not taken with it.
    try machine.input("event4", at: "1-1/1-1:1.1/input/input4", "Keys", Self.typing)
    #expect(machine.devices.map(\.nodes.count) == [1])
  }
}

/// A folder that is laid out as `/sys` is.
private struct Machine {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  var devices: [DeviceDescription] {
    DeviceTree(sys: folder.file("sys").path, dev: "/dev").devices()
  }

  /// A USB device at a port.
  func usb(_ port: String, product: String, vendor: String) throws {
    try write(["product": product, "idVendor": vendor, "idProduct": "0001"], below: device(port))
  }

  /// An entry of a class; `files` are its device's, `own` its own.
  func add(
    _ name: String, _ entry: String, at path: String, files: [String: String] = [:],
    own: [String: String] = [:]
  ) throws {
    let node = "\(device(path))/\(name)/\(entry)"
    try write(files, below: device(path))
    try write(own, below: node)
    try link("\(node)/device", to: device(path))
    try register(name, entry, node)
  }

  /// An event node, which lies right below its input device.
  func input(_ entry: String, at path: String, _ name: String, _ keys: String) throws {
    let node = "\(device(path))/\(entry)"
    try write(["name": name], below: device(path))
    try write(["key": keys], below: device(path) + "/capabilities")
    try write([:], below: node)
    try link("\(node)/device", to: device(path))
    try register("input", entry, node)
  }

  private func device(_ path: String) -> String { folder.file("sys").path + "/devices/" + path }

  private func register(_ name: String, _ entry: String, _ node: String) throws {
    let list = folder.file("sys").path + "/class/\(name)"
    try write([:], below: list)
    try link("\(list)/\(entry)", to: node)
  }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  private func write(_ files: [String: String], below path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data("\(text)\n".utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }
  }
}
