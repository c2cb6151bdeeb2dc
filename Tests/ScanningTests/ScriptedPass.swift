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

  func symbols(in image: GreyImage, using zbar: ZBarScanner) -> [Symbol] {
    log.add(name)
    guard let reads else { return [] }
    return [
      Symbol(type: .code128, bytes: Array(reads.utf8), quality: 1, orientation: .up, points: [])
    ]
  }
}
