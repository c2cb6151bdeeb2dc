package import Labels
package import Ledger

/// Why events that were kept aside can't be decided like that, and what to do next.
package enum QuarantineError: Error, Hashable, Sendable {
  /// Nothing was kept aside of that epoch.
  case nothingThere
  /// The event after the last one in the books is not among those that were kept, so the others
  /// belong to another history.
  case doesNotFollow(Position)
  /// The station has sent the act again since, under a later key: it is in the books already.
  case cameAgain(EventReference)
  case reasonMissing
  case reasonTooLong
  case noneChosen
  /// It was decided before, and nothing is left to do.
  case alreadyDecided

  /// The error's name: stable, for programs.
  package var name: String {
    switch self {
    case .nothingThere: "nothing-kept-aside"
    case .doesNotFollow: "does-not-follow"
    case .cameAgain: "came-again"
    case .reasonMissing: "reason-missing"
    case .reasonTooLong: "reason-too-long"
    case .noneChosen: "none-chosen"
    case .alreadyDecided: "already-decided"
    }
  }

  /// What went wrong and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch (self, language) {
    case (.nothingThere, .vietnamese): "Không có sự kiện nào để riêng. Hãy mở lại danh sách."
    case (.nothingThere, .english): "Nothing is kept aside here. Open the list again."
    case (.doesNotFollow(let last), .vietnamese):
      "Sổ chung dừng ở sự kiện \(last.epoch).\(last.sequence), và không sự kiện nào ở đây nối "
        + "tiếp nó. Việc nào có thật thì ghi lại ở trạm, rồi để các sự kiện này nằm yên."
    case (.doesNotFollow(let last), .english):
      "The books end at event \(last.epoch).\(last.sequence), and none of these follows it. Record "
        + "at the station what has really happened, then let these lie."
    case (.cameAgain(let event), .vietnamese):
      "Trạm đã gửi lại việc này bằng khóa mới (sự kiện \(event)), nên đã có trong sổ. Hãy để nằm "
        + "yên."
    case (.cameAgain(let event), .english):
      "The station has sent this again under its new key (event \(event)), so the books have it. "
        + "Let it lie."
    case (.reasonMissing, .vietnamese): "Hãy viết lý do, không ghi tên học sinh."
    case (.reasonMissing, .english): "Write the reason down, without a pupil's name."
    case (.reasonTooLong, .vietnamese):
      "Lý do dài quá \(Decision.longestReason) ký tự. Hãy viết gọn lại."
    case (.reasonTooLong, .english):
      "The reason has more than \(Decision.longestReason) characters. Shorten it."
    case (.noneChosen, .vietnamese): "Hãy chọn một sự kiện trong danh sách."
    case (.noneChosen, .english): "Choose an event of the list."
    case (.alreadyDecided, .vietnamese): "Việc này đã được quyết định. Không có gì thay đổi."
    case (.alreadyDecided, .english): "This has been decided before. Nothing has changed."
    }
  }
}
