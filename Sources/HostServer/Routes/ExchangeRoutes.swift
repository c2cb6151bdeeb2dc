import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Serving

/// What stations send and ask: batches, requests to be enrolled, for their own history, and for the
/// group's feed.
///
/// Each body is small against what a machine can hold, and each caller has a quota, which is held
/// against the caller before a signature is looked at.
struct ExchangeRoutes: Sendable {
  let registry: GroupRegistry
  let metrics: HostMetrics
  let quotas: CallerQuotas

  func add(to router: Router<HostContext>) {
    router.post("\(ExchangePath.batches)") { request, context in
      let bytes = try await body(
        of: request, as: ExchangeMediaType.batch, upTo: ExchangeLimits.batchBytes, context)
      let told = HTTPField.Name(StationContact.headerName).flatMap { request.headers[$0] }
      let application = try await registry.apply(
        bytes, contact: told.flatMap { StationContact($0) })
      metrics.count(
        newEvents: application.receipt.newCount, knownEvents: application.receipt.knownCount)
      return answer(application.sealedReceipt, as: ExchangeMediaType.receipt)
    }
    router.post("\(ExchangePath.enrolments)") { request, context in
      let bytes = try await body(
        of: request, as: ExchangeMediaType.enrolment, upTo: ExchangeLimits.enrolmentBytes,
        context)
      return answer(try await registry.enrol(bytes), as: ExchangeMediaType.enrolment)
    }
    router.post("\(ExchangePath.history)") { request, context in
      let bytes = try await body(
        of: request, as: ExchangeMediaType.historyRequest,
        upTo: ExchangeLimits.historyRequestBytes, context)
      return answer(try await registry.history(bytes), as: ExchangeMediaType.history)
    }
    router.post("\(ExchangePath.feed)") { request, context in
      let bytes = try await body(
        of: request, as: ExchangeMediaType.feedRequest, upTo: ExchangeLimits.feedRequestBytes,
        context)
      return answer(try await registry.feed(bytes), as: ExchangeMediaType.feed)
    }
  }

  /// The body of a request of the right kind and size, of a caller who may send that much.
  private func body(
    of request: Request, as mediaType: String, upTo limitBytes: Int, _ context: HostContext
  ) async throws -> [UInt8] {
    guard request.mediaType == mediaType else { throw NotABatch() }
    let body = try await request.body(upTo: limitBytes)
    try quotas.charge(context.caller, byteCount: body.readableBytes)
    return Array(body.readableBytesView)
  }

  private func answer(_ bytes: [UInt8], as mediaType: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: mediaType, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
