import HTTPTypes
import Hummingbird
import Synchronization

/// Slows down whoever asks too much from one address of the network.
///
/// It keeps a stranger in the school's network from trying card number after card number. This
/// machine itself is not limited, and watchdogs are always answered.
struct RateLimit: RouterMiddleware {
  typealias Context = StationContext

  private let buckets: RateBuckets
  private let isExempt: @Sendable (_ address: String) -> Bool

  init(
    _ buckets: RateBuckets = RateBuckets(),
    exempting isExempt: @escaping @Sendable (_ address: String) -> Bool =
      RateBuckets.isThisMachine
  ) {
    self.buckets = buckets
    self.isExempt = isExempt
  }

  func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    if let address = context.remoteAddress, request.method == .post,
      !isExempt(address), !buckets.takes(from: address)
    {
      throw RequestError.tooManyRequests
    }
    return try await next(request, context)
  }
}

/// A bucket of requests for each address, which fills up again with time.
final class RateBuckets: Sendable {
  private struct Bucket {
    var left: Double
    var time: ContinuousClock.Instant
  }

  private let buckets = Mutex<[String: Bucket]>([:])
  private let size: Double
  private let perSecond: Double
  private let now: @Sendable () -> ContinuousClock.Instant

  /// As many requests at once as a class of thirty needs, then a few each second.
  init(
    size: Int = StationLimits.requestsAtOnce, perSecond: Int = StationLimits.requestsPerSecond,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.size = Double(size)
    self.perSecond = Double(perSecond)
    self.now = now
  }

  /// Takes one request out of an address's bucket; false where it is empty.
  func takes(from address: String) -> Bool {
    let time = now()
    return buckets.withLock { buckets in
      if buckets.count >= StationLimits.countedAddresses, buckets[address] == nil {
        buckets = buckets.filter { fill($0.value, at: time) < size }
        // So many addresses at once are no school; nobody new is let in until some have rested.
        if buckets.count >= StationLimits.countedAddresses { return false }
      }
      let left = buckets[address].map { fill($0, at: time) } ?? size
      guard left >= 1 else { return false }
      buckets[address] = Bucket(left: left - 1, time: time)
      return true
    }
  }

  private func fill(_ bucket: Bucket, at time: ContinuousClock.Instant) -> Double {
    min(size, bucket.left + (time - bucket.time) / .seconds(1) * perSecond)
  }

  static func isThisMachine(_ address: String) -> Bool {
    address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
  }
}
