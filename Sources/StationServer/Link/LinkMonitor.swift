package import Serving
import Synchronization

/// What is known of the link to the host.
package enum LinkState: Hashable, Sendable {
  /// Nothing was tried since the start, or no host is set.
  case never
  /// The last pass went through at that moment, in milliseconds since 1970.
  case reached(at: Int64)
  /// Every pass has failed since that moment; `reason` is why the last one did.
  case failing(since: Int64, reason: Words)
  /// The host was reached and refuses since that moment; trying again changes nothing, so somebody
  /// has to act on the reason.
  case refused(since: Int64, reason: Words)
}

/// Keeps what is known of the link, for the page and the API.
package final class LinkMonitor: Sendable {
  private let current = Mutex(LinkState.never)

  package init() {}

  package var state: LinkState {
    current.withLock(\.self)
  }

  package func reached(at milliseconds: Int64) {
    current.withLock { $0 = .reached(at: milliseconds) }
  }

  /// Notes a failure; the moment of the first one in a row is kept.
  package func failed(at milliseconds: Int64, reason: Words) {
    current.withLock { state in
      if case .failing(let since, _) = state {
        state = .failing(since: since, reason: reason)
      } else {
        state = .failing(since: milliseconds, reason: reason)
      }
    }
  }

  /// Notes a refusal that stays; the moment of the first one in a row is kept.
  package func refused(at milliseconds: Int64, reason: Words) {
    current.withLock { state in
      if case .refused(let since, _) = state {
        state = .refused(since: since, reason: reason)
      } else {
        state = .refused(since: milliseconds, reason: reason)
      }
    }
  }
}
