import Glibc

/// Space that is kept beside a store, so that it can be opened and read on a full disk.
///
/// To open a store takes some pages of it even when nothing is written. The reserve is given up for
/// them, and kept again from when there is space.
package struct DiskReserve: Sendable {
  /// Enough for the index of the log, a few acts, and what the file system needs.
  package static let byteCount = 512 * 1_024

  private let path: String

  package init(beside store: String) {
    path = store + ".reserve"
  }

  /// Takes the space where there is some; a disk that is full has none to keep, and that is no
  /// error.
  package func keep() {
    guard access(path, F_OK) != 0 else { return }
    let file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    if posix_fallocate(file, 0, off_t(Self.byteCount)) != 0 { unlink(path) }
  }

  /// Gives the space up; false where there was none.
  package func giveUp() -> Bool {
    unlink(path) == 0
  }
}
