import Exchange
import Synchronization

/// How much each caller may send, so that one machine gone mad does not keep out the rest.
///
/// A caller is an address; a school has one. A quota fills up again by and by, and a station that
/// is turned away waits and goes on, so nothing is lost. The charge is made before any signature is
/// checked, since checking one is what costs.
final class CallerQuotas: Sendable {
  /// Bytes that a caller may send at once: two weeks of a large library, sent twice.
  static let burstBytes = 64 * 1_024 * 1_024.0
  /// Bytes by which a quota fills up in a second.
  static let bytesPerSecond = 4 * 1_024 * 1_024.0
  /// What a request costs beside its bytes, in bytes.
  static let bytesPerRequest = 16 * 1_024.0
  /// Callers that are remembered; beyond, those with a full quota are forgotten.
  static let callerLimit = 4_096

  private struct Quota {
    var bytes = CallerQuotas.burstBytes
    var filled: ContinuousClock.Instant

    mutating func fill(until now: ContinuousClock.Instant) {
      let seconds = (now - filled) / .seconds(1)
      bytes = min(CallerQuotas.burstBytes, bytes + seconds * CallerQuotas.bytesPerSecond)
      filled = now
    }
  }

  private let quotas = Mutex<[String: Quota]>([:])
  private let now: @Sendable () -> ContinuousClock.Instant

  init(now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) {
    self.now = now
  }

  /// Takes a request off the caller's quota, or refuses it.
  func charge(_ caller: String, byteCount: Int) throws(ExchangeError) {
    let now = now()
    let cost = Self.bytesPerRequest + Double(byteCount)
    let isAllowed = quotas.withLock { quotas in
      var quota = quotas[caller] ?? Quota(filled: now)
      quota.fill(until: now)
      guard quota.bytes >= cost else {
        quotas[caller] = quota
        return false
      }
      quota.bytes -= cost
      quotas[caller] = quota
      if quotas.count > Self.callerLimit { Self.forgetIdle(among: &quotas, at: now) }
      return true
    }
    guard isAllowed else { throw .tooManyRequests }
  }

  /// How many callers are remembered.
  var callerCount: Int { quotas.withLock(\.count) }

  private static func forgetIdle(
    among quotas: inout [String: Quota], at now: ContinuousClock.Instant
  ) {
    quotas = quotas.filter { _, quota in
      var quota = quota
      quota.fill(until: now)
      return quota.bytes < burstBytes
    }
    // Many at once with none idle is an attack; everybody begins anew rather than memory growing.
    if quotas.count > callerLimit { quotas.removeAll() }
  }
}
