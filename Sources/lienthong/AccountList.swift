/// Accounts as station and host list them.
enum AccountList {
  /// A line for each: name and role.
  static func text(_ accounts: [(name: String, role: String)]) -> String {
    accounts.map { "\($0.name) \($0.role)\n" }.joined()
  }
}
