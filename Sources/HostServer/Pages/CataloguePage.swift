import Circulation
import Hummingbird
import Labels
import Ledger
import Registry

/// What members share with everybody: which copies there are, and at which library.
///
/// Nobody has to sign in. Whether a copy is on loan is not told, as other schools are not told it.
struct CataloguePage: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  private static let path = "/tra-cuu"
  /// Letters of what is looked for that are read.
  private static let longestSearch = 100

  func add(to router: Router<HostContext>) {
    router.get("/tra-cuu") { request, context in try await show(request, context) }
  }

  private func show(_ request: Request, _ context: HostContext) async throws -> Response {
    let query = HostForm(text: request.uri.query ?? "")
    let text = String(query.text("tim").prefix(Self.longestSearch))
    let pager = Pager(request)
    let found =
      text.isEmpty
      ? []
      : try await registry.items(
        ItemSearch(text: text), seenBy: .everybody, offset: pager.offset,
        limit: HostLimits.rowsPerPage + 1)
    let group = try await registry.groupPapers(agreementLimit: 0)
    let names = Dictionary(group.members.map { ($0.library, $0.name) }) { first, _ in first }
    let visit = Visit(request, account: context.account, groupName: group.name)
    let words = pages.words(in: visit.language)
    var content: [String: Any] = [
      "search": text, "isEmpty": !text.isEmpty && found.isEmpty, "hasFound": !found.isEmpty,
      "found": found.prefix(HostLimits.rowsPerPage).map { item in
        let told = FeedItem(item.held.holding)
        return [
          "item": told.item.text, "title": item.title ?? words.term("title-unknown"),
          "library": names[told.item.library] ?? told.item.library.text,
          "place": words.place(told.place),
        ]
      },
    ]
    content.merge(
      pager.links(Self.path, [("tim", text)], hasMore: found.count > HostLimits.rowsPerPage)
    ) { $1 }
    return pages.response("catalogue", for: visit, content)
  }
}
