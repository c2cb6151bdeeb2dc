import FoundationEssentials
import Hummingbird
import NIOCore
import Serving

/// JSON as it comes: what is read is checked before a decoder sees it.
enum JSON {
  private static let decoder = JSONDecoder()

  /// Reads a request's body; fields that are not known are passed over.
  ///
  /// - Throws: `RequestError`, naming the first rule that the body breaks.
  static func body<Value: Decodable>(_ type: Value.Type, of request: Request) async throws -> Value
  {
    let mediaType = request.mediaType
    guard mediaType == "application/json" else { throw RequestError.notJSON(mediaType) }
    let buffer = try await request.body(
      upTo: StationLimits.jsonBytes, within: StationLimits.jsonTime)
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
