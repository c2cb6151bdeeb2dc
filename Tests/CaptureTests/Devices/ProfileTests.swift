import Foundation
import Testing

@testable import Capture

@Suite("Device profiles")
struct ProfileTests {
  private static let keyboard = DeviceDescription(
    kind: .keyboard, name: "USB Barcode Scanner", vendor: 0x1EAB, product: 0x0603,
    busPath: "usb-1-1", nodes: ["/dev/input/event4"])

  @Test("say how a device is set")
  func settings() throws {
    let profile = try DeviceProfile(
      yaml: """
        name: Desk camera
        match: [{ name: webcam, path: usb-1-2 }]
        mode: camera
        size: 640x480
        format: YUYV
        controls: { focus_absolute: 40, focus_automatic_continuous: 0 }
        tested: "here"
        """, file: "a.yaml")
    #expect(
      profile.mode
        == .camera(
          CameraSettings(
            size: FrameSize(width: 640, height: 480), format: .yuyv,
            controls: [.focus: 40, .automaticFocus: 0])))
  }

  @Test(
    "name the key that is wrong",
    arguments: [
      ("", ProfileError.Reason.missing(key: "name")),
      ("[1, 2]", .badValue(key: "name")),
      ("name: x\nlayuot: us", .unknownKey("layuot")),
      ("name: x\ntested: y", .missing(key: "match")),
      ("name: x\ntested: y\nmatch: [{}]\nmode: keyboard", .missing(key: "vendor")),
      ("name: x\ntested: y\nmatch: [{ vendor: 12345 }]\nmode: keyboard", .badValue(key: "vendor")),
      ("name: x\ntested: y\nmatch: [{ name: a }]\nmode: dance", .badValue(key: "mode")),
      (
        "name: x\ntested: y\nmatch: [{ name: a }]\nmode: camera\nformat: H264",
        .badValue(key: "format")
      ),
      ("name: x\ntested: y\nmatch: [{ name: a }]\nmode: serial\nbaud: 7", .badValue(key: "baud")),
      (
        "name: x\ntested: y\nmatch: [{ name: a }]\nmode: keyboard\nendings: [dot]",
        .badValue(key: "endings")
      ),
    ])
  func wrong(yaml: String, reason: ProfileError.Reason) {
    #expect(throws: ProfileError(file: "a.yaml", reason: reason)) {
      try DeviceProfile(yaml: yaml, file: "a.yaml")
    }
  }

  @Test("that are no YAML, or too large, are refused")
  func noYAML() {
    #expect(throws: ProfileError.self) { try DeviceProfile(yaml: "a: [", file: "a.yaml") }
    let large = String(repeating: "#", count: CaptureLimits.maximumProfileBytes + 1)
    #expect(throws: ProfileError(file: "a.yaml", reason: .tooLarge)) {
      try DeviceProfile(yaml: large, file: "a.yaml")
    }
  }

  @Test("mean a device by what they say of it, the one that says most first")
  func matching() throws {
    func profile(_ name: String, _ match: String) throws -> DeviceProfile {
      try DeviceProfile(
        yaml: "name: \(name)\nmatch: [\(match)]\nmode: keyboard\ntested: no", file: name)
    }
    let vendor = try profile("vendor", #"{ vendor: "1eab" }"#)
    let product = try profile("product", #"{ vendor: "1eab", products: ["0603"] }"#)
    let place = try profile("place", #"{ vendor: "1eab", path: usb-1-1 }"#)
    let other = try profile("other", #"{ vendor: "05f9" }"#)
    #expect(ProfileShelf([product, vendor, other]).profile(for: Self.keyboard)?.name == "product")
    #expect(ProfileShelf([place, product]).profile(for: Self.keyboard)?.name == "place")
    #expect(ProfileShelf([other]).profile(for: Self.keyboard) == nil)
  }

  @Test("that pairing makes can be read again, whatever a device calls itself")
  func pairing() throws {
    let device = DeviceDescription(
      kind: .keyboard, name: "Quét \"A\\B\": {x}", vendor: 0x0416, product: 0xC141,
      busPath: "usb-3-1", nodes: [])
    let modes: [(DeviceKind, DeviceProfile.Mode)] = [
      (.keyboard, .keyboard(KeyboardSettings(layout: "fr", endings: [.tab]))),
      (.serial, .serial(.usual)), (.camera, .camera(.usual)),
    ]
    for (_, mode) in modes {
      let profile = DeviceProfile(pairing: device, mode: mode)
      #expect(try DeviceProfile(yaml: profile.yaml, file: profile.fileName) == profile)
      #expect(!profile.fileName.contains("/"))
    }
  }

  @Test("of this project can all be read")
  func ours() {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    let shelf = ProfileShelf(folders: [folder.appending(path: "Devices/profiles").path])
    #expect(shelf.problems.isEmpty)
    #expect(shelf.profiles.count >= 5)
    #expect(shelf.profile(for: Self.keyboard)?.name == "Newland, keyboard mode")
    let desk = DeviceDescription(
      kind: .keyboard, name: "Dell KB216", vendor: 0x413C, product: 0x2113, busPath: "usb-1-2",
      nodes: [])
    #expect(shelf.profile(for: desk) == nil)
  }

  @Test("a device's name is cut and cleaned for the journal")
  func names() {
    let device = DeviceDescription(
      kind: .serial, name: "A\u{0}\u{7}B\n  \u{202E}" + String(repeating: "ế", count: 200),
      busPath: String(repeating: "9", count: 99), nodes: [])
    #expect(device.name.hasPrefix("AB"))
    #expect(device.id.utf8.count <= 64)
    #expect(DeviceDescription(kind: .camera, name: "", busPath: "x", nodes: []).name == "camera")
  }
}
