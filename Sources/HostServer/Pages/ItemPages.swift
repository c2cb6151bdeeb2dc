import Circulation
import Hummingbird
import Labels
import Ledger
import Registry

/// Where every item is: by place, and by a label, a number or a title.
struct ItemPages: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  private static let path = "/sach"
  /// Letters of what is looked for that are read.
  private static let longestSearch = 100

  func add(to router: Router<HostContext>) {
    router.get("/sach") { request, context in try await show(request, context) }
  }

  private func show(_ request: Request, _ context: HostContext) async throws -> Response {
    // A form that a browser sends by its address writes a space as a plus, as one in a body does.
    let query = HostForm(text: request.uri.query ?? "")
    let search = ItemSearch(
      text: String(query.text("tim").prefix(Self.longestSearch)),
      place: Place(query.text("noi"))?.text)
    let pager = Pager(request)
    let isAsked = !search.text.isEmpty || search.place != nil
    let found =
      isAsked
      ? try await registry.items(
        search, seenBy: .role(context.account?.role ?? .cataloguer), offset: pager.offset,
        limit: HostLimits.rowsPerPage + 1) : []
    let overview = try await registry.overview()
    let visit = Visit(request, account: context.account, groupName: overview.groupName)
    let words = pages.words(in: visit.language)
    var content: [String: Any] = [
      "search": search.text, "isAsked": isAsked, "isEmpty": isAsked && found.isEmpty,
      "hasFound": !found.isEmpty,
      "found": found.prefix(HostLimits.rowsPerPage).map { row($0, words) },
      "places": places(overview.balances, chosen: search.place, words),
      "placeName": search.place.map { [words.place(named: $0)] } ?? [],
    ]
    content.merge(
      pager.links(
        Self.path, [("tim", search.text), ("noi", search.place ?? "")],
        hasMore: found.count > HostLimits.rowsPerPage)
    ) { $1 }
    return pages.response("items", for: visit, content)
  }

  private func row(_ item: FoundItem, _ words: HostWords) -> [String: String] {
    let holding = item.held.holding
    return [
      "item": holding.item.text, "title": item.title ?? words.term("title-unknown"),
      "place": words.place(holding.place), "due": holding.loan?.due.vietnameseText ?? "",
      "last": item.held.lastEvent.description,
    ]
  }

  private func places(
    _ balances: [Place: Int], chosen: String?, _ words: HostWords
  ) -> [[String: Any]] {
    balances.filter { $0.key != .outside }.sorted { $0.key.text < $1.key.text }.map {
      [
        "value": $0.key.text, "name": words.place($0.key), "items": "\($0.value)",
        "link": Link.to(Self.path, [("noi", $0.key.text)]), "isChosen": $0.key.text == chosen,
      ]
    }
  }
}
