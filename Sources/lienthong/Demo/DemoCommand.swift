import ArgumentParser
import AsyncHTTPClient
import Foundation
import Journal
import Registry
import UnixSignals

/// `lienthong demo`: the main job from a label's picture to the host's receipt, with real parts.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Show the main job on a sample group: scan, lend, return, send to the host.",
    discussion: """
      Makes the sample group in a folder, runs the host and both stations at this machine's own \
      address, draws labels, reads them back, lends, renews, returns, and sends the batches to the \
      host. A folder that was made before is used as it is.

      Exit status: 0 if every step went as told; 1 otherwise.
      """)

  @Option(help: "The folder for the group; a new one in the temporary folder where none is given.")
  var folder: String?

  @Option(help: "The host's port; the stations take the two after it. 0 takes free ones.")
  var port = 8_090

  @Flag(help: "Stay up afterwards, to try the pages, until Ctrl-C.")
  var stay = false

  func validate() throws {
    guard (0...65_533).contains(port) else {
      throw ValidationError("--port takes a number from 0 to 65533.")
    }
  }

  func run() async throws {
    let isTemporary = folder == nil
    let path =
      folder ?? NSTemporaryDirectory()
      + "lienthong-demo-\(ProcessInfo.processInfo.processIdentifier)"
    defer { if isTemporary { try? FileManager.default.removeItem(atPath: path) } }
    try await Terminal.advising {
      do {
        try await show(in: path)
      } catch let error as any CustomStringConvertible & Error
        where error is ServiceProcess.DidNotStart || error is DemoClient.Unexpected
        || error is LabelPicture.NotDrawn || error is DemoStory.WentWrong
        || error is FreePort.NoneFree
      {
        CommandOutput.complain("\(error)")
        throw ExitCode.failure
      }
    }
  }

  /// Tells the story, and ends the services with it: at its end, at an error, or at Ctrl-C.
  private func show(in path: String) async throws {
    let services = try await DemoServices.start(in: path, firstPort: port)
    defer { services.stop() }
    let stay = stay
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { return }
      }
      group.addTask {
        try await HTTPClient.sharing { client in
          try await DemoStory(services: services, client: client, folder: path).tell()
        }
        if stay { try await Self.waitUntilCancelled() }
      }
      try await group.next()
      group.cancelAll()
    }
  }

  private static func waitUntilCancelled() async throws {
    try CommandOutput.write("\nCtrl-C để dừng. / Press Ctrl-C to stop.\n")
    while true { try await Task.sleep(for: .seconds(3_600)) }
  }
}
