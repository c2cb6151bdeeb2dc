import ArgumentParser
import Credentials
import Foundation
import Journal

/// `lienthong station account`: who may sign in at a station.
struct AccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "Make, list and remove accounts (tài khoản).",
    discussion: """
      Nobody needs an account to borrow and return. A librarian signs in to look up, to make \
      exceptions and to see lists; an administrator changes settings as well. It may be used while \
      the station serves, and is the way back in when a password was forgotten.
      """,
    subcommands: [AccountSetCommand.self, AccountListCommand.self, AccountRemoveCommand.self])
}

/// `lienthong station account set`: makes an account, or gives it another password.
struct AccountSetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Make an account, or give it another role and password.",
    discussion: """
      Without --password-file a password is made up and printed, this once. Whoever is signed in \
      with the account is signed out.

      Example:
        lienthong station account set --data /var/lib/lienthong --name thu-thu --role librarian
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Option(help: "The account's name: lower-case letters, digits and dashes.")
  var name: String

  @Option(help: "What the account may do: librarian or administrator.")
  var role: Role

  @Option(
    help: "A file whose first line is the password or PIN; - is standard input.",
    completion: .file())
  var passwordFile: String?

  func validate() throws {
    guard role != .kiosk else { throw ValidationError("A kiosk needs no account.") }
  }

  func run() async throws {
    try await Terminal.advising {
      let password = try NewPassword(from: passwordFile)
      let account = try Account(name: name, role: role)
      let journal = try Journal(folder: DataFolder(path: data))
      try await journal.setAccount(account, password: password.text)
      try journal.close()
      try CommandOutput.write(password.announcement(for: account.name, account.role.rawValue))
    }
  }
}

/// `lienthong station account list`: who may sign in.
struct AccountListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the accounts, a line for each: name and role.")

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      let accounts = try await journal.accounts()
      try journal.close()
      try CommandOutput.write(
        AccountList.text(accounts.map { ("\($0.name)", $0.role.rawValue) }))
    }
  }
}

/// `lienthong station account remove`: takes the right to sign in away.
struct AccountRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove an account and end its sessions; the last administrator stays.")

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Option(help: "The account's name.")
  var name: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      try await journal.removeAccount(name)
      try journal.close()
    }
  }
}

/// A password that was given in a file, or made up because none was.
struct NewPassword {
  let text: String
  private let isMadeUp: Bool

  /// Reads the first line of a file, never an argument: arguments are seen by every process.
  init(from file: String?) throws {
    guard let file else {
      var generator = SystemRandomNumberGenerator()
      text = Password.generated(using: &generator)
      isMadeUp = true
      return
    }
    let bytes = try SettingsFile.bytes(of: file)
    let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
    text = String(line)
    isMadeUp = false
  }

  /// Refuses a password that is guessed too soon, before anything is made.
  func check() throws(AccessError) {
    _ = try Password.checked(text)
  }

  /// What the terminal says; a password that was made up is told this once.
  func announcement(for name: String, _ role: String) -> String {
    let made = "Tài khoản / Account: \(name) (\(role))\n"
    guard isMadeUp else { return made }
    return made
      + "Mật khẩu, chỉ hiện một lần / Password, shown this once: \(text)\n"
  }
}

extension Role: ExpressibleByArgument {}
