import Glibc

/// A new store that is made under another name and moved to its place once it is whole.
///
/// So a power cut, a full disk or a kill leaves a whole store or none, and setting up may simply
/// be repeated.
package struct DatabaseDraft: Sendable {
  /// Where the store is made.
  package let path: String
  private let place: String

  /// Prepares a draft of the store that is to lie at `place`.
  package init(of place: String) {
    self.place = place
    path = place + ".new"
  }

  /// Moves the closed draft to its place; false where the disk refuses.
  ///
  /// A log that could not be merged stays beside the draft; then the disk has no room for both.
  package func publish() -> Bool {
    access(path + "-wal", F_OK) != 0 && FinishedFile.move(path, to: place)
  }

  /// Removes what an attempt that failed has left.
  package func remove() {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
  }
}

/// A file that was written under another name than its own.
package enum FinishedFile {
  /// Gives the file its name for good; false where the disk refuses.
  package static func move(_ draft: String, to path: String) -> Bool {
    guard rename(draft, path) == 0 else { return false }
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    return flush(folder)
  }

  /// Waits until a file, or a folder's list of files, is on disk; false where the disk refuses.
  package static func flush(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return fsync(file) == 0
  }
}
