import Journal
import Registry
import StationServer
import Synchronization

/// Both stations and, from when it is needed, the host: each a process of its own.
///
/// The host comes last, as in a school whose link was down: until then the stations keep what they
/// have to tell, and then it can be seen to arrive.
final class DemoServices: Sendable {
  let folders: SampleFolders
  let stations: [ServiceProcess]
  let hostAddress: String
  private let hostPort: Int
  private let host = Mutex<ServiceProcess?>(nil)

  private init(folders: SampleFolders, stations: [ServiceProcess], hostPort: Int) {
    self.folders = folders
    self.stations = stations
    self.hostPort = hostPort
    hostAddress = Self.address(hostPort)
  }

  /// Makes the sample group where there is none, and starts its stations.
  static func start(in path: String, firstPort: Int) async throws -> DemoServices {
    let group = try SampleGroup()
    let folders = SampleFolders(in: path, group: group)
    let hostPort = firstPort == 0 ? try FreePort.find() : firstPort
    if !folders.host.holdsHost {
      try CommandOutput.write(
        "Tạo nhóm mẫu: 2 thư viện, \(group.records.count) nhan đề, \(group.items.count) bản sách, "
          + "\(group.patrons.count) bạn đọc.\n"
          + "Making the sample group: 2 libraries, \(group.records.count) titles, "
          + "\(group.items.count) items, \(group.patrons.count) patrons.\n")
      try await folders.create(group, hostURL: address(hostPort))
    } else {
      try await folders.moveHost(to: address(hostPort))
    }
    var stations: [ServiceProcess] = []
    do {
      for (number, folder) in folders.stations.enumerated() {
        let port = firstPort == 0 ? 0 : firstPort + 1 + number
        stations.append(
          try await ServiceProcess(
            ["station", "run", "--data", folder.path, "--port", "\(port)"],
            log: folder.path + ".log"))
      }
    } catch {
      for station in stations { station.stop() }
      throw error
    }
    return DemoServices(folders: folders, stations: stations, hostPort: hostPort)
  }

  /// Starts the host, once.
  func startHost() async throws {
    let folder = folders.host.path
    let process = try await ServiceProcess(
      ["host", "run", "--data", folder, "--port", "\(hostPort)"], log: folder + ".log")
    host.withLock { $0 = process }
  }

  func stop() {
    for station in stations { station.stop() }
    host.withLock { $0?.stop() }
  }

  private static func address(_ port: Int) -> String { "http://127.0.0.1:\(port)" }
}
