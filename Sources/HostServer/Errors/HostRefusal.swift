import Credentials
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
      status = Self.status(of: error)
      message = RefusalMessage(error: error.name, advice: error.advice)
    case let error as BodyTooLarge:
      status = .contentTooLarge
      message = RefusalMessage(ExchangeError.tooLarge(limitBytes: error.limitBytes))
    case let error as AccessError:
      status = Self.status(of: error)
      message = RefusalMessage(error: error.name, advice: error.advice)
    case let error as DecisionError:
      status = error == .noSuchConflict ? .notFound : .conflict
      message = RefusalMessage(error: error.name, advice: error.advice)
    case let error as QuarantineError:
      status = Self.status(of: error)
      message = RefusalMessage(error: error.name, advice: error.advice)
    case let error as FormError:
      status = error == .notAForm ? .unsupportedMediaType : .unprocessableContent
      message = RefusalMessage(error: error.name, advice: error.advice)
    case is SignInNeeded:
      status = .unauthorized
      message = RefusalMessage(error: "sign-in-needed", advice: Self.signInNeeded)
    case is RoleNeeded:
      status = .forbidden
      message = RefusalMessage(error: "role-needed", advice: Self.roleNeeded)
    case is ForeignOrigin:
      status = .forbidden
      message = RefusalMessage(error: "foreign-origin", advice: Self.foreignOrigin)
    case is TooManySignIns:
      status = .serviceUnavailable
      message = RefusalMessage(error: "busy", advice: Self.busy)
    case is TooManySearches:
      status = .serviceUnavailable
      message = RefusalMessage(error: "busy", advice: Self.busySearching)
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

  private static func status(of error: RegistryError) -> HTTPResponse.Status {
    switch error {
    case .diskFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
    case .noSuchMember, .tooManyStations, .agreementTooLong, .cannotBeTold: .unprocessableContent
    default: .serviceUnavailable
    }
  }

  private static func status(of error: QuarantineError) -> HTTPResponse.Status {
    switch error {
    case .nothingThere: .notFound
    case .doesNotFollow, .cameAgain, .alreadyDecided: .conflict
    case .reasonMissing, .reasonTooLong, .noneChosen: .unprocessableContent
    }
  }

  private static func status(of error: AccessError) -> HTTPResponse.Status {
    switch error {
    case .wrongPassword: .forbidden
    case .lockedOut: .tooManyRequests
    case .badAccountName, .weakPassword, .noSuchAccount, .lastAdministrator, .lastCoordinator:
      .unprocessableContent
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

  private static func signInNeeded(in language: Language) -> String {
    switch language {
    case .vietnamese: "Trang này cần đăng nhập. Hãy mở /dang-nhap."
    case .english: "Somebody has to sign in for this. Open /dang-nhap."
    }
  }

  private static func roleNeeded(in language: Language) -> String {
    switch language {
    case .vietnamese: "Tài khoản này không được làm việc này. Hãy nhờ người điều phối."
    case .english: "This account may not do this. Ask a coordinator."
    }
  }

  private static func foreignOrigin(in language: Language) -> String {
    switch language {
    case .vietnamese: "Yêu cầu đến từ trang khác. Hãy mở trang của chính thư viện chủ trì."
    case .english: "The request comes from another page. Open the host's own page."
    }
  }

  private static func busy(in language: Language) -> String {
    switch language {
    case .vietnamese: "Nhiều người đang đăng nhập cùng lúc. Hãy đợi một giây rồi thử lại."
    case .english: "Many people sign in at once. Wait a second and try again."
    }
  }

  private static func busySearching(in language: Language) -> String {
    switch language {
    case .vietnamese: "Nhiều người đang tra cứu cùng lúc. Hãy đợi một giây rồi thử lại."
    case .english: "Many people search at once. Wait a second and try again."
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

extension FormError {
  /// The error's name: stable, for programs.
  var name: String {
    switch self {
    case .notAForm: "not-a-form"
    case .badField: "bad-field"
    }
  }

  /// What went wrong and what to do next, for the person at the screen.
  func advice(in language: Language) -> String {
    switch (self, language) {
    case (.notAForm, .vietnamese): "Hãy gửi mẫu trên trang của thư viện chủ trì."
    case (.notAForm, .english): "Send the form of the host's own page."
    case (.badField, .vietnamese): "Có ô để trống, quá dài hoặc sai. Hãy xem lại rồi gửi lại."
    case (.badField, .english): "A field is empty, too long or wrong. Look at it and send again."
    }
  }
}

/// Answers with an error's status, name and advice, and logs what the host itself is to blame for.
///
/// A program gets JSON; a person gets a page, or the sign-in where that is what lacks.
struct HostErrorAnswers: RouterMiddleware {
  typealias Context = HostContext

  let pages: HostPages

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
      var response =
        request.wantsPage
        ? pages.answer(to: error, refusal, request)
        : try JSONAnswer.response(refusal.message, status: refusal.status)
      if let error = error as? WrongMethod { response.headers[.allow] = error.allowed }
      return response
    }
  }
}

extension Request {
  /// Whether a browser asks for a page.
  fileprivate var wantsPage: Bool { headers[.accept]?.contains("text/html") == true }
}
