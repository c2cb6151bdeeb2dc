import Foundation
import Glibc
import Registry

/// A program that comes with PostgreSQL: `pg_dump` copies a database, `pg_restore` puts it back.
///
/// They know every version's tables and rights, copy one state of a database that is in use, and
/// are what the people who look after such a server trust already.
enum PostgresProgram {
  /// Runs a program on a database and waits for its end; what it says goes to standard error.
  static func run(
    _ name: String, _ arguments: [String], on address: PostgresAddress
  ) throws(BackupError) {
    let environment = ProcessInfo.processInfo.environment
      .merging(address.environment) { _, named in named }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    let words = ([name] + arguments).map { strdup($0) }
    defer { (variables + words).forEach { free($0) } }
    var pid: pid_t = 0
    let status = posix_spawnp(&pid, name, nil, nil, words + [nil], variables + [nil])
    guard status == 0 else {
      throw status == ENOENT ? .programMissing(name) : .programFailed(name)
    }
    var end: Int32 = 0
    while waitpid(pid, &end, 0) < 0 {
      guard errno == EINTR else { throw .programFailed(name) }
    }
    guard end == 0 else { throw .programFailed(name) }
  }
}
