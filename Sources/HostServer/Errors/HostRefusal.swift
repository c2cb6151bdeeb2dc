import Exchange
import HTTPTypes
import Hummingbird
import Labels
import Logging
import Registry
import Serving

/// An error as a caller sees it: the only place where one becomes a status of the host.
struct HostRefusal: Sendable {
  let status: HTTPResponse.Status
  let message: RefusalMessage

  init(_ error: any Error) {
    switch error {
    case let error as ExchangeError:
      status = Self.status(of: error)
      message = RefusalMessage(error)
    case let error as RegistryError:
      status =
        error == .diskFull
        ? .init(code: 507, reasonPhrase: "Insufficient Storage") : .serviceUnavailable
      message = RefusalMessage(error: error.name, advice: error.advice)
    case let error as BodyTooLarge:
      status = .contentTooLarge
      message = RefusalMessage(ExchangeError.tooLarge(limitBytes: error.limitBytes))
    case is NotABatch:
      status = .unsupportedMediaType
      message = RefusalMessage(error: "not-a-batch", advice: Self.notABatch)
    case is WrongMethod:
      status = .methodNotAllowed
      message = RefusalMessage(error: "wrong-method", advice: Self.wrongMethod)
    case let error as any HTTPResponseError where error.status == .notFound:
      status = .notFound
      message = RefusalMessage(error: "no-such-route", advice: Self.noSuchRoute)
    default:
      status = .internalServerError
      message = RefusalMessage(error: "internal", advice: Self.unexpected)
    }
  }

  private static func status(of error: ExchangeError) -> HTTPResponse.Status {
    switch error {
    case .gap, .fork, .wrongEpoch, .superseded, .usedCode: .conflict
    case .badSignature, .unknownStation, .revoked, .wrongCode, .expiredCode: .forbidden
    case .tooManyRequests: .tooManyRequests
    case .tooLarge: .contentTooLarge
    case .badEncoding, .wrongVersion, .unknownPayloadEncoding, .badPacking, .badKey, .badCode,
      .emptyBatch, .tooManyEvents, .brokenChain, .unreadableEvent, .eventOfAnother,
      .receiptOfAnother, .pageOfAnother, .expiredFeed, .feed,
      .notForThisHost:
      .unprocessableContent
    }
  }

  private static func notABatch(in language: Language) -> String {
    switch language {
    case .vietnamese: "Nơi này chỉ nhận những gì trạm gửi. Hãy dùng: lienthong sync."
    case .english: "Only what stations send is taken here. Use: lienthong sync."
    }
  }

  private static func noSuchRoute(in language: Language) -> String {
    switch language {
    case .vietnamese: "Không có địa chỉ này. Xem danh sách ở /openapi.json."
    case .english: "There is no such address. See the list at /openapi.json."
    }
  }

  private static func wrongMethod(in language: Language) -> String {
    switch language {
    case .vietnamese: "Địa chỉ này không nhận cách gọi đó. Xem cách gọi ở /openapi.json."
    case .english: "This address doesn't take that method. See which it takes at /openapi.json."
    }
  }

  private static func unexpected(in language: Language) -> String {
    switch language {
    case .vietnamese:
      "Thư viện chủ trì gặp lỗi ngoài dự tính. Hãy gửi lại; không có gì ghi hai lần."
    case .english: "The host met an unexpected error. Send again; nothing is done twice."
    }
  }
}

/// A body of some other kind than what a station sends there.
struct NotABatch: Error {}

/// Answers with an error's status, name and advice, and logs what the host itself is to blame for.
struct HostErrorAnswers: RouterMiddleware {
  typealias Context = HostContext

  func handle(
    _ request: Request, context: HostContext,
    next: @concurrent (Request, HostContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let refusal = HostRefusal(error)
      if refusal.status.kind == .serverError {
        context.logger.error(
          "Request failed",
          metadata: ["error": "\(refusal.message.error)", "type": "\(type(of: error))"])
      }
      var response = try JSONAnswer.response(refusal.message, status: refusal.status)
      if let error = error as? WrongMethod { response.headers[.allow] = error.allowed }
      return response
    }
  }
}
