/// What state a copy is in, as a librarian sees it.
package enum NotedCondition: String, CaseIterable, Codable, Sendable {
  case good
  /// Used up but complete: it may go out.
  case worn
  /// Torn, wet, or with pages missing: it waits for repair.
  case damaged
  /// Beyond repair: it waits to be withdrawn.
  case unusable
}
