import Capture
import Circulation
import Credentials
import Desk
import HTTPTypes
import Hummingbird
import Journal
import Labels
import Lists
import Printing
import Rotation
import Serving

/// An error as a caller sees it: the only place where one becomes a status.
struct APIError: Error, Sendable {
  let status: HTTPResponse.Status
  let body: Body

  /// What every error answers with; `openapi.json` describes it as `Error`.
  struct Body: Encodable, Sendable {
    /// Stable, for programs.
    let error: String
    /// For the person at the screen.
    let advice: Words
    /// For a refusal: whether it may be done all the same, with a reason.
    var overridable: Bool?
    /// For a refusal: the words for a child and those for the librarian.
    var words: [String: Words]?
    /// For a number that several items carry: the items.
    var choices: [Answer.Item]?
    /// For an item that is odd to pack: the name of each warning.
    var warnings: [String]?
  }

  init(_ error: any Error) {
    switch error {
    case let error as APIError: self = error
    case let error as Refusal: self.init(error)
    case let error as BoxRefusal: self.init(.conflict, error.rule) { error.words(in: $0) }
    case let error as ManifestError: self.init(.conflict, error.rule) { error.words(in: $0) }
    case let error as TermRefusal:
      self.init(error.isSlip ? .unprocessableContent : .conflict, error.rule) {
        error.words(in: $0)
      }
    case let error as PrintingError:
      self.init(Self.status(of: error), error.name) { error.advice(in: $0) }
    case let error as PackingStopped: self.init(error)
    case let error as ChildRefusal: self.init(error)
    case let error as AmbiguousItem: self.init(error)
    case let error as AccessError:
      self.init(Self.status(of: error), error.name) { error.advice(in: $0) }
    case let error as PrivacyError:
      self.init(.unprocessableContent, error.name) { error.advice(in: $0) }
    case let error as BadSettings:
      self.init(.unprocessableContent, "bad-settings") { error.advice(in: $0) }
    case is BodyTooSlow: self.init(RequestError.bodyTooSlow)
    case is ForeignOrigin: self.init(RequestError.foreignOrigin)
    case is TooManySignIns: self.init(RequestError.busy)
    case let error as DeskError:
      self.init(.unprocessableContent, error.name) { error.advice(in: $0) }
    case let error as ListError:
      self.init(.unprocessableContent, error.name) { error.advice(in: $0) }
    case let error as JournalError:
      self.init(Self.status(of: error), error.name) { error.advice(in: $0) }
    case let error as BodyTooLarge:
      self.init(RequestError.bodyTooLarge(limit: error.limitBytes))
    case let error as UploadError:
      self.init(Self.status(of: error), Self.name(of: error)) { error.advice(in: $0) }
    case let error as RequestError:
      self.init(Self.status(of: error), error.name) { error.advice(in: $0) }
    case is WrongMethod: self.init(RequestError.wrongMethod)
    case let error as any HTTPResponseError where error.status == .notFound:
      self.init(RequestError.noSuchRoute)
    default: self.init(.internalServerError, "internal", advice: Self.unexpected)
    }
  }

  private init(
    _ status: HTTPResponse.Status, _ name: String, advice: (Language) -> String
  ) {
    self.status = status
    body = Body(error: name, advice: Words(advice))
  }

  private init(_ refusal: Refusal) {
    status = .conflict
    body = Body(
      error: refusal.rule, advice: Words { refusal.words(for: .librarian, in: $0) },
      overridable: refusal.isOverridable,
      words: Dictionary(
        uniqueKeysWithValues: Audience.allCases.map { audience in
          (audience.rawValue, Words { refusal.words(for: audience, in: $0) })
        }))
  }

  /// What is odd about an item; it may be packed all the same.
  private init(_ error: PackingStopped) {
    status = .conflict
    body = Body(
      error: error.warnings.first?.name ?? "odd-item",
      advice: Words { language in
        error.warnings.map { $0.words(in: language) }.joined(separator: " ")
      }, overridable: true, warnings: error.warnings.map(\.name))
  }

  /// What a pupil may read: neither the words nor the body name a debt.
  private init(_ error: ChildRefusal) {
    let words = Words { error.refusal.words(for: .child, in: $0) }
    status = .conflict
    body = Body(
      error: error.refusal.rule, advice: words, overridable: error.refusal.isOverridable,
      words: [Audience.child.rawValue: words])
  }

  private init(_ error: AmbiguousItem) {
    let cause = DeskError.ambiguousItem(error.choices.map(\.item))
    status = .unprocessableContent
    body = Body(
      error: cause.name, advice: Words { cause.advice(in: $0) },
      choices: error.choices.map { Answer.Item($0) })
  }

  private static func status(of error: JournalError) -> HTTPResponse.Status {
    switch error {
    case .diskFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
    case .operationReused: .conflict
    case .unrecordable: .unprocessableContent
    case .noStation, .stationExists, .newerVersion, .olderVersion, .notReadable, .notWritable,
      .inUse, .busy,
      .storageFailed,
      .damaged, .badKeyFile, .noNextEpoch, .laterEpoch, .notContinuous:
      .serviceUnavailable
    }
  }

  private static func status(of error: PrintingError) -> HTTPResponse.Status {
    switch error {
    case .codeTooLarge, .tooLong: .conflict
    case .badCode, .failed: .internalServerError
    }
  }

  private static func status(of error: AccessError) -> HTTPResponse.Status {
    switch error {
    case .wrongPassword: .forbidden
    case .lockedOut: .tooManyRequests
    case .badAccountName, .weakPassword, .noSuchAccount, .lastAdministrator,
      .lastCoordinator:
      .unprocessableContent
    }
  }

  private static func status(of error: UploadError) -> HTTPResponse.Status {
    switch error {
    case .tooManyBytes: .contentTooLarge
    case .unusablePicture: .unprocessableContent
    case .busy: .serviceUnavailable
    }
  }

  private static func name(of error: UploadError) -> String {
    switch error {
    case .tooManyBytes: "body-too-large"
    case .unusablePicture: "unusable-picture"
    case .busy: "busy"
    }
  }

  private static func status(of error: RequestError) -> HTTPResponse.Status {
    switch error {
    case .notJSON, .notAPicture, .notAList, .notText: .unsupportedMediaType
    case .badUTF8, .tooDeep, .malformedJSON, .missingField, .badField, .badOperation: .badRequest
    case .fieldTooLong, .unknownKind: .unprocessableContent
    case .bodyTooLarge: .contentTooLarge
    case .foreignOrigin, .roleNeeded: .forbidden
    case .foreignHost: .misdirectedRequest
    case .tooManyRequests: .tooManyRequests
    case .bodyTooSlow: .requestTimeout
    case .signInNeeded: .unauthorized
    case .busy, .tooManyListeners: .serviceUnavailable
    case .noSuchRoute: .notFound
    case .wrongMethod: .methodNotAllowed
    }
  }

  private static func unexpected(in language: Language) -> String {
    switch language {
    case .vietnamese: "Trạm gặp lỗi ngoài dự tính. Hãy làm lại; việc đã ghi không bị ghi hai lần."
    case .english: "The station met an unexpected error. Try again; nothing is done twice."
    }
  }
}

/// A number that several items carry, with what is needed to choose one.
struct AmbiguousItem: Error {
  let choices: [ItemSummary]
}
