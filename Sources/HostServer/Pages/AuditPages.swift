import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Serving

/// What was done at the host, by whom and when: as a page and as a file.
struct AuditPages: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  func add(to router: Router<HostContext>) {
    router.get("/nhat-ky") { request, context in try await show(request, context) }
    router.get("/nhat-ky.csv") { _, _ in try await file() }
  }

  private func show(_ request: Request, _ context: HostContext) async throws -> Response {
    let before = request.uri.queryParameters["truoc"].flatMap { Int64($0) }
    let entries = try await registry.audit(before: before, limit: HostLimits.rowsPerPage + 1)
    let shown = entries.prefix(HostLimits.rowsPerPage)
    let visit = Visit(
      request, account: context.account, groupName: try await registry.groupName())
    let words = pages.words(in: visit.language)
    let older = entries.count > shown.count ? shown.last.map { "/nhat-ky?truoc=\($0.number)" } : nil
    return pages.response(
      "audit", for: visit,
      [
        "entries": shown.map { entry in
          [
            "number": "\(entry.number)", "at": words.moment(entry.atMilliseconds),
            "account": entry.account == AuditEntry.console ? words.term("console") : entry.account,
            "act": words.act(entry.act), "subject": entry.subject, "detail": entry.detail,
          ]
        },
        "isEmpty": shown.isEmpty, "older": older.map { [$0] } ?? [],
      ])
  }

  /// The latest entries, in a form that spreadsheets open.
  private func file() async throws -> Response {
    let entries = try await registry.audit(limit: HostLimits.auditRows)
    let head = ["number", "time", "account", "act", "subject", "detail"]
    let lines = entries.map { entry in
      [
        "\(entry.number)", RFC3339.text(unixMilliseconds: entry.atMilliseconds, offsetMinutes: 420),
        entry.account, entry.act.rawValue, entry.subject, entry.detail,
      ]
    }
    let text = ([head] + lines).map { $0.map(CSVCell.text).joined(separator: ",") + "\r\n" }
    var headers: HTTPFields = [
      .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
    ]
    headers[.contentDisposition] = "attachment; filename=\"nhat-ky.csv\""
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: "\u{FEFF}" + text.joined())))
  }
}

/// One cell of a CSV file (RFC 4180).
enum CSVCell {
  /// Quoted, and never taken for a formula by the spreadsheet that opens it.
  static func text(_ value: String) -> String {
    let isFormula = value.first.map { "=+-@\t\r".contains($0) } ?? false
    let safe = isFormula ? "'" + value : value
    return "\"\(safe.replacing("\"", with: "\"\""))\""
  }
}
