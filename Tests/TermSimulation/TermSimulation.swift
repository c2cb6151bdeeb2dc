import Foundation
import TestSupport

/// Lives through a term at two schools and writes its report; ends with 1 where an item is lost
/// sight of.
///
/// As a station whose power fails, it lends until it is killed.
@main
struct TermSimulation {
  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let path = arguments.first else {
      print("Usage: TermSimulation REPORT.md")
      exit(64)
    }
    do {
      if path == "lend", arguments.count == 3, let wall = Int64(arguments[2]) {
        return try await SimulatedCounter.lend(in: arguments[1], wallMilliseconds: wall)
      }
      let report = try await SimulatedTerm.run(.full)
      try report.text.write(to: URL(filePath: path), atomically: true, encoding: .utf8)
      for problem in report.problems { print(problem) }
      if !report.problems.isEmpty { exit(1) }
      print("Every item is accounted for: \(path)")
    } catch {
      print("The simulation failed: \(error)")
      exit(1)
    }
  }
}
