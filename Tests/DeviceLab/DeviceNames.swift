import Foundation
import TestSupport

/// The names that our udev rules give the lab's devices, by udev itself.
enum DeviceNames {
  private static let rules = "Devices/udev/61-lienthong.rules"
  private static let folder = "/dev/lienthong"

  /// Installs the rules, has udev look at all devices, and looks for the names.
  static func check() async throws {
    try install()
    try await run("/lib/systemd/systemd-udevd", ["--daemon"])
    for subsystem in ["input", "tty", "hidraw"] {
      try await run(
        "/bin/udevadm", ["trigger", "--action=add", "--subsystem-match=\(subsystem)"])
    }
    let wanted = ["hid-", "hid-", "hid-", "keyboard-", "keys-", "serial-", "serial-"]
    var names: [String] = []
    do {
      try await Patience.find("the names of udev") { () -> Bool? in
        names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        return zip(wanted, names).allSatisfy { $1.hasPrefix($0) } && names.count == wanted.count
          ? true : nil
      }
    } catch {
      throw LabFailure("\(error): \(names)")
    }
    for name in names where name.hasPrefix("key") { try await checkMarks(of: name) }
    DeviceLab.say("ok: udev names the devices: \(names.joined(separator: " "))")
    try await run("/bin/udevadm", ["control", "--exit"])
  }

  /// The marks by which libinput and logind know what to leave alone.
  private static func checkMarks(of name: String) async throws {
    let marks = try await run("/bin/udevadm", ["info", "\(folder)/\(name)"])
    guard marks.contains("LIBINPUT_IGNORE_DEVICE=1"), !marks.contains("ID_INPUT_KEY=1"),
      !marks.contains("ID_INPUT_KEYBOARD=1")
    else { throw LabFailure("\(name) is not kept from libinput and logind: \(marks)") }
  }

  private static func install() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let target = "/etc/udev/rules.d"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    try Data(contentsOf: root.appending(path: rules))
      .write(to: URL(filePath: "\(target)/61-lienthong.rules"))
  }

  @discardableResult
  private static func run(_ program: String, _ arguments: [String]) async throws -> String {
    let output = try await ChildProcess.run(URL(filePath: program), arguments)
    guard output.status == 0 else {
      throw LabFailure("\(program) \(arguments): \(output.stdout)\(output.stderr)")
    }
    return output.stdout
  }
}
