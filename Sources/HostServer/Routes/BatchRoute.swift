import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Serving

/// Takes a station's batch and answers with a signed receipt once all of it is on disk.
struct BatchRoute: Sendable {
  let registry: GroupRegistry
  let metrics: HostMetrics

  func add(to router: Router<HostContext>) {
    router.post("/exchange/v1/batches") { request, _ in try await apply(request) }
  }

  private func apply(_ request: Request) async throws -> Response {
    guard request.mediaType == ExchangeMediaType.batch else { throw NotABatch() }
    let body = try await request.body(upTo: ExchangeLimits.batchBytes)
    let application = try await registry.apply(Array(body.readableBytesView))
    metrics.count(
      newEvents: application.receipt.newCount, knownEvents: application.receipt.knownCount)
    return Response(
      status: .ok, headers: [.contentType: ExchangeMediaType.receipt, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: application.sealedReceipt)))
  }
}
