import Desk
import HTTPTypes
import Hummingbird
import Journal
import Labels
import Ledger
import NIOCore
import Printing
import Rotation
import Serving

/// The end of a term: added up, closed, signed by both schools; and minutes of all kinds.
struct TermRoutes: Sendable {
  let desk: Desk
  let live: LiveState

  private static let mediaTypes: Set<String> = ["text/plain", "application/octet-stream"]

  func add(to group: RouterGroup<StationContext>) {
    group.get("reconciliation") { request, _ in
      try JSONAnswer.response(answer(try await desk.termReport(of: term(request))))
    }
    group.get("reconciliation/items") { request, _ in
      let sum = try await desk.termLines(of: term(request))
      return file(TermList(sum: sum).csv, "text/csv; charset=utf-8")
    }
    group.post("reconciliation/closings") { request, _ in
      let posted = try await JSON.body(Posted.TermClosing.self, of: request)
      let report = try await desk.closeTerm(posted.term, as: try posted.named())
      live.mayHaveChanged()
      return try JSONAnswer.response(answer(report))
    }
    group.get("reconciliation/statement") { request, _ in
      guard let term = term(request) else { throw RequestError.missingField("term") }
      let content = try await desk.statementFile(of: term)
      return file(Array(content.utf8), "text/plain; charset=utf-8")
    }
    group.post("reconciliation/signatures") { request, _ in try await sign(request) }
    group.get("minutes") { request, _ in try await minutes(request) }
  }

  private func term(_ request: Request) -> String? {
    request.uri.queryParameters["term"].map { String($0) }
  }

  private func answer(_ report: TermReport) -> Answer.Reconciliation {
    Answer.Reconciliation(report, offsetMinutes: desk.settings.offsetMinutes)
  }

  private func file(_ bytes: [UInt8], _ type: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Takes a statement's file: another school's is signed, this one's own brings signatures home.
  private func sign(_ request: Request) async throws -> Response {
    guard Self.mediaTypes.contains(request.mediaType) else {
      throw RequestError.notText(request.mediaType)
    }
    let parameters = request.uri.queryParameters
    guard let text = parameters["operation"], let id = OperationID(String(text)) else {
      throw RequestError.badOperation
    }
    let buffer = try await request.body(
      upTo: Desk.longestStatement, within: StationLimits.pictureTime)
    guard let content = String(validating: buffer.readableBytesView, as: UTF8.self) else {
      throw RequestError.badUTF8
    }
    let outcome = try await desk.takeStatement(
      content, acceptsDifferences: parameters["differences"] == "accepted",
      as: NamedOperation(id: id, device: "statement"))
    live.mayHaveChanged()
    return try JSONAnswer.response(Answer.SignedStatement(outcome, at: desk.library))
  }

  private func minutes(_ request: Request) async throws -> Response {
    let minutes = try await MinutesPrinter(desk: desk).minutes(minutesRequest(request))
    let format = request.uri.queryParameters["format"] ?? "pdf"
    switch format {
    case "pdf": return file(try minutes.pdf(), "application/pdf")
    case "csv": return file(minutes.csv, "text/csv; charset=utf-8")
    default: throw RequestError.badField("format")
    }
  }

  private func minutesRequest(_ request: Request) throws(RequestError) -> MinutesRequest {
    let parameters = request.uri.queryParameters
    func value(_ name: String) throws(RequestError) -> String {
      guard let value = parameters[Substring(name)] else { throw .missingField(name) }
      return String(value)
    }
    func library(_ name: String) throws(RequestError) -> LibraryCode {
      guard let library = try? LibraryCode(try value(name)) else { throw .badField(name) }
      return library
    }
    switch try value("kind") {
    case "handover": return .handover(box: try value("box"))
    case "stage":
      guard let stage = StageReference(try value("stage")) else { throw .badField("stage") }
      let way = StageWay(from: try library("from"), to: try library("to"))
      return .stage(stage, way)
    case "stock":
      guard let session = OperationID(try value("session")) else { throw .badField("session") }
      return .stock(session: session)
    case "term": return .term(try value("term"))
    default: throw .badField("kind")
    }
  }
}
