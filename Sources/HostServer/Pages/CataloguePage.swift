import Circulation
import Hummingbird
import Labels
import Ledger
import Registry
import Serving

/// What members share with everybody: which copies there are, and at which library.
///
/// Nobody has to sign in. Whether a copy is on loan is not told, as other schools are not told it.
struct CataloguePage: Sendable {
  let registry: GroupRegistry
  let pages: HostPages
  private let gate = BusyGate(
    limit: HostLimits.concurrentSearches, refusal: TooManySearches())

  init(registry: GroupRegistry, pages: HostPages) {
    self.registry = registry
    self.pages = pages
  }

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
    let search = ItemSearch(text: text)
    let isAsked = !text.isEmpty && !search.isTooShort
    let found = isAsked ? try await found(search, offset: pager.offset) : []
    let group = try await registry.groupPapers(agreementLimit: 0)
    let names = Dictionary(group.members.map { ($0.library, $0.name) }) { first, _ in first }
    let visit = Visit(request, account: context.account, groupName: group.name)
    let words = pages.words(in: visit.language)
    var content: [String: Any] = [
      "search": text, "isEmpty": isAsked && found.isEmpty, "hasFound": !found.isEmpty,
      "isTooShort": search.isTooShort,
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

  private func found(_ search: ItemSearch, offset: Int) async throws -> [FoundItem] {
    try await gate.enter {
      try await registry.items(
        search, seenBy: .everybody, offset: offset, limit: HostLimits.rowsPerPage + 1)
    }
  }
}

/// Too many searches at once; it passes by itself.
struct TooManySearches: Error, Hashable {}
