import Glibc

/// Whether a file is there, as far as this user may know.
package enum FilePresence: Sendable {
  case there
  case absent
  /// A folder on the way may not be looked into.
  case hidden

  package init(_ path: String) {
    if access(path, F_OK) == 0 {
      self = .there
    } else {
      self = errno == ENOENT || errno == ENOTDIR ? .absent : .hidden
    }
  }
}
