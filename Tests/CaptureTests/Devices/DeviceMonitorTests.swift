import Foundation
import Labels
import TestSupport
import Testing

@testable import Capture

@Suite("Devices as they come and go")
struct DeviceMonitorTests {
  @Test("a scanner is read as soon as it is plugged in, and again after it was unplugged")
  func hotPlug() async throws {
    let board = try PlugBoard()
    try await watching(board.monitor()) { monitor in
      let first = try board.plug("1-1")
      try await reach(.present, "Scanner (serial) @usb-1-1", monitor)
      first.send("TK.00001\r\n")
      #expect(try await nextScan(monitor).text == "TK.00001")
      try board.unplug("1-1")
      try await reach(.gone, "Scanner (serial) @usb-1-1", monitor)
      let second = try board.plug("1-1")
      try await reach(.present, "Scanner (serial) @usb-1-1", monitor)
      second.send("TK.00002\n")
      let scan = try await nextScan(monitor)
      #expect(scan == DeviceScan(device: "Scanner (serial) @usb-1-1", text: "TK.00002"))
    }
  }

  @Test("two scanners at once never mix, even in the middle of a code")
  func twoScanners() async throws {
    let board = try PlugBoard()
    try await watching(board.monitor()) { monitor in
      let (one, other) = (try board.plug("1-1"), try board.plug("1-2"))
      try await reach(.present, "Scanner (serial) @usb-1-1", monitor)
      try await reach(.present, "Scanner (serial) @usb-1-2", monitor)
      one.send("TK.0")
      other.send("P.TT1")
      one.send("0001\r")
      other.send(".00001\r")
      let scans = [try await nextScan(monitor), try await nextScan(monitor)]
      #expect(Set(scans.map(\.text)) == ["TK.00001", "P.TT1.00001"])
    }
  }

  @Test("a scanner gone mad costs no memory, and another one's next scan comes through")
  func mad() async throws {
    let board = try PlugBoard()
    try await watching(board.monitor()) { monitor in
      let (mad, good) = (try board.plug("1-1"), try board.plug("1-2"))
      try await reach(.present, "Scanner (serial) @usb-1-1", monitor)
      try await reach(.present, "Scanner (serial) @usb-1-2", monitor)
      for number in 0..<3_000 { mad.send("TK.\(10_000 + number)\r") }
      good.send("TK.00001\r")
      try await reach(.mad, "Scanner (serial) @usb-1-1", monitor)
      var scans: [DeviceScan] = []
      while scans.last?.device != "Scanner (serial) @usb-1-2" {
        scans.append(try await nextScan(monitor))
      }
      #expect(scans.last?.text == "TK.00001")
      #expect(scans.count <= CaptureLimits.maximumScansPerDevice + 1)
      let status = try #require(
        monitor.board.all.first { $0.device == "Scanner (serial) @usb-1-1" })
      #expect(status.scanCount <= CaptureLimits.maximumCodesPerSecond)
      #expect(
        status.words(in: .english).contains("Scanner (serial) @usb-1-1: sends too many codes"))
    }
  }

  @Test(
    "a bad code is told with the device's name, and the next one is read",
    arguments: [
      ("TK\u{0}1\r", CodeTrouble.controlCharacters),
      (String(repeating: "7", count: 10_000) + "\r", .tooLong),
    ])
  func badCode(text: String, trouble: CodeTrouble) async throws {
    let board = try PlugBoard()
    try await watching(board.monitor()) { monitor in
      let scanner = try board.plug("1-1")
      try await reach(.present, "Scanner (serial) @usb-1-1", monitor)
      scanner.send(text)
      let status = try await eventually {
        monitor.board.all.first { $0.trouble == .badCode(trouble) }
      }
      #expect(status.words(in: .vietnamese).hasPrefix("Scanner (serial) @usb-1-1: mã"))
      scanner.send("TK.00001\r")
      #expect(try await nextScan(monitor).text == "TK.00001")
      try await reach(.present, "Scanner (serial) @usb-1-1", monitor)
    }
  }

  @Test("a node that is no camera, and one that may not be opened, are told by name")
  func badNodes() async throws {
    #expect(DeviceError("open", on: "/dev/video9", code: EACCES) == .denied(node: "/dev/video9"))
    #expect(DeviceError("EVIOCGRAB", on: "/dev/e", code: EBUSY) == .inUse(node: "/dev/e"))
    #expect(DeviceError("read", on: "/dev/e", code: ENODEV) == .gone)
    let board = try PlugBoard()
    try await watching(board.monitor()) { monitor in
      try board.plug("1-1", name: "Zero", node: "/dev/zero")
      let scanner = try board.plug("1-2")
      let status = try await eventually {
        monitor.board.all.first { $0.device == "Zero (serial) @usb-1-1" && $0.trouble != nil }
      }
      #expect(status.state == .failing)
      #expect(status.words(in: .english).hasPrefix("Zero (serial) @usb-1-1: "))
      try await reach(.present, "Scanner (serial) @usb-1-2", monitor)
      scanner.send("TK.00001\r")
      #expect(try await nextScan(monitor).text == "TK.00001")
    }
  }

  @Test("more devices than the station reads are told, and the others are read")
  func tooMany() async throws {
    let board = try PlugBoard()
    for port in 0...CaptureLimits.maximumDevices {
      try board.plug("\(port + 1)-1", name: "D", node: "/dev/zero", entry: "ttyACM\(port)")
    }
    try await watching(board.monitor()) { monitor in
      _ = try await eventually { monitor.board.all.first { $0.trouble == .tooManyDevices } }
    }
  }

  // MARK: waiting for threads

  private func watching(
    _ monitor: DeviceMonitor, _ body: (DeviceMonitor) async throws -> Void
  ) async throws {
    async let end: Void = monitor.run()
    do {
      try await body(monitor)
    } catch {
      monitor.stop()
      await end
      throw error
    }
    monitor.stop()
    await end
  }

  private func reach(
    _ state: DeviceState, _ device: String, _ monitor: DeviceMonitor
  ) async throws {
    _ = try await eventually {
      monitor.board.all.first { $0.device == device && $0.state == state }
    }
  }

  private func nextScan(_ monitor: DeviceMonitor) async throws -> DeviceScan {
    try await eventually { monitor.scans.next() }
  }

  /// Looks until something is there; a test that waits in vain for 30 seconds has failed.
  private func eventually<Value>(_ look: () -> Value?) async throws -> Value {
    for _ in 0..<3_000 {
      if let value = look() { return value }
      try await Task.sleep(for: .milliseconds(10))
    }
    return try #require(look())
  }
}
