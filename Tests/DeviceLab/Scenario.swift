import Desk
import Foundation
import Journal
import Labels
import Ledger
import TestSupport

/// The story that the lab plays: six devices, each of which lends, is unplugged, and lends again.
struct Scenario {
  private let keyboard = Gadget(
    "keyboard", number: 0, product: "Fake Scanner",
    functions: [.keyboard, .posScanner, .mediaKeys])
  private let modem = Gadget(
    "serial", number: 1, product: "Fake Serial Scanner", functions: [.serial])
  private let adapter = SerialAdapter()
  private let camera = LoopCamera()
  private let webcam = Webcam(port: 0)
  private let console = Console()

  func play() async throws {
    // A camera costs an emulated processor a lot, so it comes last.
    try camera.unplug()
    try keyboard.make()
    try modem.make()
    try await Patience.find("the devices") { allNodesAreThere() ? true : nil }
    try await DeviceNames.check()
    try await checkConsoleHears()
    try await recordKeys()
    let fixture = try await StationFixture()
    try await LabStation.serve(fixture) { station in
      let page = try await LabPage(station)
      try await pairEverything(with: fixture, page)
      try await checkNodes(of: fixture)
      try await checkCapsLock(page)
      try await lend(page, from: 1, round: "plugged in")
      try await lendByWebcam(page, "TT.TN.00001", to: 1, round: "plugged in")
      try await checkDamagedFrames(page)
      try await checkConsoleHearsNothing(page)
      try await unplugAndReplug(page, fixture)
      let round = "unplugged and plugged in again"
      try await lend(page, from: 6, round: round, as: .yuyv)
      try await lendByWebcam(page, "TT1.SGK.00001", to: 2, round: round)
      try await checkCameraSettings()
      try await checkConsoleHearsNothing(page)
    }
    try await checkJournal(of: fixture)
  }

  private func allNodesAreThere() -> Bool {
    ["/dev/hidg0", "/dev/ttyGS0", "/dev/ttyACM0", "/dev/ttyUSB0"].allSatisfy {
      FileManager.default.fileExists(atPath: $0)
    }
  }

  /// Types a line that nobody has taken yet: it shows that the console is listened to.
  private func checkConsoleHears() async throws {
    console.forget()
    // The first keys may come before the console has found the keyboard.
    try await Patience.find("a key on the console") {
      try keyboard.type(Self.typed)
      try await Task.sleep(for: .milliseconds(500))
      return console.text().contains(Self.typed) ? true : nil
    }
    DeviceLab.say("ok: without the station, keys reach the console")
  }

  /// Types the same line for the page: once it is there, the console must have heard nothing.
  private func checkConsoleHearsNothing(_ page: LabPage) async throws {
    console.forget()
    let count = page.count(of: Self.typed)
    try keyboard.type(Self.typed)
    try await Patience.find("the typed line on the page") {
      page.count(of: Self.typed) > count ? true : nil
    }
    guard console.text().isEmpty else { throw LabFailure("keys reached the console") }
    DeviceLab.say("ok: with the station, keys reach the page and not the console")
  }

  private static let typed = "CONSOLE"

  /// Records what the kernel says of one scan, for the tests that play it back.
  private func recordKeys() async throws {
    let node = "/dev/input/" + (try Gadget.eventNode(named: "Fake Scanner"))
    let folder = try TemporaryFolder()
    let (output, errors) = (folder.file("out"), folder.file("err"))
    let recorder = try SpawnedProcess(
      BuiltProduct.url(), ["devices", "watch", "--raw", node], output: output, errors: errors)
    let text = try await Patience.find("a recording") { () -> String? in
      try keyboard.type("TT1.TN.00001-2/aB")
      try await Task.sleep(for: .seconds(1))
      let text = try String(contentsOf: output, encoding: .utf8)
      // The scan is whole once Enter, key 28, was let go.
      return text.contains(" 1 28 0\n") ? text : nil
    }
    recorder.send(SIGTERM)
    for line in text.split(separator: "\n") { DeviceLab.say("record: \(line)") }
    DeviceLab.say("ok: the keys of a scan were recorded")
  }

  /// Pairs each device by the printed code, while the station runs.
  private func pairEverything(with fixture: StationFixture, _ page: LabPage) async throws {
    let code = "LT-PAIR/QWAZYM.5678"
    try await pair(fixture, "the keyboard") { try keyboard.type(code) }
    try await pair(fixture, "the serial gadget") { try modem.send(code + "\r\n") }
    try await pair(fixture, "the FTDI adapter") { try adapter.send(code + "\r") }
    try camera.plugIn()
    try await camera.show(code)
    try await pair(fixture, "the camera") {}
    try await webcam.show(code)
    try await webcam.plugIn()
    try await pair(fixture, "the webcam") {}
    try await page.waitForDevices([
      "keyboard": "present", "serial": "present", "camera": "present", "hid-pos": "present",
    ])
  }

  private func pair(
    _ fixture: StationFixture, _ name: String, scan: () async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let output = folder.file("out")
    let pairing = try SpawnedProcess(
      BuiltProduct.url(), ["devices", "pair", "--data", fixture.folder.path], output: output,
      errors: output)
    try await Patience.find("the start of pairing") {
      try String(contentsOf: output, encoding: .utf8).contains("LT-PAIR") ? true : nil
    }
    let status = try await Patience.find("pairing of \(name)") { () -> Int32? in
      try await scan()
      try await Task.sleep(for: .milliseconds(700))
      return pairing.status
    }
    guard status == 0 else {
      throw LabFailure("pairing \(name): \(try String(contentsOf: output, encoding: .utf8))")
    }
    DeviceLab.say("ok: \(name) was paired by the printed code")
  }

  /// Lends one item through each device but the webcam, to the teacher.
  private func lend(
    _ page: LabPage, from first: Int, round: String, as format: LoopCamera.Format = .grey
  ) async throws {
    try await page.show(card: CardNumber(library: LibraryCode("TT1"), serial: 9).label)
    func label(_ offset: Int) throws -> String {
      let number = first + offset
      return try ItemID("TT1.TN.000" + (number < 10 ? "0\(number)" : "\(number)")).label
    }
    let lines: [(name: String, kind: String, scan: (String) async throws -> Void)] = [
      ("USB HID keyboard", "Fake Scanner", { try keyboard.type($0) }),
      ("HID POS scanner", "Fake Scanner", { try keyboard.report($0) }),
      ("CDC-ACM", "Fake Serial Scanner", { try modem.send($0 + "\r\n") }),
      ("FTDI", "QEMU", { try adapter.send($0 + "\r") }),
      ("camera", "vivid", { try await camera.show($0, as: format) }),
    ]
    for (offset, line) in lines.enumerated() {
      let item = try label(offset)
      try await line.scan(item)
      let device = try await page.device(thatLent: item)
      guard device.contains(line.kind) else {
        throw LabFailure("\(line.name): the loan came from \(device)")
      }
      DeviceLab.say("ok: \(line.name), \(round), lends \(item) as \(device)")
      guard line.name == "camera" else { continue }
      guard let wait = page.cameraWait(for: item) else {
        throw LabFailure("the camera's scan does not say how long it took")
      }
      DeviceLab.say("ok: it was scanned \(wait) ms after it came into view")
    }
  }

  private func unplugAndReplug(_ page: LabPage, _ fixture: StationFixture) async throws {
    try keyboard.unplug()
    try modem.unplug()
    try adapter.unplug()
    try camera.unplug()
    webcam.unplug()
    try await page.waitForDevices([
      "keyboard": "gone", "hid-pos": "gone", "serial": "gone", "camera": "gone",
    ])
    DeviceLab.say("ok: all devices were unplugged, and the station says so")
    try setCameras(of: fixture)
    try keyboard.plugIn()
    try modem.plugIn()
    try adapter.plugIn()
    try camera.plugIn()
    try await webcam.plugIn()
    try await page.waitForDevices([
      "keyboard": "present", "hid-pos": "present", "serial": "present", "camera": "present",
    ])
    // The kernel may make a scanner's second node a while after the first, on a slow machine.
    let count = page.count(of: Self.typed)
    try await Patience.find("the keyboard's first line") {
      try keyboard.type(Self.typed)
      try await Task.sleep(for: .milliseconds(500))
      return page.count(of: Self.typed) > count ? true : nil
    }
    DeviceLab.say("ok: all devices are back without a restart")
  }

  /// Looks into the store itself: every loan, each with its device, and the whole chain sound.
  private func checkJournal(of fixture: StationFixture) async throws {
    let journal = fixture.journal
    let start = Position.start(of: journal.station, epoch: try await journal.epoch())
    let range = try await journal.events(after: start, countLimit: 1_000, byteLimit: 1_000_000)
    let devices = try range.events.map { try Event(encoded: $0) }.compactMap { event -> String? in
      guard case .checkout = event.fact else { return nil }
      return event.device ?? ""
    }
    guard devices.count == 12, Set(devices).count == 6 else {
      throw LabFailure("the journal has \(devices.count) loans, by \(Set(devices).sorted())")
    }
    DeviceLab.say(
      "ok: the journal has 12 loans, by \(Set(devices).sorted().joined(separator: "; "))")
    let verification = try await BuiltProduct.run(
      ["journal", "verify", "--data", fixture.folder.path])
    guard verification.status == 0 else {
      throw LabFailure("journal verify: \(verification.stdout)\(verification.stderr)")
    }
    DeviceLab.say("ok: lienthong journal verify finds every event and table sound")
  }
}

// MARK: what the kernel says

extension Scenario {
  /// The keys and the media keys of one scanner are two nodes of one device.
  private func checkNodes(of fixture: StationFixture) async throws {
    let list = try await BuiltProduct.run(["devices", "list", "--data", fixture.folder.path])
    let lines = list.stdout.split(separator: "\n").filter { $0.hasPrefix("keyboard") }
    guard lines.contains(where: { $0.count(of: "/dev/input/event") == 2 }) else {
      throw LabFailure("the scanner has not its two nodes: \(list.stdout)")
    }
    DeviceLab.say("ok: the keys and the media keys of the scanner are one device")
  }

  /// Puts CapsLock's light on, as a desktop does on all keyboards at once: the station puts it out.
  private func checkCapsLock(_ page: LabPage) async throws {
    let node = try Gadget.eventNode(named: "Fake Scanner")
    // An input_event without its time: EV_LED, LED_CAPSL, on. An empty one ends the report.
    let event = [UInt8](repeating: 0, count: 16) + [0x11, 0, 1, 0, 1, 0, 0, 0]
    try Gadget.send(event + [UInt8](repeating: 0, count: 24), to: "/dev/input/\(node)")
    let input = "/sys/class/input/\(node)/device"
    let light = try FileManager.default.contentsOfDirectory(atPath: input)
      .first { $0.hasSuffix("::capslock") }
    guard let light else { throw LabFailure("the keyboard has no light for CapsLock") }
    try await Patience.find("CapsLock's light to go out") {
      let text = try String(contentsOfFile: "\(input)/\(light)/brightness", encoding: .utf8)
      return text.hasPrefix("0") ? true : nil
    }
    try keyboard.type("aBc")
    try await Patience.find("the case of what was typed") { page.count(of: "aBc") > 0 ? true : nil }
    DeviceLab.say("ok: the station puts CapsLock's light out, and letters keep their case")
  }

  /// Has the cameras' profiles ask for another pixel format and for values of their controls.
  private func setCameras(of fixture: StationFixture) throws {
    let folder = fixture.folder.path + "/devices"
    let settings = [
      "vivid": "format: YUYV\ncontrols: { brightness: 90 }\n",
      // The values hold only where the automatics are put off first.
      "webcam": """
      format: YUYV
      size: 640x480
      controls:
        focus_absolute: 40
        focus_automatic_continuous: 0
        exposure_time_absolute: 157
        auto_exposure: 1

      """,
    ]
    for (camera, lines) in settings {
      let profiles = try FileManager.default.contentsOfDirectory(atPath: folder)
      let name = profiles.first { $0.hasPrefix("camera-") && $0.contains(camera) }
      guard let name else { throw LabFailure("\(camera) has no profile among \(profiles)") }
      let file = "\(folder)/\(name)"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let kept = text.split(separator: "\n").filter { !$0.hasPrefix("size:") }
      try Data((kept.joined(separator: "\n") + "\n" + lines).utf8)
        .write(to: URL(filePath: file), options: .atomic)
    }
  }

  private func checkCameraSettings() async throws {
    let state = try await camera.state()
    guard state.contains("'YUYV'"), state.contains("brightness: 90") else {
      throw LabFailure("the camera is not set as its profile says: \(state)")
    }
    DeviceLab.say("ok: the camera gives YUYV and has the brightness that its profile asks for")
    let values = [WebcamControl.automaticExposure, .exposure, .automaticFocus, .focus]
      .map { webcam.value(of: $0) }
    guard webcam.format == .yuyv, values == [1, 157, 0, 40] else {
      throw LabFailure("the webcam is not set as its profile says: \(webcam.format) \(values)")
    }
    DeviceLab.say("ok: the webcam gives YUYV, with the exposure and focus of its profile")
  }
}

// MARK: the webcam

extension Scenario {
  /// Lends an item to a pupil before the webcam, while the other camera goes on.
  private func lendByWebcam(
    _ page: LabPage, _ text: String, to serial: Int, round: String
  ) async throws {
    try await page.show(card: CardNumber(library: LibraryCode("TT1"), serial: serial).label)
    let item = try ItemID(text).label
    try await webcam.show(item)
    let device = try await page.device(thatLent: item)
    guard device.contains("Lab Webcam") else {
      throw LabFailure("the webcam: the loan came from \(device)")
    }
    DeviceLab.say("ok: UVC webcam (\(webcam.format)), \(round), lends \(item) as \(device)")
  }

  /// Frames that break off are told with the webcam's name, and forgotten with the next whole one.
  private func checkDamagedFrames(_ page: LabPage) async throws {
    webcam.showDamage()
    let words = try await page.words(of: "Lab Webcam") { $0.contains("its frames are damaged") }
    try await webcam.show("LT-LAB")
    _ = try await page.words(of: "Lab Webcam") { $0.hasSuffix(": ready.") }
    DeviceLab.say("ok: the station says of torn frames, and goes on: \(words)")
  }
}

extension Substring {
  fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
