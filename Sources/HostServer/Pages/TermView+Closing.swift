import Circulation
import Labels
import Ledger
import Registry
import Rotation

/// What the term was closed with, and who is not waited for, in the words of the page.
extension TermView {
  /// Lines of a deviation, of each side, that the page shows; the program's answer has more.
  private static let deviatingLines = 20
  /// Stations that the page names as left out.
  private static let leftOutStations = 20

  func row(for closing: GroupClosing) -> [String: Any] {
    [
      "hash": "\(closing.hash)",
      "day": SchoolDay(unixMilliseconds: closing.keptMilliseconds).vietnameseText,
    ]
  }

  func row(for deviation: ClosingDeviation) -> [String: Any] {
    let sentences = ClosingLineWords(words: words, name: name)
    let gone = deviation.gone.prefix(Self.deviatingLines)
    let new = deviation.new.prefix(Self.deviatingLines)
    let rest = deviation.goneCount - gone.count + deviation.newCount - new.count
    let waiting = deviation.waitingFor.map(name).joined(separator: ", ")
    return [
      "waits": waiting.isEmpty ? [] : [waiting],
      "gone": gone.map { ["line": sentences.sentence(for: $0)] },
      "new": new.map { ["line": sentences.sentence(for: $0)] },
      "rest": rest > 0 ? ["\(rest)"] : [],
    ]
  }

  var leftOut: [[String: Any]] {
    let rows = group.leftOut.prefix(Self.leftOutStations).map { left in
      let why =
        switch left.reason {
        case .revoked: words.term("left-out-revoked")
        case .begunLater(let day): "\(words.term("left-out-later")) \(day.vietnameseText)"
        }
      return ["text": "\(name(left.station.library)) (\(left.station)): \(why)"]
    }
    let rest = group.leftOut.count - rows.count
    guard rest > 0 else { return rows }
    return rows + [["text": "\(words.term("left-out-more")) \(rest)"]]
  }
}
