import Hummingbird
import Journal
import NIOCore

/// What a request carries on its way through the station's routes.
struct StationContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Who has signed in; `nil` for a kiosk.
  var account: Account?
  /// The caller's address in the network; `nil` where there is no network between.
  let remoteAddress: String?

  init(source: Source) {
    coreContext = CoreRequestContextStorage(source: source)
    remoteAddress = source.channel.remoteAddress?.ipAddress
  }

  var role: Role { account?.role ?? .kiosk }

  var maxUploadSize: Int { StationLimits.jsonBytes }

  /// The route's pattern, never what a caller wrote in the address.
  var route: String { endpointPath ?? "unknown" }
}
