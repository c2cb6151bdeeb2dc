import ArgumentParser
import Capture
import Labels
import UnixSignals

/// `lienthong devices watch`: reads the devices as a station would, and prints what they read.
struct DevicesWatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Print what the devices read, until Ctrl-C.",
    discussion: """
      Reads every device that a profile means, as a station does, and prints a line for each scan: \
      the device, a tab, and the code. How a device is goes to standard error. Stop the station \
      first, or the two will take the devices from each other.

      With --raw NODE it prints the key events of one node instead, without taking them from \
      anybody: seconds, type, code and value. Send us such a recording of a scanner that is read \
      wrongly.
      """)

  @Option(
    help: "The station's data folder, for the devices paired with it.", completion: .directory)
  var data: String?

  @OptionGroup var devices: DeviceOptions

  @Option(help: "Print the events of this evdev node as they come.", completion: .file())
  var raw: String?

  func run() async throws {
    if let raw { return try await printEvents(of: raw) }
    let (options, data) = (devices, data)
    let monitor = DeviceMonitor(dropFolder: devices.dropFolder) { options.shelf(data: data) }
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask { try await printScans(of: monitor) }
      group.addTask { await tellChanges(of: monitor) }
      group.addTask {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
        monitor.stop()
      }
      await monitor.run()
    }
  }

  private func printScans(of monitor: DeviceMonitor) async throws {
    for await _ in monitor.scans.arrivals {
      while let scan = monitor.scans.next() {
        try CommandOutput.write("\(scan.device)\t\(scan.text)\n")
        scan.receipt?.settle(isTaken: true)
      }
    }
  }

  private func tellChanges(of monitor: DeviceMonitor) async {
    var known: [String: String] = [:]
    var problems: [ProfileError] = []
    for await _ in monitor.board.changes {
      for problem in monitor.board.profileProblems where !problems.contains(problem) {
        CommandOutput.complain(problem.advice(in: .english))
      }
      problems = monitor.board.profileProblems
      for status in monitor.board.all {
        let words = status.words(in: .english)
        if known.updateValue(words, forKey: status.device) != words {
          CommandOutput.complain(words)
        }
      }
    }
  }

  private func printEvents(of node: String) async throws {
    do {
      let input = try InputNode(node)
      while !Task.isCancelled {
        for event in try input.events() {
          try CommandOutput.write(
            "\(event.milliseconds) \(event.type) \(event.code) \(event.value)\n")
        }
        try await Task.sleep(for: .milliseconds(10))
      }
    } catch let error as DeviceError {
      Terminal.complain { error.advice(of: node, in: $0) }
      throw ExitCode.failure
    }
  }
}
