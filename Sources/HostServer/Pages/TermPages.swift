import Circulation
import HTTPTypes
import Hummingbird
import Labels
import Ledger
import NIOCore
import Registry
import Rotation
import Serving

/// The end of a term over the group: each library's sum, what went between two, what is open, and
/// what is still waited for.
struct TermPages: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  private static let path = "/doi-chieu"

  func add(to router: Router<HostContext>) {
    router.get("/doi-chieu") { request, context in try await show(request, context) }
    router.get("/doi-chieu.csv") { request, _ in
      let choice = TermChoice(request)
      let group = try await registry.reconciliation(of: choice.term)
      let list = ReconciliationList(group, pair: choice.pair(in: group))
      var headers: HTTPFields = [
        .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
      ]
      headers[.contentDisposition] = "attachment; filename=\"\(list.fileName)\""
      return Response(
        status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: list.csv)))
    }
    router.get("/api/v1/reconciliation") { request, _ in
      let group = try await registry.reconciliation(of: TermChoice(request).term)
      let page = Pager(request)
      return try JSONAnswer.response(
        ReconciliationAnswer(group, offset: page.offset, limit: HostLimits.rowsPerPage))
    }
  }

  private func show(_ request: Request, _ context: HostContext) async throws -> Response {
    let choice = TermChoice(request)
    let group = try await registry.reconciliation(of: choice.term)
    let pair = choice.pair(in: group)
    let pager = Pager(request)
    let overview = try await registry.overview()
    let visit = Visit(request, account: context.account, groupName: overview.groupName)
    let names = Dictionary(
      overview.stations.map { ($0.enrolment.station.library, $0.enrolment.libraryName) }
    ) { first, _ in first }
    let view = TermView(
      group: group, pair: pair, names: names, words: pages.words(in: visit.language))
    let open = view.differences
    let shown = Array(open.dropFirst(pager.offset).prefix(HostLimits.rowsPerPage))
    let events = try await registry.events(shown.flatMap(\.events))
    var content = view.content
    content["open"] = shown.map { view.row(for: $0, events) }
    content["openCount"] = "\(open.count)"
    content["hasOpen"] = !open.isEmpty
    if let pair {
      content["isPair"] = true
      content["passages"] = try await registry.disputedPassages(of: group.term, between: pair)
        .map(view.row)
    }
    content.merge(
      pager.links(
        Self.path, choice.query(for: group),
        hasMore: open.count > pager.offset + HostLimits.rowsPerPage)
    ) { $1 }
    content["csv"] = Link.to("\(Self.path).csv", choice.query(for: group))
    return pages.response("reconciliation", for: visit, content)
  }
}

/// Which term is asked for, and between which two libraries.
struct TermChoice: Sendable {
  let term: Term?
  private let one: LibraryCode?
  private let other: LibraryCode?

  init(_ request: Request) {
    let query = request.uri.queryParameters
    term = query["ky"].flatMap { Term($0) }
    one = query["a"].flatMap { try? LibraryCode($0) }
    other = query["b"].flatMap { try? LibraryCode($0) }
  }

  /// The pair, where two libraries of the sum are named.
  func pair(in group: GroupReconciliation) -> LibraryPair? {
    guard let one, let other, one != other, group.libraries.contains(one),
      group.libraries.contains(other)
    else { return nil }
    return LibraryPair(one, other)
  }

  func query(for group: GroupReconciliation) -> [(String, String)] {
    [("ky", "\(group.term)"), ("a", one?.text ?? ""), ("b", other?.text ?? "")]
  }
}
