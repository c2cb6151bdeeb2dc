package import Labels
package import Scanning
import Synchronization

/// Reads the codes in uploaded pictures, for any number of requests at once.
///
/// A scan takes from some milliseconds to a second or two of a core, too long for the threads on
/// which the server answers everybody. So a few scanning threads do it, each with a scanner of its
/// own, and what they can't take within ``CaptureLimits`` is turned away as busy.
package final class UploadReader: Sendable {
  private let threads: [ScanningThread]
  private let waiting: Mutex<[Int]>

  /// Takes how many scan at once, and how long each may look at a picture.
  package init(
    threads count: Int = CaptureLimits.scanningThreads,
    budget: ScanBudget = .time(CaptureLimits.pictureBudget)
  ) {
    threads = (0..<max(count, 1)).map { ScanningThread(number: $0 + 1, budget: budget) }
    waiting = Mutex(Array(repeating: 0, count: threads.count))
  }

  /// The codes in a picture, as zbar orders them; empty if there are none that it can read.
  package func codes(in upload: Upload) async throws(UploadError) -> [ScannedCode] {
    let index = try joinShortestQueue()
    defer { leaveQueue(index) }
    return try await threads[index].codes(in: upload)
  }

  private func joinShortestQueue() throws(UploadError) -> Int {
    let index = waiting.withLock { waiting -> Int? in
      guard let index = waiting.indices.min(by: { waiting[$0] < waiting[$1] }),
        waiting[index] < CaptureLimits.maximumUploadsPerThread
      else { return nil }
      waiting[index] += 1
      return index
    }
    guard let index else { throw .busy }
    return index
  }

  private func leaveQueue(_ index: Int) {
    waiting.withLock { $0[index] -= 1 }
  }
}
