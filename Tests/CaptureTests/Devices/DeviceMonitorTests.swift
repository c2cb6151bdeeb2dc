import Foundation
import Labels
import Synchronization
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
    // A fault that may pass: a device that is really gone has no node any more.
    #expect(DeviceError("VIDIOC_DQBUF", on: "/dev/e", code: EIO).state == .failing)
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

  @Test("a scanner gone mad that has been quiet is heard again, without having to scan first")
  func calms() async throws {
    let board = try PlugBoard()
    try await watching(board.monitor()) { monitor in
      let scanner = try board.plug("1-1")
      try await reach(.present, "Scanner (serial) @usb-1-1", monitor)
      for number in 0..<100 { scanner.send("TK.\(10_000 + number)\r") }
      try await reach(.mad, "Scanner (serial) @usb-1-1", monitor)
      try await reach(.present, "Scanner (serial) @usb-1-1", monitor)
      #expect(monitor.board.all.first?.trouble == nil)
    }
  }

  @Test("a profile that can't be used is told while the devices of the others are read")
  func badProfile() async throws {
    let board = try PlugBoard()
    let folder = try TemporaryFolder()
    try folder.write(Array("mode: dance".utf8), to: "bad.yaml")
    let path = folder.url.path
    let monitor = DeviceMonitor(tree: board.tree, watching: []) { ProfileShelf(folders: [path]) }
    try await watching(monitor) { monitor in
      let problem = try await eventually { monitor.board.profileProblems.first }
      #expect(problem.file == path + "/bad.yaml")
      try FileManager.default.removeItem(at: folder.file("bad.yaml"))
      _ = try await eventually { monitor.board.profileProblems.isEmpty ? true : nil }
    }
  }

  @Test("a node that the station's user may not open is told with what to do")
  func denied() async throws {
    let folder = try TemporaryFolder()
    let node = try folder.write([], to: "video0")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: node.path)
    let board = DeviceBoard()
    let source = AsNobody(source: CameraSource(nodes: [node.path], settings: .usual))
    let session = DeviceSession(
      device: "Camera @usb-1-1", kind: .camera, source: source, queue: ScanQueue(), board: board)
    session.start()
    let status = try await eventually { board.all.first { $0.trouble != nil } }
    session.stop()
    #expect(status.state == .denied)
    #expect(status.trouble == .denied(node: node.path))
    #expect(status.words(in: .english).contains("Install LienThong's udev rules"))
  }

  @Test("pairing tells which devices it can't read, and ends where none is left")
  func pairing() async throws {
    let board = try PlugBoard()
    try board.plug("1-1", name: "Zero", node: "/dev/zero")
    let told = Mutex<[String]>([])
    let pairing = DevicePairing(tree: board.tree, shelf: ProfileShelf([])) { device, error in
      told.withLock { $0.append(error.advice(of: device, in: .english)) }
    }
    #expect(pairing.names == ["Zero (serial) @usb-1-1"])
    #expect(await pairing.run() == nil)
    let words = told.withLock(\.self)
    #expect(words.count == 1)
    #expect(words.first?.hasPrefix("Zero (serial) @usb-1-1: the system reports an error") == true)
  }

  @Test("more devices than the station reads are told, and are gone once they are unplugged")
  func tooMany() async throws {
    let board = try PlugBoard()
    for port in 0...CaptureLimits.maximumDevices {
      try board.plug("\(port + 1)-1", name: "D", node: "/dev/zero", entry: "ttyACM\(port)")
    }
    try await watching(board.monitor()) { monitor in
      let refused = try await eventually {
        monitor.board.all.first { $0.trouble == .tooManyDevices }
      }
      let port = try #require(refused.device.split(separator: "@usb-").last).description
      let number = try #require(port.split(separator: "-").first.flatMap { Int($0) })
      try board.unplug(port, entry: "ttyACM\(number - 1)")
      try await reach(.gone, refused.device, monitor)
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

/// Reads a device as a user without rights would, on the session's own thread.
private struct AsNobody: DeviceSource {
  let source: any DeviceSource

  private static let nobody: uid_t = 65_534

  func read(
    until stop: StopSignal, telling tell: @escaping (SourceNews) -> Void
  ) throws(DeviceError) {
    // Linux keeps this user for each thread, and with root's takes the right to open everything.
    // The C library's module doesn't show the call.
    if let call = dlsym(nil, "setfsuid") {
      _ = unsafeBitCast(call, to: (@convention(c) (uid_t) -> Int32).self)(Self.nobody)
    }
    try source.read(until: stop, telling: tell)
  }
}
