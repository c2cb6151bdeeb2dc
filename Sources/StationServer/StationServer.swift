package import Capture
import Circulation
package import Desk
import HTTPTypes
import Hummingbird
import Journal
import Labels
import Ledger
package import Logging
import Serving

/// A station's HTTP side: the desk's API, live events and the pages.
///
/// The routes are described by `/api/v1/openapi.json`; a test holds the two together.
package struct StationServer: Sendable {
  package let link = LinkMonitor()
  let live: LiveState
  private let desk: Desk
  let metrics = StationMetrics()
  private let pages: PageSet
  private let readPicture: PictureReader
  private let readState: @Sendable () async throws -> Answer.State

  /// Takes the desk, what reads the codes in an uploaded picture, and how the devices are.
  package init(
    desk: Desk, logger: Logger, readPicture: @escaping PictureReader,
    devices: DeviceBoard = DeviceBoard()
  ) throws {
    self.desk = desk
    self.readPicture = readPicture
    pages = try PageSet(
      libraryName: desk.journal.libraryName, libraryCode: desk.library.text,
      stationName: desk.journal.station.text)
    let link = link
    readState = {
      Answer.State(
        try await desk.state(), link: link.state, devices: devices,
        unixMilliseconds: desk.journal.clock.now().wallMilliseconds,
        offsetMinutes: desk.settings.offsetMinutes)
    }
    live = LiveState(hub: EventHub(), logger: logger, read: readState)
  }

  /// Says that something which the pages show may have changed.
  package func stateMayHaveChanged() {
    live.mayHaveChanged()
  }

  func router() -> Router<StationContext> {
    let router = Router(context: StationContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestRecord(metrics: metrics))
    router.add(middleware: SecurityHeaders())
    router.add(middleware: ErrorResponses())
    router.add(middleware: HostCheck())
    router.add(middleware: RateLimit())
    router.add(middleware: RequestLimit())
    router.add(middleware: OriginCheck())
    let sessions = SessionCookies(journal: desk.journal)
    PageRoutes(pages: pages, sessions: sessions).add(to: router)
    let group = router.group("api/v1").add(middleware: Access(sessions: sessions))
    SessionRoutes(journal: desk.journal, cookies: sessions).add(to: group)
    ScanRoutes(desk: desk, readPicture: readPicture).add(to: group)
    ActRoutes(desk: desk, live: live).add(to: group)
    ClassRoutes(desk: desk).add(to: group)
    ImportRoutes(desk: desk, live: live).add(to: group)
    StockRoutes(desk: desk, live: live).add(to: group)
    BoxRoutes(desk: desk, live: live).add(to: group)
    TermRoutes(desk: desk, live: live).add(to: group)
    PrivacyRoutes(desk: desk).add(to: group)
    SettingsRoutes(desk: desk, live: live).add(to: group)
    let state = StateRoutes(desk: desk, live: live, metrics: metrics, readState: readState)
    state.add(to: group)
    // Watchdogs, monitors and tools look for these at the root.
    for place in [router.group(), group] { state.addForMachines(to: place) }
    return router
  }
}
