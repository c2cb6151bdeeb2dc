package import Labels

/// Why a conflict can't be decided like that, and what to do next.
package enum DecisionError: Error, Hashable, Sendable {
  case noSuchConflict
  /// Conflicts of this kind are not decided in that way.
  case wrongRuling
  case reasonMissing
  case reasonTooLong
  /// Somebody else has decided since the page was shown.
  case decidedMeanwhile

  /// The error's name: stable, for programs.
  package var name: String {
    switch self {
    case .noSuchConflict: "no-such-conflict"
    case .wrongRuling: "wrong-ruling"
    case .reasonMissing: "reason-missing"
    case .reasonTooLong: "reason-too-long"
    case .decidedMeanwhile: "decided-meanwhile"
    }
  }

  /// What went wrong and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch (self, language) {
    case (.noSuchConflict, .vietnamese): "Không có việc này. Hãy mở lại danh sách."
    case (.noSuchConflict, .english): "There is no such conflict. Open the list again."
    case (.wrongRuling, .vietnamese): "Việc này không giải quyết theo cách ấy. Hãy chọn cách khác."
    case (.wrongRuling, .english): "This is not decided in that way. Choose another one."
    case (.reasonMissing, .vietnamese): "Hãy viết lý do, không ghi tên học sinh."
    case (.reasonMissing, .english): "Write the reason down, without a pupil's name."
    case (.reasonTooLong, .vietnamese):
      "Lý do dài quá \(Decision.longestReason) ký tự. Hãy viết gọn lại."
    case (.reasonTooLong, .english):
      "The reason has more than \(Decision.longestReason) characters. Shorten it."
    case (.decidedMeanwhile, .vietnamese):
      "Người khác vừa giải quyết việc này. Hãy xem lại quyết định của họ."
    case (.decidedMeanwhile, .english):
      "Somebody else has decided this meanwhile. Look at what they decided."
    }
  }
}
