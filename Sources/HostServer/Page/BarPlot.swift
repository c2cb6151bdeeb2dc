/// A plot of bars that lie one below the other, drawn as SVG.
///
/// It says nothing that the table beside it does not, so readers of screens are spared it.
struct BarPlot: Sendable {
  struct Bar: Sendable {
    let name: String
    let count: Int
  }

  let bars: [Bar]

  private static let rowHeight = 30
  private static let barHeight = 20
  private static let width = 640
  private static let nameWidth = 200
  private static let countWidth = 80
  /// Characters of a name that fit beside its bar.
  private static let longestName = 24

  /// The SVG element, all of its text escaped.
  var svg: String {
    let height = max(1, bars.count) * Self.rowHeight
    let rows = bars.enumerated().map { row($1, at: $0 * Self.rowHeight) }.joined()
    return """
      <svg class="plot" viewBox="0 0 \(Self.width) \(height)" aria-hidden="true" \
      focusable="false">\(rows)</svg>
      """
  }

  private func row(_ bar: Bar, at top: Int) -> String {
    let most = max(1, bars.map(\.count).max() ?? 1)
    let room = Self.width - Self.nameWidth - Self.countWidth
    let length = max(bar.count > 0 ? 2 : 0, bar.count * room / most)
    let baseline = top + Self.rowHeight / 2 + 5
    let start = Self.nameWidth
    return """
      <text class="name" x="\(start - 8)" y="\(baseline)" text-anchor="end">\
      \(Self.escaped(Self.shortened(bar.name)))</text>\
      <rect x="\(start)" y="\(top + (Self.rowHeight - Self.barHeight) / 2)" width="\(length)" \
      height="\(Self.barHeight)" rx="3"/>\
      <text x="\(start + length + 8)" y="\(baseline)">\(bar.count)</text>
      """
  }

  private static func shortened(_ name: String) -> String {
    name.count > longestName ? name.prefix(longestName - 1) + "…" : name
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
