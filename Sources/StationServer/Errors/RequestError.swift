import FoundationEssentials
import Labels

/// What is wrong with a request itself: a rule of the API, not of the library.
enum RequestError: Error, Hashable, Sendable {
  /// The body is said to be something else than JSON.
  case notJSON(String)
  case badUTF8
  /// The body nests deeper than any real one.
  case tooDeep
  case malformedJSON
  case missingField(String)
  case badField(String)
  case fieldTooLong(String, limitBytes: Int)
  /// The operation is no UUID.
  case badOperation
  case unknownKind(String)
  case bodyTooLarge(limit: Int)
  /// The body is said to be something else than a picture.
  case notAPicture(String)
  /// The body is said to be something else than a list.
  case notAList(String)
  /// The body is said to be something else than a statement's text.
  case notText(String)
  /// The request comes from a page of somebody else.
  case foreignOrigin
  /// The request asks for a name that is not this machine's.
  case foreignHost
  /// One address of the network asks too much.
  case tooManyRequests
  /// The body did not arrive in time.
  case bodyTooSlow
  /// Nobody has signed in, and the route is not for everybody.
  case signInNeeded
  /// Whoever has signed in may not do this.
  case roleNeeded
  case busy
  case tooManyListeners
  case noSuchRoute
  /// The address is there, and takes another method.
  case wrongMethod

  /// Names the field that a decoder stumbled over.
  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, _): self = .missingField(key.stringValue)
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      guard let field = context.codingPath.last?.stringValue else {
        self = .malformedJSON
        return
      }
      self = .badField(field)
    default: self = .malformedJSON
    }
  }

  /// The error's name: stable, for programs.
  var name: String {
    switch self {
    case .notJSON: "not-json"
    case .badUTF8: "bad-utf8"
    case .tooDeep: "too-deep"
    case .malformedJSON: "malformed-json"
    case .missingField: "missing-field"
    case .badField: "bad-field"
    case .fieldTooLong: "field-too-long"
    case .badOperation: "bad-operation"
    case .unknownKind: "unknown-kind"
    case .bodyTooLarge: "body-too-large"
    case .notAPicture: "not-a-picture"
    case .notAList: "not-a-list"
    case .notText: "not-text"
    case .foreignOrigin: "foreign-origin"
    case .foreignHost: "foreign-host"
    case .tooManyRequests: "too-many-requests"
    case .bodyTooSlow: "body-too-slow"
    case .signInNeeded: "sign-in-needed"
    case .roleNeeded: "role-needed"
    case .busy: "busy"
    case .tooManyListeners: "too-many-listeners"
    case .noSuchRoute: "no-such-route"
    case .wrongMethod: "wrong-method"
    }
  }

  /// What is wrong and what to do next.
  func advice(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseAdvice
    case .english: englishAdvice
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .notJSON: "Hãy gửi nội dung dạng application/json."
    case .badUTF8: "Nội dung có byte không phải UTF-8. Hãy kiểm tra bảng mã rồi gửi lại."
    case .tooDeep:
      "JSON lồng quá \(StationLimits.jsonDepth) tầng. Hãy gửi đúng mẫu trong openapi.json."
    case .malformedJSON: "JSON không đúng. Hãy gửi đúng mẫu trong openapi.json."
    case .missingField(let field):
      "Thiếu trường \(field.prefix(40)). Hãy gửi đúng mẫu trong openapi.json."
    case .badField(let field):
      "Trường \(field.prefix(40)) sai kiểu. Hãy gửi đúng mẫu trong openapi.json."
    case .fieldTooLong(let field, let limit):
      "Trường \(field) dài quá \(limit) byte. Hãy viết gọn lại."
    case .badOperation: "Trường operation phải là một UUID, giữ nguyên khi gửi lại."
    case .unknownKind(let kind):
      "Không có loại tài liệu \(kind.prefix(20)). Hãy chọn trong danh sách."
    case .bodyTooLarge(let limit): "Nội dung lớn quá \(limit) byte. Hãy gửi ít hơn."
    case .notAList: "Hãy gửi tệp CSV, Content-Type text/csv."
    case .notText: "Hãy gửi tệp đối chiếu, Content-Type text/plain."
    case .notAPicture: "Hãy gửi ảnh PNG hoặc JPEG, ghi đúng Content-Type."
    case .foreignOrigin: "Yêu cầu đến từ trang khác. Hãy mở trang của chính trạm này."
    case .foreignHost:
      "Địa chỉ này không phải của trạm. Hãy mở trang bằng tên máy hoặc số IP của trạm."
    case .tooManyRequests: "Máy này hỏi nhiều quá. Hãy đợi vài giây rồi làm tiếp."
    case .bodyTooSlow: "Nội dung gửi quá chậm. Hãy kiểm tra mạng rồi gửi lại."
    case .signInNeeded: "Việc này cần thủ thư đăng nhập."
    case .roleNeeded: "Tài khoản này không được làm việc này. Hãy nhờ người quản trị."
    case .busy: "Trạm đang bận. Hãy đợi một giây rồi gửi lại."
    case .tooManyListeners: "Có quá nhiều trang đang mở. Hãy đóng bớt trang không dùng."
    case .noSuchRoute: "Không có địa chỉ này. Danh sách ở /api/v1/openapi.json."
    case .wrongMethod: "Địa chỉ này không nhận cách gọi đó. Xem /api/v1/openapi.json."
    }
  }

  private var englishAdvice: String {
    switch self {
    case .notJSON: "Send the body as application/json."
    case .badUTF8: "The body has bytes that are not UTF-8. Check its encoding and send it again."
    case .tooDeep:
      "The JSON nests deeper than \(StationLimits.jsonDepth). Send the form given in openapi.json."
    case .malformedJSON: "This is not JSON. Send the form given in openapi.json."
    case .missingField(let field):
      "The field \(field.prefix(40)) is missing. Send the form given in openapi.json."
    case .badField(let field):
      "The field \(field.prefix(40)) is of the wrong type. Send the form given in openapi.json."
    case .fieldTooLong(let field, let limit):
      "The field \(field) is longer than \(limit) bytes. Shorten it."
    case .badOperation: "The field operation must be a UUID, the same at every attempt."
    case .unknownKind(let kind): "There is no kind \(kind.prefix(20)). Choose one of the list."
    case .bodyTooLarge(let limit): "The body has more than \(limit) bytes. Send less."
    case .notAList: "Send a CSV file with the Content-Type text/csv."
    case .notText: "Send a statement's file with the Content-Type text/plain."
    case .notAPicture: "Send a PNG or a JPEG picture with its Content-Type."
    case .foreignOrigin: "The request comes from another page. Open this station's own page."
    case .foreignHost:
      "This address is not the station's. Open the page by the machine's name or number."
    case .tooManyRequests: "This machine asks too much. Wait some seconds, then go on."
    case .bodyTooSlow: "The body came too slowly. Check the network and send it again."
    case .signInNeeded: "The librarian has to sign in for this."
    case .roleNeeded: "This account may not do this. Ask an administrator."
    case .busy: "The station is busy. Wait a second and send it again."
    case .tooManyListeners: "Too many pages are open. Close those that nobody uses."
    case .noSuchRoute: "There is no such address. They are listed in /api/v1/openapi.json."
    case .wrongMethod: "This address doesn't take that method. See /api/v1/openapi.json."
    }
  }
}
