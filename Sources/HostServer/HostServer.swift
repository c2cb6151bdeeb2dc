import Hummingbird
package import Logging
package import Registry
package import Serving

/// The host's HTTP side: it takes batches, gives receipts, and shows the coordinator what is true.
package struct HostServer: Sendable {
  private let registry: GroupRegistry
  private let metrics = HostMetrics()
  private let quotas = CallerQuotas()
  private let pages: HostPages

  package init(registry: GroupRegistry) throws {
    self.registry = registry
    pages = try HostPages()
  }

  func router() -> Router<HostContext> {
    let router = Router(context: HostContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: HostRequestRecord(metrics: metrics))
    router.add(middleware: SecurityHeaders(ownForms: true))
    router.add(middleware: HostErrorAnswers(pages: pages))
    router.add(middleware: OriginCheck())
    let sessions = HostSessions(registry: registry)
    router.add(middleware: HostAccess(sessions: sessions))
    ExchangeRoutes(registry: registry, metrics: metrics, quotas: quotas).add(to: router)
    OverviewRoutes(registry: registry, metrics: metrics).add(to: router)
    addPages(to: router, sessions)
    return router
  }

  private func addPages(to router: Router<HostContext>, _ sessions: HostSessions) {
    SessionPages(registry: registry, sessions: sessions, pages: pages).add(to: router)
    OverviewPage(registry: registry, pages: pages).add(to: router)
    ConflictPages(registry: registry, pages: pages).add(to: router)
    QuarantinePages(registry: registry, pages: pages).add(to: router)
    ItemPages(registry: registry, pages: pages).add(to: router)
    CataloguePage(registry: registry, pages: pages).add(to: router)
    ReportPages(registry: registry, pages: pages).add(to: router)
    TermPages(registry: registry, pages: pages).add(to: router)
    PolicyPages(registry: registry, pages: pages).add(to: router)
    GroupPages(registry: registry, pages: pages).add(to: router)
    AccountPages(registry: registry, pages: pages).add(to: router)
    AuditPages(registry: registry, pages: pages).add(to: router)
  }

  /// Serves until SIGTERM or SIGINT, then ends cleanly.
  ///
  /// - Throws: `ListenError` where the address can't be listened at.
  package func run(
    at address: ListenAddress, logger: Logger,
    whenListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) async throws {
    try await ServerRun(at: address, logger: logger).serve(router(), whenListening: whenListening)
  }
}
