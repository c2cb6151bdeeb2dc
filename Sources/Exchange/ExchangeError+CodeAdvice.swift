import Labels

extension ExchangeError {
  /// What went wrong with a one-time code, for the person who has just typed it.
  func codeAdvice(in language: Language) -> String {
    switch (self, language) {
    case (.badCode, .vietnamese):
      "Đây không phải mã: cần mười sáu chữ và số như 7KQX-2M4P-A9TD-WZ3H. Hãy gõ lại."
    case (.wrongCode, .vietnamese):
      "Không có lời mời nào mang mã này. Hãy so với mã mà lienthong host invite đã in, và thư viện "
        + "được mời."
    case (.usedCode, .vietnamese):
      "Mã này một máy khác đã dùng. Hãy xin người điều phối mã mới: lienthong host invite"
    case (.expiredCode, .vietnamese):
      "Mã đã hết hạn. Hãy xin người điều phối mã mới: lienthong host invite"
    case (.badCode, .english):
      "This is not a code: sixteen letters and digits such as 7KQX-2M4P-A9TD-WZ3H. Type it again."
    case (.wrongCode, .english):
      "No invitation has this code. Compare it with what lienthong host invite printed, and the "
        + "library that it was made for."
    case (.usedCode, .english):
      "The code was used by another machine. Ask the coordinator for a new one: lienthong host "
        + "invite"
    case (.expiredCode, .english):
      "The code has expired. Ask the coordinator for a new one: lienthong host invite"
    default: name
    }
  }
}
