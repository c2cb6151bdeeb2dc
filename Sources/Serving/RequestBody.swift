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
  /// The clock is looked at as each piece comes: a timer for each request would cost more than
  /// reading it. A caller who sends nothing more at all is cut off by the connection's idle limit.
  /// - Throws: `BodyTooLarge`, or `BodyTooSlow` when the time is over.
  package func body(upTo limit: Int, within time: Duration) async throws -> ByteBuffer {
    try refuseWhenTooLong(limit)
    let end = ContinuousClock.now + time
    var whole = ByteBuffer()
    for try await piece in body {
      guard whole.readableBytes + piece.readableBytes <= limit else {
        throw BodyTooLarge(limitBytes: limit)
      }
      guard ContinuousClock.now < end else { throw BodyTooSlow() }
      if whole.readableBytes == 0 { whole = piece } else { whole.writeImmutableBuffer(piece) }
    }
    return whole
  }

  /// Collects the body, refusing one that is too long before it is read where it says so itself.
  package func body(upTo limit: Int) async throws -> ByteBuffer {
    try refuseWhenTooLong(limit)
    do {
      return try await body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw BodyTooLarge(limitBytes: limit)
    }
  }

  private func refuseWhenTooLong(_ limit: Int) throws {
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw BodyTooLarge(limitBytes: limit)
    }
  }

  /// As programs write them, so that there is nothing to make of them.
  private static let usualMediaTypes: Set = ["application/json"]

  /// The body's type and subtype in lower case, without parameters; empty where there is none.
  package var mediaType: String {
    let field = headers[.contentType] ?? ""
    if Self.usualMediaTypes.contains(field) { return field }
    return field.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
  }
}
