import Credentials
import Foundation
import Journal
import Ledger
import TestSupport

/// How heavy the station's pages are, and how soon a browser shows them.
///
/// An empty page and each of the station's take turns in one window, whose cache is off: what is
/// measured is a first visit. Times are Chromium's own first contentful paint.
enum PageBenchmark {
  private static let rounds = 7
  private static let paths = [
    "", "quay", "ca-lop", "kiem-ke", "danh-sach", "bo-sach", "du-lieu", "cai-dat", "dang-nhap",
  ]
  private static let empty = "data:text/html,<p>."

  /// A page's median figures.
  private struct Visit {
    let path: String
    let kilobytes: Double
    let paint: Double
    let emptyPaint: Double

    var name: String { "/\(path)" }
  }

  static func run() async throws -> [Figure] {
    guard Chromedriver.isInstalled else {
      print("The pages are left out: Devices/setup --tests installs Chromium.")
      return []
    }
    let folder = try BenchmarkFolder()
    let journal = try await folder.station(named: "station", itemCount: 2_000)
    let cookie = try await sign(into: journal)
    try journal.close()
    let station = try await ServingProcess.station(journal.folder)
    let visits = try await Browser.open(width: 1_024, height: 600) { browser in
      try await browser.go(to: station.address + "/")
      try await browser.setCookie(cookie)
      try await browser.tell("Network.enable")
      try await browser.tell("Network.setCacheDisabled", ["cacheDisabled": true])
      var visits: [Visit] = []
      for path in paths { visits.append(try await visit(path, of: station, in: browser)) }
      return visits
    }
    await station.kill()
    return figures(of: visits)
  }

  private static func sign(into journal: Journal) async throws -> String {
    let account = try Account(name: "quan-tri", role: .administrator)
    return "session-\(journal.station.text)=\(try await journal.openSession(of: account).text)"
  }

  private static func visit(
    _ path: String, of station: ServingProcess, in browser: Browser
  ) async throws -> Visit {
    var paints: (page: [Double], empty: [Double]) = ([], [])
    var kilobytes = 0.0
    for round in 0...rounds {
      let emptyPaint = try await paint(of: empty, in: browser)
      let pagePaint = try await paint(of: station.address + "/" + path, in: browser)
      kilobytes = max(kilobytes, try await bytes(in: browser) / 1_000)
      // The first round warms both sides up.
      if round > 0 {
        paints.page.append(pagePaint)
        paints.empty.append(emptyPaint)
      }
    }
    return Visit(
      path: path, kilobytes: kilobytes, paint: Sampling.median(paints.page),
      emptyPaint: Sampling.median(paints.empty))
  }

  /// Opens an address, and gives the milliseconds until something of it was seen.
  private static func paint(of address: String, in browser: Browser) async throws -> Double {
    try await browser.go(to: address)
    var paint = 0.0
    try await browser.wait(for: "the first paint of \(address)") {
      let script =
        "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
      paint = try await browser.run(script).number ?? 0
      return paint > 0
    }
    return paint
  }

  /// What came over the wire for the page and all that it loads, heads of the answers included.
  private static func bytes(in browser: Browser) async throws -> Double {
    let script = """
      const entries = ['navigation', 'resource']
        .flatMap((kind) => performance.getEntriesByType(kind));
      return entries.reduce((sum, entry) => sum + entry.transferSize, 0);
      """
    return try await browser.run(script).number ?? 0
  }

  private static func figures(of visits: [Visit]) -> [Figure] {
    var figures: [Figure] = []
    if let heaviest = visits.max(by: { $0.kilobytes < $1.kilobytes }) {
      figures.append(
        Figure(
          what: "heaviest page with all that it loads, nothing packed", goal: 100,
          measured: heaviest.kilobytes, unit: "kB",
          note: "\(heaviest.name), of \(visits.count) pages"))
    }
    if let slowest = visits.max(by: { $0.paint < $1.paint }) {
      figures.append(
        Figure(
          what: "slowest page's first paint, nothing cached", goal: 200,
          measured: slowest.paint, unit: "ms",
          note: "\(slowest.name); median of \(rounds) first visits"))
    }
    if let slowest = visits.max(by: { $0.paint - $0.emptyPaint < $1.paint - $1.emptyPaint }) {
      figures.append(
        Figure(
          what: "the same beyond an empty page's, taking turns", goal: 150,
          measured: slowest.paint - slowest.emptyPaint, unit: "ms",
          note: "\(slowest.name); the empty page \(Int(slowest.emptyPaint.rounded())) ms"))
    }
    return figures
  }
}
