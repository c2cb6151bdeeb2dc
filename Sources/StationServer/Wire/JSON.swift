import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// JSON in and out: what is read is checked before a decoder sees it.
enum JSON {
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
  private static let decoder = JSONDecoder()

  /// Reads a request's body; fields that are not known are passed over.
  ///
  /// - Throws: `RequestError`, naming the first rule that the body breaks.
  static func body<Value: Decodable>(_ type: Value.Type, of request: Request) async throws -> Value
  {
    let mediaType = MediaType.essence(of: request)
    guard mediaType == "application/json" else { throw RequestError.notJSON(mediaType) }
    let buffer = try await request.body(upTo: StationLimits.jsonBytes)
    return try decode(type, from: Array(buffer.readableBytesView))
  }

  static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8]
  ) throws(RequestError) -> Value {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .badUTF8 }
    guard depth(of: bytes) <= StationLimits.jsonDepth else { throw .tooDeep }
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw RequestError(error)
    } catch {
      throw .malformedJSON
    }
  }

  static func encode(_ value: some Encodable) throws -> [UInt8] {
    Array(try encoder.encode(value))
  }

  static func response(
    _ value: some Encodable, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    let bytes = try encode(value)
    return Response(
      status: status,
      headers: [
        .contentType: "application/json; charset=utf-8", .contentLength: "\(bytes.count)",
        .cacheControl: "no-store",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// How deep arrays and objects nest, so that a decoder's recursion is never put to the test.
  private static func depth(of bytes: [UInt8]) -> Int {
    var (depth, deepest) = (0, 0)
    var (isInString, isEscaped) = (false, false)
    for byte in bytes {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return deepest
  }
}

/// What a request says that its body is.
enum MediaType {
  /// The type and subtype in lower case, without parameters; empty where there is none.
  static func essence(of request: Request) -> String {
    let field = request.headers[.contentType] ?? ""
    let essence = field.prefix { $0 != ";" }
    return essence.filter { !$0.isWhitespace }.lowercased()
  }
}

extension Request {
  /// Collects the body, refusing one that is too long before it is read where it says so itself.
  func body(upTo limit: Int) async throws -> ByteBuffer {
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw RequestError.bodyTooLarge(limit: limit)
    }
    do {
      return try await body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw RequestError.bodyTooLarge(limit: limit)
    }
  }
}
