import Foundation
import TestSupport

/// Lives through a term at two schools and writes its report; ends with 1 where an item is lost
/// sight of.
@main
struct TermSimulation {
  static func main() async {
    guard let path = CommandLine.arguments.dropFirst().first else {
      print("Usage: TermSimulation REPORT.md")
      exit(64)
    }
    do {
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
