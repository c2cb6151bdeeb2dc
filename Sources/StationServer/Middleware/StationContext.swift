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
  private let isThisMachine: Bool

  init(source: Source) {
    coreContext = CoreRequestContextStorage(source: source)
    remoteAddress = source.channel.remoteAddress?.ipAddress
    // A browser may also ask this machine by its number in the network.
    isThisMachine =
      remoteAddress.map {
        RateBuckets.isThisMachine($0) || $0 == source.channel.localAddress?.ipAddress
      } ?? true
  }

  var role: Role { account?.role ?? .kiosk }

  /// Whether scans of the station's own devices may go to the caller: the kiosk itself, or a
  /// librarian, but no stranger's telephone in the school's network.
  var isAtTheStation: Bool { isThisMachine || role >= .librarian }

  var maxUploadSize: Int { StationLimits.jsonBytes }

  /// The route's pattern, never what a caller wrote in the address.
  var route: String { endpointPath ?? "unknown" }
}
