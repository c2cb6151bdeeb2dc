import ArgumentParser
import Journal
import Registry

/// `lienthong sample`: makes a group of two libraries to try things out on.
struct SampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Make a sample group: a host and two libraries with titles, items and patrons.",
    discussion: """
      Makes FOLDER/host, FOLDER/TT and FOLDER/TT1: classes 1A to 5B, 600 titles, 2,000 items and \
      700 patrons with invented names. The stations are enrolled at the host. The same seed gives \
      the same group everywhere. Nothing is changed where one of the folders is there already.
      """)

  @Option(help: "The folder to make the three data folders in.", completion: .directory)
  var folder: String

  @Option(help: "The address at which the host will be run.")
  var host = "http://127.0.0.1:8090"

  func run() async throws {
    try await Terminal.advising {
      let group = try SampleGroup()
      let folders = SampleFolders(in: folder, group: group)
      try await folders.create(group, hostURL: host)
      var lines = ["lienthong host run --data \(folders.host.path) --port 8090"]
      for (number, station) in folders.stations.enumerated() {
        lines.append("lienthong station run --data \(station.path) --port \(8_080 + number)")
      }
      try CommandOutput.write(
        "Đã tạo nhóm mẫu. / The sample group is ready. Chạy / Run:\n"
          + lines.map { "  \($0)\n" }.joined())
    }
  }
}
