import Capture
import Foundation
import HTTPTypes
import Labels
import TestSupport
import Testing

@testable import StationServer

@Suite("Scans of devices")
struct DeviceTests {
  @Test("go to the page that was touched last, and to no other")
  func attention() async throws {
    let hub = EventHub()
    let first = try hub.listen(takesScans: true)
    let second = try hub.listen(takesScans: true)
    let monitor = try hub.listen()
    func deliver(_ text: String) throws -> Bool { hub.deliver(try ServerSentEvent("scan", text)) }
    #expect(try deliver("a"))
    hub.touch(second.number)
    hub.touch(monitor.number)
    hub.touch(77)
    // A page that somebody opens elsewhere takes nothing from where somebody works.
    _ = try hub.listen(takesScans: true)
    _ = try hub.listen(takesScans: true, touchedAgo: .seconds(60))
    #expect(try deliver("b"))
    #expect(await next(first.events).contains("\"a\""))
    #expect(await next(second.events).contains("\"b\""))
    // A page that comes back after a break of the link is where it was.
    let again = try hub.listen(takesScans: true, touchedAgo: .zero)
    #expect(try deliver("c"))
    #expect(await next(again.events).contains("\"c\""))
    hub.publish(try ServerSentEvent("state", 1))
    #expect(await next(monitor.events).hasPrefix("event: state"))
  }

  @Test("go to the page before where the last one is closed or stuck, and are lost without any")
  func fallback() async throws {
    let hub = EventHub(bufferLimit: 2)
    let event = try ServerSentEvent("scan", "x")
    #expect(!hub.deliver(event))
    let first = try hub.listen(takesScans: true)
    let stuck = try hub.listen(takesScans: true)
    hub.touch(stuck.number)
    for _ in 0..<3 { #expect(hub.deliver(event)) }
    #expect(hub.listenerCount == 1)
    #expect(await next(first.events).hasPrefix("event: scan"))
    var kept = 0
    for await _ in stuck.events { kept += 1 }
    #expect(kept == 2)
  }

  @Test("are told with their label and device, and without a name")
  func event() throws {
    let reader = LabelReader()
    func read(_ text: String) throws -> JSONValue {
      let scan = DeviceScan(device: "Scanner @usb-1-1", text: text)
      let answer = Answer.LiveScan(scan, read: reader.read(ScannedCode(reported: text)))
      return try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(answer))
    }
    let card = try Printed.card(1)
    #expect(
      try read(card) == [
        "device": "Scanner @usb-1-1", "text": .string(card), "kind": "card",
        "label": .string(card),
      ])
    #expect(try read("]A0TK.00123")["kind"] == "item")
    #expect(try read("?!")["kind"] == "unknown")
    #expect(try read("?!")["label"] == .null)
  }

  @Test("of a camera tell how long the label was held before it")
  func wait() throws {
    let code = try Printed.card(1)
    let scan = DeviceScan(device: "Camera @usb-1-2", text: code, cameIntoViewMilliseconds: 5_000)
    #expect(scan.waitMilliseconds(until: 5_120) == 120)
    #expect(scan.waitMilliseconds(until: 4_000) == 0)
    #expect(DeviceScan(device: "S", text: "?!").waitMilliseconds(until: 5_120) == nil)
    let read = LabelReader().read(ScannedCode(reported: code))
    let answer = Answer.LiveScan(scan, read: read, waitMilliseconds: 120)
    let json = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(answer))
    #expect(json["waitMilliseconds"] == 120)
  }

  @Test("reach the page and the figures with the time that they took")
  func measured() async throws {
    let fixture = try await ServerFixture()
    let server = fixture.server
    let listener = try server.live.hub.listen(takesScans: true)
    let monitor = DeviceMonitor(watching: []) { ProfileShelf(folders: []) }
    let service = DeviceService(
      monitor: monitor, desk: fixture.station.desk, live: server.live, metrics: server.metrics,
      logger: fixture.log.logger)
    let began = MonotonicTime.milliseconds() - 250
    monitor.scans.add(
      DeviceScan(device: "Camera @usb-1-2", text: "TK.00123", cameIntoViewMilliseconds: began))
    monitor.scans.add(DeviceScan(device: "Scanner @usb-1-1", text: "TK.00123"))
    monitor.stop()
    try await service.run()
    #expect(await next(listener.events).contains("\"waitMilliseconds\""))
    #expect(server.metrics.cameraScans.count == 1)
    #expect(server.metrics.cameraScans.seconds >= 0.25)
    let figures = try await fixture.test { try await $0.get("/metrics").text }
    #expect(figures.contains("lienthong_camera_scans_total 1\n"))
  }

  @Test("that a source keeps are settled: taken by a page, or to be offered again without one")
  func receipts() async throws {
    let fixture = try await ServerFixture()
    for hasPage in [false, true] {
      let page = hasPage ? try fixture.server.live.hub.listen(takesScans: true) : nil
      let monitor = DeviceMonitor(watching: []) { ProfileShelf(folders: []) }
      let service = DeviceService(
        monitor: monitor, desk: fixture.station.desk, live: fixture.server.live,
        metrics: fixture.server.metrics, logger: fixture.log.logger)
      let receipt = ScanReceipt()
      monitor.scans.add(DeviceScan(device: "folder", text: "TK.00123", receipt: receipt))
      monitor.stop()
      try await service.run()
      #expect(receipt.answer == hasPage)
      withExtendedLifetime(page) {}
    }
    #expect(!fixture.log.text.contains("lost"))
  }

  @Test("show trouble of a device that is read, and profiles that can't be used")
  func trouble() async throws {
    let board = DeviceBoard()
    board.update("Scanner @usb-1-1", kind: .keyboard) { $0.state = .present }
    board.update("Camera @usb-1-2", kind: .camera) { $0.trouble = .noFrames }
    board.note([ProfileError(file: "a.yaml", reason: .missing(key: "name"))])
    let fixture = try await ServerFixture(devices: board)
    try await fixture.test { station in
      let state = try await station.get("state").json
      #expect(state["devices"].elements.map { $0["state"] } == ["present", "present"])
      #expect(state["devices"].elements.map { $0["needsCare"] } == [false, true])
      #expect(state["profileProblems"][0]["en"].text?.hasPrefix("a.yaml: ") == true)
    }
  }

  @Test("show how each device is in the state, and which one an act came from")
  func state() async throws {
    let board = DeviceBoard()
    board.update("Scanner @usb-1-1", kind: .keyboard) { $0.state = .gone }
    let fixture = try await ServerFixture(devices: board)
    try await fixture.test { station in
      let devices = try await station.get("state").json["devices"]
      #expect(devices[0]["state"] == "gone")
      #expect(devices[0]["words"]["vi"].text?.contains("Hãy cắm lại") == true)
      let act = try await station.post(
        "checkouts",
        [
          "operation": .string(Printed.operation()), "device": "Scanner @usb-1-1",
          "item": .string(try Printed.item("TT1.TN.00001")), "card": .string(try Printed.card(1)),
        ])
      #expect(act.json["event"]["device"] == "Scanner @usb-1-1")
    }
  }

  @Test("take a page's word that somebody is there, and refuse what is none")
  func attentionRoute() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test { station in
      let known = try await station.post("attention", ["listener": 12])
      #expect(known.status == .noContent)
      let text = try await station.post("attention", ["listener": "x"])
      #expect(text.status == .badRequest)
      let none = try await station.post("attention", [:])
      #expect(none.status == .badRequest)
    }
  }

  private func next(_ events: AsyncStream<ServerSentEvent>) async -> String {
    for await event in events { return String(decoding: event.bytes, as: UTF8.self) }
    return ""
  }
}
