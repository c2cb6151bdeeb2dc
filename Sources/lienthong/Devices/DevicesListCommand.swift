import ArgumentParser
import Capture

/// `lienthong devices list`: what is plugged in, and what a station would do with it.
struct DevicesListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what is plugged in, and the profile that means it.",
    discussion: """
      Prints a line for each keyboard, serial port, HID scanner and camera: its kind, its USB \
      numbers, its name in the journal, its nodes, and its profile or a dash. A profile that can't \
      be used is named on standard error.

      Exit status: 0; 1 if a profile can't be used.
      """)

  @Option(
    help: "The station's data folder, for the devices paired with it.", completion: .directory)
  var data: String?

  @OptionGroup var devices: DeviceOptions

  func run() async throws {
    let shelf = devices.shelf(data: data)
    for device in DeviceTree().devices() {
      let profile = shelf.profile(for: device)?.name ?? "-"
      try CommandOutput.write(
        "\(device.kind.rawValue)  \(device.usbNumbers)  \(device.id)  "
          + "\(device.nodes.joined(separator: " "))  \(profile)\n")
    }
    for problem in shelf.problems { Terminal.complain(problem.advice) }
    if !shelf.problems.isEmpty { throw ExitCode.failure }
  }
}

extension DeviceDescription {
  /// `1eab:0603` as `lsusb` prints it; dashes where it is no USB device.
  fileprivate var usbNumbers: String {
    guard let vendor, let product else { return "----:----" }
    return [vendor, product].map { number in
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: 4 - digits.count) + digits
    }.joined(separator: ":")
  }
}
