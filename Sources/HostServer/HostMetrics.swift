import Hummingbird
import Logging
import Serving
import Synchronization

/// What the host counts since its start.
final class HostMetrics: Sendable {
  struct Totals: Sendable {
    var requests: [Key: Int] = [:]
    var newEvents = 0
    var knownEvents = 0
  }

  struct Key: Hashable, Comparable, Sendable {
    let route: String
    let status: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.route, left.status) < (right.route, right.status)
    }
  }

  private let totals = Mutex(Totals())

  func count(route: String, status: Int) {
    totals.withLock { $0.requests[Key(route: route, status: status), default: 0] += 1 }
  }

  func count(newEvents: Int, knownEvents: Int) {
    totals.withLock {
      $0.newEvents += newEvents
      $0.knownEvents += knownEvents
    }
  }

  /// The figures in Prometheus' text format.
  func text() -> String {
    let totals = totals.withLock(\.self)
    var text = PrometheusText()
    let requests = "lienthong_http_requests_total"
    text.begin(requests, .counter, help: "Requests answered, by route and status.")
    for (key, count) in totals.requests.sorted(by: { $0.key < $1.key }) {
      text.sample(
        requests, labels: [("route", key.route), ("status", "\(key.status)")], count)
    }
    text.single(
      "lienthong_host_events_new_total", .counter, help: "Events that were applied.",
      totals.newEvents)
    text.single(
      "lienthong_host_events_known_total", .counter,
      help: "Events that came again and changed nothing.", totals.knownEvents)
    if let bytes = ProcessMemory.residentBytes() {
      text.single(
        "process_resident_memory_bytes", .gauge, help: "Resident memory in bytes.", bytes)
    }
    return text.text
  }
}

/// Counts each request by its route's pattern and its status, and logs it without its content.
struct HostRequestRecord: RouterMiddleware {
  typealias Context = HostContext

  let metrics: HostMetrics

  func handle(
    _ request: Request, context: HostContext,
    next: @concurrent (Request, HostContext) async throws -> Response
  ) async throws -> Response {
    let response = try await next(request, context)
    metrics.count(route: context.route, status: response.status.code)
    context.logger.info(
      "Request answered",
      metadata: [
        "method": "\(request.method)", "route": "\(context.route)",
        "status": "\(response.status.code)",
      ])
    return response
  }
}
