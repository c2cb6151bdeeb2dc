import Desk
import HTTPTypes
import Hummingbird
import Journal
import Ledger
import NIOCore
import ServiceLifecycle
import Serving

/// How the station is: at a glance, as live events, for a monitor and for a watchdog.
struct StateRoutes: Sendable {
  let desk: Desk
  let live: LiveState
  let metrics: StationMetrics
  let readState: @Sendable () async throws -> Answer.State

  func add(to group: RouterGroup<StationContext>) {
    group.get("state") { _, _ in try JSONAnswer.response(try await readState()) }
    group.get("events") { request, context in
      try await events(request, mayTakeScans: context.isAtTheStation)
    }
    group.post("attention") { request, _ in
      live.hub.touch(try await JSON.body(Posted.Attention.self, of: request).listener)
      return Response(status: .noContent)
    }
  }

  func addForMachines(to group: RouterGroup<StationContext>) {
    group.get("health") { _, _ in try await health() }
    group.get("metrics") { _, _ in try await figures() }
    group.get("openapi.json") { request, _ in Asset.openAPI.response(to: request) }
  }

  private func health() async throws -> Response {
    let head = try await desk.journal.head()
    let pendingCount = try await desk.journal.pendingCount()
    return try JSONAnswer.response(
      Answer.Health(
        status: "ok", station: desk.journal.station.text, epoch: head.epoch.number,
        head: head.sequence, pending: pendingCount))
  }

  private func events(_ request: Request, mayTakeScans: Bool) async throws -> Response {
    let query = request.uri.queryParameters
    let takesScans = mayTakeScans && query["scans"] == "take"
    let touchedAgo = query.get("touched", as: Int.self).map {
      Duration.seconds(min(max($0, 0), StationLimits.longestTouchSeconds))
    }
    let (number, stream) = try live.hub.listen(takesScans: takesScans, touchedAgo: touchedAgo)
    let greeting = try ServerSentEvent("hello", Answer.Hello(listener: number))
    let opening = try ServerSentEvent("state", try await readState())
    let body = ResponseBody { writer in
      // A hang-up is noticed at once, not only when the next event can't be written.
      try await request.body.consumeWithCancellationOnInboundClose { _ in
        try await writer.write(ServerSentEvent.opening)
        try await writer.write(greeting.buffer)
        try await writer.write(opening.buffer)
        for await event in stream.cancelOnGracefulShutdown() {
          try await writer.write(event.buffer)
        }
      }
      try await writer.finish(nil)
    }
    return Response(
      status: .ok,
      headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
      body: body)
  }

  private func figures() async throws -> Response {
    let head = try await desk.journal.head()
    let pendingCount = try await desk.journal.pendingCount()
    var text = PrometheusText()
    writeRequests(to: &text)
    writeCameraScans(to: &text)
    text.single(
      "lienthong_journal_events", .counter, help: "Events in this epoch of the journal.",
      head.sequence)
    text.single(
      "lienthong_journal_pending_events", .gauge,
      help: "Events that the host has not acknowledged.",
      pendingCount)
    text.single(
      "lienthong_event_listeners", .gauge, help: "Open streams of live events.",
      live.hub.listenerCount)
    text.single(
      "lienthong_uptime_seconds", .gauge, help: "Seconds since the station started.",
      metrics.uptimeSeconds)
    if let bytes = ProcessMemory.residentBytes() {
      text.single(
        "process_resident_memory_bytes", .gauge, help: "Resident memory in bytes.", bytes)
    }
    return Response(
      status: .ok,
      headers: [.contentType: PrometheusText.mediaType, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text.text)))
  }

  private func writeRequests(to text: inout PrometheusText) {
    let totals = metrics.sorted()
    let requests = "lienthong_http_requests_total"
    text.begin(requests, .counter, help: "Requests answered, by route, method and status.")
    for (key, total) in totals {
      text.sample(requests, labels: key.labels, total.count)
    }
    let seconds = "lienthong_http_request_seconds_total"
    text.begin(seconds, .counter, help: "Seconds spent on requests until their answer began.")
    for (key, total) in totals {
      text.sample(seconds, labels: key.labels, total.seconds)
    }
  }

  private func writeCameraScans(to text: inout PrometheusText) {
    let total = metrics.cameraScans
    text.single(
      "lienthong_camera_scans_total", .counter, help: "Scans of cameras that a page has got.",
      total.count)
    text.single(
      "lienthong_camera_scan_wait_seconds_total", .counter,
      help: "Seconds from a label's coming into a camera's view to its scan, over all such scans.",
      total.seconds)
  }
}

extension StationMetrics.Key {
  fileprivate var labels: [(name: String, value: String)] {
    [("route", route), ("method", method), ("status", "\(status)")]
  }
}
