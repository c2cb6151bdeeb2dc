package import Hummingbird
package import NIOCore

/// A body that is longer than is allowed.
package struct BodyTooLarge: Error, Hashable, Sendable {
  package let limitBytes: Int

  package init(limitBytes: Int) {
    self.limitBytes = limitBytes
  }
}

extension Request {
  /// Collects the body, refusing one that is too long before it is read where it says so itself.
  package func body(upTo limit: Int) async throws -> ByteBuffer {
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw BodyTooLarge(limitBytes: limit)
    }
    do {
      return try await body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw BodyTooLarge(limitBytes: limit)
    }
  }

  /// The body's type and subtype in lower case, without parameters; empty where there is none.
  package var mediaType: String {
    let field = headers[.contentType] ?? ""
    return field.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
  }
}
