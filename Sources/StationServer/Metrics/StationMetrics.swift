import Synchronization

/// Counts since the start: requests by route, method and status, and the scans of cameras.
final class StationMetrics: Sendable {
  struct Key: Hashable, Comparable, Sendable {
    let route: String
    let method: String
    let status: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.route, left.method, left.status) < (right.route, right.method, right.status)
    }
  }

  struct Total: Sendable {
    var count = 0
    var seconds = 0.0
  }

  private let totals = Mutex<[Key: Total]>([:])
  private let cameraTotal = Mutex(Total())
  private let start = ContinuousClock.now
  /// Methods that have a count of their own, so that a caller can't make up more.
  private static let methods: Set<String> = ["GET", "POST", "HEAD"]

  var uptimeSeconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  func count(route: String, method: String, status: Int, duration: Duration) {
    let key = Key(
      route: route, method: Self.methods.contains(method) ? method : "other", status: status)
    totals.withLock {
      $0[key, default: Total()].count += 1
      $0[key, default: Total()].seconds += duration / .seconds(1)
    }
  }

  /// Counts a scan, and how long it took from the label's coming into view to the page.
  func countCameraScan(wait: Duration) {
    cameraTotal.withLock {
      $0.count += 1
      $0.seconds += wait / .seconds(1)
    }
  }

  var cameraScans: Total { cameraTotal.withLock(\.self) }

  /// The counts in order of route, so that two readings can be compared by eye.
  func sorted() -> [(key: Key, total: Total)] {
    totals.withLock { totals in
      totals.sorted { $0.key < $1.key }.map { (key: $0.key, total: $0.value) }
    }
  }
}
