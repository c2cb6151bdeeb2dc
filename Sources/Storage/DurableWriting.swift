package import GRDB

extension DatabaseWriter {
  /// Sets `PRAGMA synchronous` to FULL, so that a commit waits for the disk.
  ///
  /// GRDB sets NORMAL when it switches on WAL; inside a transaction the pragma would fail.
  package func waitForDiskAtCommit() throws {
    try writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
  }

  /// Writes in one transaction, which goes on to its end even when the caller goes away.
  ///
  /// GRDB's own asynchronous write rolls back when its task is cancelled; a callback is not.
  package func writeToTheEnd<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      asyncWrite(body) { _, result in continuation.resume(with: result) }
    }
  }

  /// The level of `PRAGMA synchronous` on the writer's connection; 2 is FULL.
  package func synchronousLevel() async throws -> Int? {
    try await writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
  }
}
