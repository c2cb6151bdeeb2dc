import AsyncHTTPClient
import Journal
import StationServer

/// The way to the host that a station has set now, since `lienthong sync` may set another one.
///
/// It is the same one for as long as the host is: it remembers how long the last answer took, from
/// which the host works out the station's clock.
actor CurrentUplink {
  private let journal: Journal
  private let client: HTTPClient
  private var settings: UplinkSettings
  private var uplink: Uplink

  init(journal: Journal, settings: UplinkSettings, client: HTTPClient) {
    self.journal = journal
    self.client = client
    self.settings = settings
    uplink = Uplink(journal: journal, settings: settings, client: client)
  }

  func pass() async throws {
    if let latest = try await UplinkSettings(of: journal), latest != settings {
      settings = latest
      uplink = Uplink(journal: journal, settings: latest, client: client)
    }
    _ = try await uplink.pass()
  }
}
