import Foundation

/// Reads every device that a profile means, from when it is plugged in until it is gone.
///
/// Each device has a thread of its own, so that one which is slow, stuck or mad costs the others
/// nothing. What they read is in ``scans``; how they are is on ``board``.
package final class DeviceMonitor: Sendable {
  package let scans = ScanQueue()
  package let board = DeviceBoard()
  private let tree: DeviceTree
  private let watchedFolders: [String]
  private let readShelf: @Sendable () -> ProfileShelf
  private let dropFolder: String?
  private let stopSignal = StopSignal()

  /// Takes where devices are looked for, what gives the profiles (asked at each look, so that a new
  /// one holds at once), and the folder that pictures are dropped into.
  package init(
    tree: DeviceTree = DeviceTree(), watching folders: [String] = ["/dev", "/dev/input"],
    dropFolder: String? = nil, shelf: @escaping @Sendable () -> ProfileShelf
  ) {
    self.tree = tree
    self.watchedFolders = folders
    self.dropFolder = dropFolder
    self.readShelf = shelf
  }

  /// Reads the devices until ``stop()``; returns when every thread has ended.
  package func run() async {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [self] in
        watch()
        continuation.resume()
      }
    }
    scans.finish()
    board.finish()
  }

  /// Ends ``run()``; returns at once.
  package func stop() {
    stopSignal.fire()
  }

  private func watch() {
    var sessions = startDropFolder()
    var refused: [String: DeviceKind] = [:]
    while !stopSignal.isFired {
      // A watch of its own for each wait: `/dev/input` comes with the first keyboard.
      let watch = DeviceWatch(folders: watchedFolders)
      rescan(&sessions, &refused)
      watch.wait(stopSignal)
    }
    for (_, session) in sessions { session.session.stop() }
  }

  /// A device that is being read, and the profile and nodes that hold for it.
  private struct Running {
    let description: DeviceDescription?
    let profile: DeviceProfile?
    let session: DeviceSession
  }

  private func startDropFolder() -> [String: Running] {
    guard let dropFolder else { return [:] }
    let session = DeviceSession(
      device: "folder", kind: .folder, source: FolderSource(folder: dropFolder), queue: scans,
      board: board)
    session.start()
    return [session.device: Running(description: nil, profile: nil, session: session)]
  }

  /// Starts what has come, and stops what has gone or is meant by another profile now.
  private func rescan(
    _ sessions: inout [String: Running], _ refused: inout [String: DeviceKind]
  ) {
    let shelf = readShelf()
    board.note(shelf.problems)
    var present: [String: (DeviceDescription, DeviceProfile)] = [:]
    for device in tree.devices() {
      if let profile = shelf.profile(for: device) { present[device.id] = (device, profile) }
    }
    for (id, running) in sessions where running.description != nil {
      let isSame = present[id].map { $0.0 == running.description && $0.1 == running.profile }
      guard isSame != true || running.session.hasEnded else { continue }
      running.session.stop()
      sessions[id] = nil
      if isSame == nil { note(.gone, id, running.session.kind) }
    }
    for (id, kind) in refused where present[id] == nil {
      refused[id] = nil
      note(.gone, id, kind)
    }
    start(present, &sessions, &refused)
    let now = MonotonicTime.milliseconds()
    for running in sessions.values { running.session.rest(at: now) }
  }

  /// Starts what is not being read yet, up to the limit; what is above it is told.
  private func start(
    _ present: [String: (DeviceDescription, DeviceProfile)],
    _ sessions: inout [String: Running], _ refused: inout [String: DeviceKind]
  ) {
    for (id, (device, profile)) in present.sorted(by: { $0.key < $1.key })
    where sessions[id] == nil {
      guard let source = profile.source(for: device) else { continue }
      guard sessions.count < CaptureLimits.maximumDevices else {
        refused[id] = device.kind
        note(.tooManyDevices, id, device.kind)
        continue
      }
      refused[id] = nil
      let session = DeviceSession(
        device: id, kind: device.kind, source: source, queue: scans, board: board)
      session.start()
      sessions[id] = Running(description: device, profile: profile, session: session)
    }
  }

  private func note(_ error: DeviceError, _ device: String, _ kind: DeviceKind) {
    board.update(device, kind: kind) {
      $0.state = error.state
      $0.trouble = error
    }
  }
}
