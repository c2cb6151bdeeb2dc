package import Hummingbird
package import NIOCore

/// A body that is longer than is allowed.
package struct BodyTooLarge: Error, Hashable, Sendable {
  package let limitBytes: Int

  package init(limitBytes: Int) {
    self.limitBytes = limitBytes
  }
}

/// A body that took longer to arrive than is allowed.
package struct BodyTooSlow: Error, Hashable, Sendable {
  package init() {}
}

extension Request {
  /// Collects the body within a time, so that a caller who trickles can't hold a place for ever.
  ///
  /// - Throws: `BodyTooLarge`, or `BodyTooSlow` when the time is over.
  package func body(upTo limit: Int, within time: Duration) async throws -> ByteBuffer {
    try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
      group.addTask { try await self.body(upTo: limit) }
      group.addTask {
        try await Task.sleep(for: time)
        throw BodyTooSlow()
      }
      defer { group.cancelAll() }
      guard let body = try await group.next() else { throw BodyTooSlow() }
      return body
    }
  }

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
