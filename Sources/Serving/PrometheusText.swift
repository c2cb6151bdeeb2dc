/// Writes figures in Prometheus' text format, version 0.0.4.
package struct PrometheusText {
  /// How a figure moves: a counter only upwards, a gauge either way.
  package enum Kind: String {
    case counter, gauge
  }

  package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  package private(set) var text = ""

  package init() {}

  /// Begins a figure; its samples follow.
  package mutating func begin(_ name: String, _ kind: Kind, help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// Writes one sample; labels are written in the order given.
  package mutating func sample(
    _ name: String, labels: [(name: String, value: String)] = [],
    _ value: some CustomStringConvertible
  ) {
    let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
    text += name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(value)\n"
  }

  /// Writes a figure that has one sample only.
  package mutating func single(
    _ name: String, _ kind: Kind, help: String, _ value: some CustomStringConvertible
  ) {
    begin(name, kind, help: help)
    sample(name, value)
  }

  private static func escaped(_ value: String) -> String {
    String(
      value.flatMap { character -> [Character] in
        switch character {
        case "\\": ["\\", "\\"]
        case "\"": ["\\", "\""]
        case "\n": ["\\", "n"]
        default: [character]
        }
      })
  }
}
