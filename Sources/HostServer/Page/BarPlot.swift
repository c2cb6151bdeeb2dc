/// A plot of bars that lie one below the other, drawn as SVG.
///
/// It takes the width that there is: lengths are shares of it, while names and numbers keep the
/// size of the page's text, on a telephone as on a wide screen. It says nothing that the table
/// beside it does not, so readers of screens are spared it.
struct BarPlot: Sendable {
  struct Bar: Sendable {
    let name: String
    let count: Int
  }

  let bars: [Bar]

  /// Pixels from one bar's name to the next one's.
  private static let rowHeight = 50
  private static let barHeight = 18
  /// Where in its row a name stands, and where its bar begins.
  private static let nameBaseline = 17
  private static let barTop = 24
  /// What the longest bar takes of the width, in percent; its number needs the rest.
  private static let longestBar = 80
  /// Characters of a name that fit above its bar on a telephone.
  private static let longestName = 32

  /// The SVG element, all of its text escaped.
  var svg: String {
    let height = max(1, bars.count) * Self.rowHeight
    let rows = bars.enumerated().map { row($1, at: $0 * Self.rowHeight) }.joined()
    return """
      <svg class="plot" width="100%" height="\(height)" aria-hidden="true" \
      focusable="false">\(rows)</svg>
      """
  }

  private func row(_ bar: Bar, at top: Int) -> String {
    let most = max(1, bars.map(\.count).max() ?? 1)
    let percent = max(bar.count > 0 ? 1 : 0, bar.count * Self.longestBar / most)
    return """
      <text class="name" x="0" y="\(top + Self.nameBaseline)">\
      \(Self.escaped(Self.shortened(bar.name)))</text>\
      <rect x="0" y="\(top + Self.barTop)" width="\(percent)%" height="\(Self.barHeight)" rx="3"/>\
      <text x="\(percent)%" dx="8" y="\(top + Self.barTop + Self.barHeight - 4)">\(bar.count)</text>
      """
  }

  private static func shortened(_ name: String) -> String {
    name.count > longestName ? name.prefix(longestName - 1) + "…" : name
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
