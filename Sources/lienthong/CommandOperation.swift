import Journal
import Ledger

/// A name for an act that a command asks for.
enum CommandOperation {
  static func named(at milliseconds: Int64) -> NamedOperation {
    var generator = SystemRandomNumberGenerator()
    return NamedOperation(
      id: .make(unixMilliseconds: milliseconds, using: &generator), device: "command")
  }
}
