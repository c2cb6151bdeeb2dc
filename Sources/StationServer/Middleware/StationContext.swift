import Hummingbird

/// What a request carries on its way through the station's routes.
struct StationContext: RequestContext {
  var coreContext: CoreRequestContextStorage

  init(source: Source) {
    coreContext = CoreRequestContextStorage(source: source)
  }

  var maxUploadSize: Int { StationLimits.jsonBytes }

  /// The route's pattern, never what a caller wrote in the address.
  var route: String { endpointPath ?? "unknown" }
}
