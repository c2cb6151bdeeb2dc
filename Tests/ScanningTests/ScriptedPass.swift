import Labels
import Scanning
import Synchronization

/// The names of the passes that ran.
final class PassLog: Sendable {
  private let entries = Mutex<[String]>([])

  var names: [String] { entries.withLock { $0 } }

  func add(_ name: String) { entries.withLock { $0.append(name) } }
}

/// A pass that reads what it is told to.
struct ScriptedPass: ScanPass {
  let log: PassLog
  let name: String
  let reads: String?
  var votes = 2
  var column = 0

  func run(_ scan: PictureScan) {
    log.add(name)
    guard let reads else { return }
    let symbol = Symbol(
      type: .code128, bytes: Array(reads.utf8), quality: 1, orientation: .up,
      points: [Symbol.Point(x: column, y: 0)])
    scan.ballot.cast(symbol, votes: votes)
  }
}
