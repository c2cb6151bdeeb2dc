import Foundation
import TestSupport

@testable import Capture

/// A machine with serial scanners that tests play: pseudo terminals, and what /sys would say of
/// them.
final class PlugBoard: Sendable {
  private let folder: TemporaryFolder
  private let sys: String
  private let dev: String

  init() throws {
    folder = try TemporaryFolder()
    sys = folder.file("sys").path
    dev = folder.file("dev").path
    for path in ["\(sys)/class/tty", dev] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  var tree: DeviceTree { DeviceTree(sys: sys, dev: dev) }

  /// A monitor that reads every scanner of the board as soon as it is there.
  func monitor(mode: DeviceProfile.Mode = .serial(.usual)) -> DeviceMonitor {
    var match = DeviceProfile.Match()
    match.vendor = 0x1EAB
    let profile = DeviceProfile(name: "test", matches: [match], mode: mode, tested: "here")
    return DeviceMonitor(tree: tree, watching: [dev]) { ProfileShelf([profile]) }
  }

  /// Plugs a scanner into a port; it stays until it is unplugged.
  func plug(_ port: String, name: String = "Scanner") throws -> SerialScanner {
    let scanner = try SerialScanner()
    try plug(port, name: name, node: scanner.path)
    return scanner
  }

  /// Plugs in a device whose node is any path.
  func plug(_ port: String, name: String, node: String, entry: String? = nil) throws {
    let entry = entry ?? "ttyACM\(port.suffix(1))"
    let usb = "\(sys)/devices/usb1/\(port)"
    let tty = "\(usb)/\(port):1.0/tty/\(entry)"
    try FileManager.default.createDirectory(atPath: tty, withIntermediateDirectories: true)
    for (file, text) in [("idVendor", "1eab"), ("idProduct", "0006"), ("product", name)] {
      try Data("\(text)\n".utf8).write(to: URL(filePath: "\(usb)/\(file)"))
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(sys)/class/tty/\(entry)", withDestinationPath: tty)
    try FileManager.default.createSymbolicLink(
      atPath: "\(dev)/\(entry)", withDestinationPath: node)
  }

  func unplug(_ port: String, entry: String? = nil) throws {
    let entry = entry ?? "ttyACM\(port.suffix(1))"
    for path in ["\(sys)/class/tty/\(entry)", "\(dev)/\(entry)", "\(sys)/devices/usb1/\(port)"] {
      try FileManager.default.removeItem(atPath: path)
    }
  }
}

/// The far end of a pseudo terminal: what it sends comes out of the near end, a real terminal.
final class SerialScanner: Sendable {
  private let descriptor: Int32
  let path: String

  struct NoTerminal: Error {}

  /// TIOCSPTLCK and TIOCGPTN of the kernel's asm-generic/ioctls.h, which don't import.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  init() throws {
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK)
    var (isLocked, number): (Int32, UInt32) = (0, 0)
    guard ioctl(descriptor, Self.setLock, &isLocked) == 0,
      ioctl(descriptor, Self.getNumber, &number) == 0
    else { throw NoTerminal() }
    path = "/dev/pts/\(number)"
  }

  deinit {
    close(descriptor)
  }

  /// Sends bytes; what the other side does not read in time is lost, as from a real scanner.
  func send(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, min($0.count, 1_024)) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else {
        usleep(1_000)
      }
    }
  }
}
