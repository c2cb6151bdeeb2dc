import Dispatch
import Glibc

/// A place in the pool: a thread's turn, and the connection that goes with it.
///
/// The connection is touched on `queue` alone, which is what makes this safe to pass around.
final class PostgresLane: @unchecked Sendable {
  let queue: DispatchQueue
  private let address: PostgresAddress
  private var connection: PostgresConnection?

  /// How a transaction shares the database with others.
  enum Mode: Hashable, Sendable {
    case reading
    /// Beside others, who may be first.
    case writing
    /// After all who write now, and before all who come later.
    case writingAlone
  }

  /// What a transaction does about faults that pass by.
  private enum Patience {
    /// Times that a write which others outpaced is done beside them, before it asks them to wait.
    static let sharedTries = 5
    static let tries = 12
    /// How long a server that is away is waited for; a station waits 30 seconds for its answer.
    static let awayMilliseconds: Int64 = 10_000
    static let firstPauseMilliseconds: Int64 = 5
    static let longestPauseMilliseconds: Int64 = 500
  }

  init(_ address: PostgresAddress, number: Int) {
    self.address = address
    queue = DispatchQueue(label: "lienthong.postgres.\(number)")
  }

  func disconnect() {
    connection = nil
  }

  /// Runs a transaction, again and again where others were first or the server was away.
  ///
  /// So `body` may run several times, and may find that an earlier run of its own was committed: a
  /// server that dies while it commits leaves that open.
  func transaction<Value>(
    _ mode: Mode, _ body: (PostgresConnection) throws -> Value
  ) throws -> Value {
    let start = Self.monotonicMilliseconds()
    var tries = 0
    while true {
      do {
        let isOutpaced = mode == .writing && tries >= Patience.sharedTries
        return try attempt(isOutpaced ? .writingAlone : mode, body)
      } catch let error as PostgresError {
        tries += 1
        let isAway = error.kind == .connectionLost
        let passed = Self.monotonicMilliseconds() - start
        guard
          isAway
            ? passed < Patience.awayMilliseconds
            : error.kind == .outpaced && tries < Patience.tries
        else { throw error }
        Self.pause(after: tries)
      }
    }
  }

  private func attempt<Value>(
    _ mode: Mode, _ body: (PostgresConnection) throws -> Value
  ) throws -> Value {
    let connection = try connected()
    do {
      try connection.run(mode.beginning)
      let value = try body(connection)
      let ending = try connection.run("COMMIT")
      guard ending.command == "COMMIT" else {
        throw PostgresError(sqlState: "40000", message: "the server rolled back")
      }
      return value
    } catch {
      if connection.isUsable { _ = try? connection.run("ROLLBACK") }
      if !connection.isUsable { disconnect() }
      throw error
    }
  }

  /// The open connection, or a new one.
  func connected() throws -> PostgresConnection {
    if let connection, connection.isUsable { return connection }
    let connection = try PostgresConnection(address)
    try connection.run(Self.session)
    self.connection = connection
    return connection
  }

  /// A commit that returns is on the server's disk; nobody holds a lock for ever.
  private static let session = """
    SET search_path = \(PostgresRegistrySchema.name);
    SET synchronous_commit = on;
    SET lock_timeout = 10000;
    SET idle_in_transaction_session_timeout = 60000;
    """

  /// Waits twice as long each time, up to a limit, and not as long as the others.
  private static func pause(after tries: Int) {
    let doubled = Patience.firstPauseMilliseconds << Int64(min(tries, 10))
    let longest = min(doubled, Patience.longestPauseMilliseconds)
    usleep(useconds_t(Int64.random(in: longest / 2...longest) * 1_000))
  }

  private static func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

extension PostgresLane.Mode {
  /// How the transaction begins: the lock comes before the snapshot, which would else be of a time
  /// before the wait, and outpaced again.
  fileprivate var beginning: String {
    switch self {
    case .reading: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case .writing: Self.locking("ROW EXCLUSIVE")
    case .writingAlone: Self.locking("SHARE ROW EXCLUSIVE")
    }
  }

  private static func locking(_ lock: String) -> String {
    "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE host IN \(lock) MODE"
  }
}
