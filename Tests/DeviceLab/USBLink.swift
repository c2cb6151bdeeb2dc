import Foundation

/// A cable of USB/IP: the kernel's virtual host controller at one end, a device that this program
/// plays at the other.
///
/// The controller, vhci_hcd, sends each transfer as a message over a socket and takes the answer
/// back, as the kernel's Documentation/usb/usbip_protocol.rst has it. All numbers are big-endian.
final class USBLink: Sendable {
  /// A transfer that the host wants.
  struct Transfer: Sendable {
    let number: UInt32
    let isIn: Bool
    let endpoint: UInt8
    /// The bytes that the host sends, or has room for.
    let length: Int
    let setup: Setup
    let data: [UInt8]
  }

  /// What a control transfer asks (USB 2.0, table 9-2).
  struct Setup: Sendable {
    let requestType: UInt8
    let request: UInt8
    let value: UInt16
    let index: UInt16

    fileprivate init(_ bytes: some RandomAccessCollection<UInt8>) {
      let bytes = Array(bytes)
      requestType = bytes[0]
      request = bytes[1]
      value = UInt16(bytes[2]) | UInt16(bytes[3]) << 8
      index = UInt16(bytes[4]) | UInt16(bytes[5]) << 8
    }
  }

  /// What comes from the host.
  enum Message: Sendable {
    case transfer(Transfer)
    /// A transfer is given up; the number of this message, and of that transfer.
    case unlink(number: UInt32, transfer: UInt32)
  }

  private let descriptor: Int32

  private static let controller = "/sys/devices/platform/vhci_hcd.0"
  private static let highSpeed = 3
  private static let headerBytes = 48
  private enum Command {
    static let submit: UInt32 = 1
    static let unlink: UInt32 = 2
    static let submitted: UInt32 = 3
    static let unlinked: UInt32 = 4
  }

  /// Plugs a device into a port of the controller.
  init(port: Int) throws {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      throw LabFailure("socketpair: \(String(cString: strerror(errno)))")
    }
    descriptor = ends[0]
    // The kernel keeps the far end for itself.
    defer { close(ends[1]) }
    let device = 1 << 16 | port + 1
    try Gadget.write(
      "\(port) \(ends[1]) \(device) \(Self.highSpeed)", to: "\(Self.controller)/attach")
  }

  deinit {
    close(descriptor)
  }

  /// Pulls the cable out; ``next()`` then gives nothing.
  func unplug() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Waits for what the host wants; nothing once the cable is out.
  func next() -> Message? {
    guard let header = read(Self.headerBytes) else { return nil }
    func field(_ index: Int) -> UInt32 {
      header[index * 4..<index * 4 + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    if field(0) == Command.unlink { return .unlink(number: field(1), transfer: field(5)) }
    guard field(0) == Command.submit else { return nil }
    let isIn = field(3) == 1
    let length = Int(field(6))
    guard let data = isIn ? [] : read(length) else { return nil }
    return .transfer(
      Transfer(
        number: field(1), isIn: isIn, endpoint: UInt8(field(4) & 15), length: length,
        setup: Setup(header[40..<48]), data: data))
  }

  /// Ends a transfer to the host with its bytes, or one from the host.
  func finish(_ transfer: Transfer, with data: some Collection<UInt8> = []) {
    let length = transfer.isIn ? data.count : transfer.length
    send([Command.submitted, transfer.number, 0, 0, 0, 0, UInt32(length)], data)
  }

  /// Refuses a transfer, as a device does what it can't do (a stall, EPIPE).
  func refuse(_ transfer: Transfer) {
    send([Command.submitted, transfer.number, 0, 0, 0, UInt32(bitPattern: -EPIPE)], [])
  }

  /// Answers that a transfer was given up, or that it had ended before.
  func unlink(_ number: UInt32, wasWaiting: Bool) {
    let status = wasWaiting ? UInt32(bitPattern: -ECONNRESET) : 0
    send([Command.unlinked, number, 0, 0, 0, status], [])
  }

  private func send(_ fields: [UInt32], _ data: some Collection<UInt8>) {
    var bytes = fields.flatMap { field in (0..<4).map { UInt8(field >> (24 - 8 * $0) & 255) } }
    bytes += [UInt8](repeating: 0, count: Self.headerBytes - bytes.count)
    bytes += data
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      // A cable that was pulled out takes nothing more.
      guard count > 0 else { return }
      sent += count
    }
  }

  private func read(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    guard count > 0 else { return bytes }
    let length = recv(descriptor, &bytes, count, Int32(MSG_WAITALL))
    return length == count ? bytes : nil
  }
}
