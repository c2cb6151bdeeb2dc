import Foundation

/// An FTDI adapter that QEMU plays; its other end is this machine's second serial port.
struct SerialAdapter: Sendable {
  private let farEnd = "/dev/ttyS1"
  private let monitor = "/dev/ttyS2"

  /// Sends what a scanner behind the adapter would.
  func send(_ text: String) throws {
    try Self.makeRaw(farEnd)
    try Gadget.send(Array(text.utf8), to: farEnd)
  }

  /// Has QEMU pull the adapter out.
  func unplug() throws { try command("device_del ftdi") }

  /// Has QEMU plug the adapter in again.
  func plugIn() throws {
    try command("device_add usb-serial,bus=xhci.0,port=1,chardev=ftdi,id=ftdi,always-plugged=on")
  }

  /// Types a command into QEMU's own monitor, which is at the third serial port.
  ///
  /// A port echoes until it is made raw, so the monitor has its own greeting in its line by then.
  /// An Enter gets rid of it.
  private func command(_ text: String) throws {
    try Self.makeRaw(monitor)
    try Gadget.send(Array("\n\(text)\n".utf8), to: monitor)
  }

  private static func makeRaw(_ port: String) throws {
    let descriptor = open(port, O_RDWR | O_NOCTTY | O_NONBLOCK)
    guard descriptor != -1 else { throw LabFailure("\(port): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var settings = termios()
    tcgetattr(descriptor, &settings)
    cfmakeraw(&settings)
    settings.c_cflag |= tcflag_t(CLOCAL)
    cfsetspeed(&settings, speed_t(B115200))
    tcsetattr(descriptor, TCSANOW, &settings)
  }
}
