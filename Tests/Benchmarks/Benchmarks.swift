/// Runs the benchmarks named as arguments, or all, and prints a table of their figures.
///
/// Figures are ratios of two sides measured in turn within one run; only a release build counts.
@main
struct Benchmarks {
  static func main() async throws {
    let named = CommandLine.arguments.dropFirst()
    for name in named where all[name] == nil {
      print("There is no benchmark “\(name)”, only: \(all.keys.sorted().joined(separator: ", ")).")
    }
    var figures: [Figure] = []
    for name in first + all.keys.sorted().filter({ !first.contains($0) })
    where named.isEmpty || named.contains(name) {
      guard let run = all[name] else { continue }
      figures += try await run()
    }
    print(Figure.table(of: figures))
  }

  /// Those that measure memory come first: what others leave in this process counts with it, and a
  /// child has as much until it becomes another program.
  private static let first = ["feed", "term"]

  private static let all: [String: @Sendable () async throws -> [Figure]] = [
    "apply": ApplyBenchmark.run, "apply-postgres": ApplyBenchmark.runPostgres,
    "checkout": CheckoutBenchmark.run,
    "decode": DecodeBenchmark.run, "feed": FeedBenchmark.run,
    "history": CheckoutBenchmark.runWithHistory,
    "pages": PageBenchmark.run, "rotation": RotationBenchmark.run, "start": StartBenchmark.run,
    "stations": StationsBenchmark.run, "sync": SyncBenchmark.run,
    "sync-history": SyncBenchmark.runWithHistory, "term": GroupTermBenchmark.run,
    "video": VideoBenchmark.run, "wire": WireBenchmark.run,
  ]
}
