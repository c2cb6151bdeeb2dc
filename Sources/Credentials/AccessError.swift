package import Labels

/// Why somebody can't sign in, or an account can't be made, and what to do next.
package enum AccessError: Error, Hashable, Sendable {
  /// The account is not there, or the password is not its own: which of the two is not told.
  case wrongPassword
  /// Too many wrong passwords in a row.
  case lockedOut(seconds: Int)
  case badAccountName
  case weakPassword
  case noSuchAccount(String)
  /// Without an administrator nobody could change the settings any more.
  case lastAdministrator
  /// Without a coordinator nobody could decide or make accounts at the host any more.
  case lastCoordinator

  /// The error's name: stable, for programs.
  package var name: String {
    switch self {
    case .wrongPassword: "wrong-password"
    case .lockedOut: "locked-out"
    case .badAccountName: "bad-account-name"
    case .weakPassword: "weak-password"
    case .noSuchAccount: "no-such-account"
    case .lastAdministrator: "last-administrator"
    case .lastCoordinator: "last-coordinator"
    }
  }

  /// What went wrong and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseAdvice
    case .english: englishAdvice
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .wrongPassword: "Tên hoặc mật khẩu không đúng. Hãy gõ lại."
    case .lockedOut(let seconds):
      "Sai mật khẩu nhiều lần, tài khoản tạm khóa. Hãy thử lại sau \(seconds) giây."
    case .badAccountName:
      "Tên đăng nhập gồm chữ thường không dấu, chữ số và gạch nối, tối đa "
        + "\(AccountName.longest) ký tự."
    case .weakPassword:
      "Mã PIN cần ít nhất \(Password.shortestPIN) chữ số, không phải một chữ số lặp lại; mật khẩu "
        + "cần ít nhất \(Password.shortest) ký tự."
    case .noSuchAccount(let name): "Không có tài khoản \(name)."
    case .lastAdministrator: "Đây là người quản trị cuối cùng. Hãy thêm người khác trước."
    case .lastCoordinator: "Đây là người điều phối cuối cùng. Hãy thêm người khác trước."
    }
  }

  private var englishAdvice: String {
    switch self {
    case .wrongPassword: "The account or the password is wrong. Type them again."
    case .lockedOut(let seconds):
      "Too many wrong passwords, so the account is locked. Try again in \(seconds) seconds."
    case .badAccountName:
      "An account's name has lower-case letters, digits and dashes, at most "
        + "\(AccountName.longest)."
    case .weakPassword:
      "A PIN needs \(Password.shortestPIN) digits or more that are not all the same, a password "
        + "\(Password.shortest) characters or more."
    case .noSuchAccount(let name): "There is no account \(name)."
    case .lastAdministrator: "This is the last administrator. Make another one first."
    case .lastCoordinator: "This is the last coordinator. Make another one first."
    }
  }
}
