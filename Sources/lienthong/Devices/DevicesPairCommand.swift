import ArgumentParser
import Capture
import Foundation
import UnixSignals

/// `lienthong devices pair`: makes the profile of the device that reads the pairing code.
struct DevicesPairCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pair",
    abstract: "Pair the scanner or camera that reads the printed pairing code.",
    discussion: """
      Listens to everything that could be a scanner and has no profile yet, until one of them has \
      read the first code of `lienthong devices sheet`. What it typed tells its keyboard layout \
      and what ends a code. The profile goes into the folder `devices` of the station, which reads \
      the device at once, without a restart.

      Exit status: 0 if a device was paired; 1 if not.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @OptionGroup var devices: DeviceOptions

  @Option(help: "Give up after so many seconds.")
  var timeout = 120

  func validate() throws {
    guard (1...3_600).contains(timeout) else {
      throw ValidationError("--timeout takes a number of seconds from 1 to 3600.")
    }
  }

  func run() async throws {
    let shelf = devices.shelf(data: data)
    for problem in shelf.problems { Terminal.complain(problem.advice) }
    let pairing = DevicePairing(shelf: shelf) { device, error in
      Terminal.complain { error.advice(of: device, in: $0) }
    }
    guard !pairing.names.isEmpty else {
      CommandOutput.complain("Không có thiết bị nào chưa ghép. Hãy cắm máy quét rồi chạy lại.")
      CommandOutput.complain("No device is left to pair. Plug the scanner in and try again.")
      throw ExitCode.failure
    }
    try CommandOutput.write(
      "Hãy quét mã ghép trên tờ in. / Scan the pairing code on the sheet: \(PairingCode.text)\n"
        + pairing.names.map { "  \($0)\n" }.joined())
    guard let profile = await paired(by: pairing) else {
      CommandOutput.complain("Chưa thiết bị nào đọc được mã ghép. Hãy thử lại gần hơn.")
      CommandOutput.complain("No device has read the pairing code. Try again from closer up.")
      throw ExitCode.failure
    }
    let file = try save(profile)
    try CommandOutput.write("Đã ghép / Paired: \(profile.name)\n  \(file)\n")
  }

  private func paired(by pairing: DevicePairing) async -> DeviceProfile? {
    let seconds = timeout
    return await withTaskGroup { group in
      group.addTask {
        try? await Task.sleep(for: .seconds(seconds))
        pairing.stop()
      }
      group.addTask {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
        pairing.stop()
      }
      let profile = await pairing.run()
      group.cancelAll()
      return profile
    }
  }

  /// Writes the profile beside its place and moves it there, so that a station never reads half.
  private func save(_ profile: DeviceProfile) throws -> String {
    let folder = data + "/devices"
    let file = folder + "/" + profile.fileName
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(profile.yaml.utf8).write(to: URL(filePath: file), options: .atomic)
    } catch {
      CommandOutput.complain("\(file): \(error.localizedDescription)")
      throw ExitCode.failure
    }
    return file
  }
}
