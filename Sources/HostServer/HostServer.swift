import Hummingbird
package import Logging
package import Registry
package import Serving

/// The host's HTTP side: it takes batches, gives receipts, and shows the coordinator what is true.
package struct HostServer: Sendable {
  private let registry: GroupRegistry
  private let metrics = HostMetrics()
  private let quotas = CallerQuotas()
  private let page: HostPage

  package init(registry: GroupRegistry) throws {
    self.registry = registry
    page = try HostPage()
  }

  func router() -> Router<HostContext> {
    let router = Router(context: HostContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: HostRequestRecord(metrics: metrics))
    router.add(middleware: SecurityHeaders())
    router.add(middleware: HostErrorAnswers())
    ExchangeRoutes(registry: registry, metrics: metrics, quotas: quotas).add(to: router)
    OverviewRoutes(registry: registry, metrics: metrics).add(to: router)
    PageRoute(registry: registry, page: page).add(to: router)
    return router
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
