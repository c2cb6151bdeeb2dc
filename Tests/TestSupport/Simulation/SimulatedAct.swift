import Desk
import Foundation
import Journal
import Ledger

/// A loan that a school asks for, as one process tells another.
struct SimulatedAct {
  let item: String
  let card: String
  let operation: NamedOperation

  var request: DeskRequest { .checkout(item: item, card: card, overrideReason: nil) }

  /// A line for each act: the item, the card, and the operation's name.
  static func text(of acts: [SimulatedAct]) -> String {
    acts.map { "\($0.item) \($0.card) \($0.operation.id)\n" }.joined()
  }

  init(item: String, card: String, operation: NamedOperation) {
    self.item = item
    self.card = card
    self.operation = operation
  }

  /// Reads a line, or gives `nil`.
  init?(_ line: some StringProtocol, device: String) {
    let words = line.split(separator: " ").map { String($0) }
    guard words.count == 3, let id = OperationID(words[2]) else { return nil }
    self.init(
      item: words[0], card: words[1], operation: NamedOperation(id: id, device: device))
  }
}

/// A station's process that lends until it is killed.
package enum SimulatedCounter {
  /// Performs the acts that standard input names, a line each, and answers each with its name once
  /// it is on disk; then waits for its end.
  package static func lend(in folder: String, wallMilliseconds: Int64) async throws {
    let clock = TestClock()
    clock.setWall(milliseconds: wallMilliseconds)
    let journal = try Journal(folder: DataFolder(path: folder), clock: clock.clock)
    let desk = Desk(journal: journal, settings: DeskSettings())
    while let line = readLine() {
      guard let act = SimulatedAct(line, device: "simulation") else { continue }
      _ = try await desk.perform(act.request, as: act.operation)
      try FileHandle.standardOutput.write(contentsOf: Data("\(act.operation.id)\n".utf8))
    }
    try await Task.sleep(for: .seconds(60))
  }
}
