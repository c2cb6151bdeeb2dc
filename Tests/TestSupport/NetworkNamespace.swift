package import Foundation

/// A network of its own within this machine, with its own interfaces, addresses and rules.
///
/// A program that runs in it sees nothing else. `ip netns` makes and removes it.
package struct NetworkNamespace: Hashable, Sendable {
  package let name: String

  /// Where `ip netns` keeps the names.
  package static let folder = "/run/netns"
  private static let ip = URL(filePath: "/usr/sbin/ip")
  /// `CLONE_NEWNET` of sched.h.
  private static let networkKind: Int32 = 0x4000_0000

  package init(name: String) {
    self.name = name
  }

  /// The command that runs a program in this network, under the process that it is started as.
  package func command(
    _ executable: URL, _ arguments: [String]
  ) -> (URL, [String]) {
    (Self.ip, ["netns", "exec", name, executable.path] + arguments)
  }

  /// This thread could not enter the network.
  package struct NotEntered: Error {
    package let code: Int32
  }

  /// Works on a thread that is in this network; sockets that it opens stay in it.
  package func inside<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            try enter()
            return try body()
          })
      }
    }
  }

  /// Moves this thread; it ends there, so that nothing has to be moved back.
  private func enter() throws {
    let file = open("\(Self.folder)/\(name)", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw NotEntered(code: errno) }
    defer { close(file) }
    // The Glibc module leaves out what only Linux has of it.
    guard let symbol = dlsym(nil, "setns") else { throw NotEntered(code: ENOSYS) }
    let enter = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
    guard enter(file, Self.networkKind) == 0 else { throw NotEntered(code: errno) }
  }
}
