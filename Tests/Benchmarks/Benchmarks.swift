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
    for (name, run) in all.sorted(by: { $0.key < $1.key })
    where named.isEmpty || named.contains(name) {
      figures += try await run()
    }
    print(Figure.table(of: figures))
  }

  private static let all: [String: @Sendable () async throws -> [Figure]] = [
    "apply": ApplyBenchmark.run, "apply-postgres": ApplyBenchmark.runPostgres,
    "checkout": CheckoutBenchmark.run,
    "decode": DecodeBenchmark.run, "feed": FeedBenchmark.run,
    "history": CheckoutBenchmark.runWithHistory,
    "pages": PageBenchmark.run, "rotation": RotationBenchmark.run, "start": StartBenchmark.run,
    "term": GroupTermBenchmark.run,
    "stations": StationsBenchmark.run, "sync": SyncBenchmark.run,
    "sync-history": SyncBenchmark.runWithHistory, "video": VideoBenchmark.run,
    "wire": WireBenchmark.run,
  ]
}
