import Capture
import Circulation
import Desk
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Labels
import Serving
import Testing

@testable import StationServer

@Suite("Where an error becomes a status")
struct ErrorSeamTests {
  static let cases: [(any Error, Int, String)] = [
    (Refusal.unknownCard, 409, "unknown-card"),
    (DeskError.kindMissing, 422, "kind-missing"),
    (DeskError.unreadableLabel(.empty), 422, "unreadable-label"),
    (JournalError.diskFull, 507, "disk-full"),
    (JournalError.operationReused, 409, "operation-reused"),
    (JournalError.notWritable(folder: "data"), 503, "not-writable"),
    (JournalError.storageFailed("I/O error"), 503, "storage-failed"),
    (JournalError.damaged("table items"), 503, "damaged"),
    (UploadError.busy, 503, "busy"),
    (UploadError.tooManyBytes(1 << 30), 413, "body-too-large"),
    (RequestError.foreignOrigin, 403, "foreign-origin"),
    (HTTPError(.notFound), 404, "no-such-route"),
    (CancellationError(), 500, "internal"),
  ]

  @Test("gives each kind of error its status, its name and advice", arguments: cases)
  func status(error: any Error, code: Int, name: String) {
    let answer = APIError(error)
    #expect(answer.status.code == code)
    #expect(answer.body.error == name)
    #expect(!answer.body.advice.vi.isEmpty)
    #expect(!answer.body.advice.en.isEmpty)
  }

  @Test("turns requests away while as many as are allowed are being worked on")
  func busy() async throws {
    let router = Router(context: StationContext.self)
    router.add(middleware: ErrorResponses())
    router.add(middleware: RequestLimit(1))
    let (entered, enter) = AsyncStream.makeStream(of: Void.self)
    let (left, leave) = AsyncStream.makeStream(of: Void.self)
    router.get("slow") { _, _ in
      enter.finish()
      for await _ in left {}
      return HTTPResponse.Status.ok
    }
    try await Application(router: router, logger: LogCapture().logger).test(.router) { client in
      async let first = client.execute(uri: "/slow", method: .get)
      for await _ in entered {}
      let second = try await client.execute(uri: "/slow", method: .get)
      #expect(second.status == .serviceUnavailable)
      #expect(second.headers[.retryAfter] == "1")
      leave.finish()
      #expect(try await first.status == .ok)
      #expect(try await client.execute(uri: "/slow", method: .get).status == .ok)
    }
  }
}
