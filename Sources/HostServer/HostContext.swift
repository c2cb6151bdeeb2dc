import Hummingbird
import NIOCore
import Registry

/// What a request carries on its way through the host's routes.
struct HostContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Who has signed in, or nothing.
  var account: HostAccount?
  /// The address that the request came from, without its port.
  let caller: String

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    caller = source.channel.remoteAddress?.ipAddress ?? "unknown"
  }

  /// The route's pattern, never what a caller wrote in the address.
  var route: String { endpointPath ?? "unknown" }
}
