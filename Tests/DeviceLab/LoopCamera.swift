import Foundation
import Scanning
import Synchronization
import TestSupport

/// The kernel's virtual camera, which shows on its capture node what is written to its output node.
final class LoopCamera: Sendable {
  private static let size = (width: 1_280, height: 720)
  private static let driver = "/sys/bus/platform/drivers/vivid"

  /// 1280×720 at 30 frames a second (CTA-861, VIC 62).
  ///
  /// At the driver's own 60 an emulated processor does little else than copy frames.
  private static let timings =
    "width=1280,height=720,interlaced=0,polarities=3,pixelclock=74250000,"
    + "hfp=1760,hs=40,hbp=220,vfp=5,vs=5,vbp=20"
  private let projector = Mutex<SpawnedProcess?>(nil)
  private let folder = Mutex<TemporaryFolder?>(nil)

  /// The pixel format in which frames are shown; it has to be the one that the station has set.
  enum Format: String {
    case grey = "GREY"
    case yuyv = "YUYV"
  }

  /// Shows a label of Code 128 before the camera, until another one is shown.
  func show(_ text: String, as format: Format = .grey) async throws {
    let folder = try TemporaryFolder()
    let file = try await Self.frame(of: text, as: format, in: folder)
    let output = try Self.node(after: "vivid-000-vid-out")
    let capture = try Self.node(after: "vivid-000-vid-cap")
    try await Self.control(["-d", capture, "-c", "loop_video=1,osd_text_mode=2"])
    // The driver shows its output only in the format that the capture node has, which the station
    // sets: grey, where a camera offers it and the profile names no other.
    let frame =
      "width=\(Self.size.width),height=\(Self.size.height),pixelformat=\(format.rawValue),"
      + "field=none"
    projector.withLock { $0 = nil }
    try await Self.control(["-d", output, "--set-dv-bt-timings", Self.timings])
    try await Self.control(["-d", output, "-x", frame])
    let process = try SpawnedProcess(
      URL(filePath: "/usr/bin/v4l2-ctl"),
      [
        "-d", output, "--stream-out-mmap", "--stream-from=\(file.path)", "--stream-loop",
      ],
      output: folder.file("out"), errors: folder.file("err"))
    projector.withLock { $0 = process }
    self.folder.withLock { $0 = folder }
  }

  /// Takes the device from its driver: all its nodes go.
  func unplug() throws {
    projector.withLock { $0 = nil }
    try Gadget.write("vivid.0", to: Self.driver + "/unbind")
  }

  func plugIn() throws {
    try Gadget.write("vivid.0", to: Self.driver + "/bind")
  }

  /// What the driver says of the camera: its pixel format and its brightness.
  func state() async throws -> String {
    let capture = try Self.node(after: "vivid-000-vid-cap")
    return try await Self.control(["-d", capture, "--get-fmt-video", "-C", "brightness"])
  }

  @discardableResult
  private static func control(_ arguments: [String]) async throws -> String {
    let output = try await ChildProcess.run(URL(filePath: "/usr/bin/v4l2-ctl"), arguments)
    guard output.status == 0 else {
      throw LabFailure("v4l2-ctl \(arguments): \(output.stdout)\(output.stderr)")
    }
    return output.stdout
  }

  /// The node of a name in sysfs; it changes when the device comes back.
  private static func node(after name: String) throws -> String {
    let folder = "/sys/class/video4linux"
    for entry in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let found = try? String(contentsOfFile: "\(folder)/\(entry)/name", encoding: .utf8)
      if found?.hasPrefix(name) == true { return "/dev/\(entry)" }
    }
    throw LabFailure("there is no \(name)")
  }

  /// A frame with the label in the middle of a grey desk.
  private static func frame(
    of text: String, as format: Format, in folder: TemporaryFolder
  ) async throws -> URL {
    let file = try await Zint.draw(
      text, as: .code128, in: folder, options: ["--scale", "1.5", "--height", "40"])
    let label = try GreyImage(decoding: [UInt8](Data(contentsOf: file)))
    var bytes = try DeskPicture.pixels(of: label, width: size.width, height: size.height)
    // Between the greys of YUYV are the colours, of which there are none.
    if format == .yuyv { bytes = bytes.flatMap { [$0, 128] } }
    // More than one frame, since v4l2-ctl reads the next one while it shows the last.
    return try folder.write(bytes + bytes + bytes + bytes, to: "frames.grey")
  }
}
