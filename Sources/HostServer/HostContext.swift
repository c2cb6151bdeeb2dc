import Hummingbird

/// What a request carries on its way through the host's routes.
struct HostContext: RequestContext {
  var coreContext: CoreRequestContextStorage

  init(source: Source) {
    coreContext = CoreRequestContextStorage(source: source)
  }

  /// The route's pattern, never what a caller wrote in the address.
  var route: String { endpointPath ?? "unknown" }
}
