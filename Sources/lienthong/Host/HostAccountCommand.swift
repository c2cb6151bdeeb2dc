import ArgumentParser
import Credentials
import Registry

/// `lienthong host account`: who may sign in at the host.
struct HostAccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "Make, list and remove the host's accounts (tài khoản).",
    discussion: """
      A coordinator decides conflicts, keeps accounts and the group's papers; a cataloguer decides \
      what is about registers and labels; an auditor sees everything and changes nothing. It may \
      be used while the host serves, and is the way back in when a password was forgotten. Each \
      use is in the audit trail.
      """,
    subcommands: [
      HostAccountSetCommand.self, HostAccountListCommand.self, HostAccountRemoveCommand.self,
    ])
}

/// `lienthong host account set`: makes an account, or gives it another password.
struct HostAccountSetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Make an account, or give it another role and password.",
    discussion: """
      Without --password-file a password is made up and printed, this once. Whoever is signed in \
      with the account is signed out.

      Example:
        lienthong host account set --data /var/lib/lienthong-host --name kiem-tra --role auditor
      """)

  @OptionGroup var host: HostOptions

  @Option(help: "The account's name: lower-case letters, digits and dashes.")
  var name: String

  @Option(help: "What the account may do: coordinator, cataloguer or auditor.")
  var role: HostRole

  @Option(
    help: "A file whose first line is the password or PIN; - is standard input.",
    completion: .file())
  var passwordFile: String?

  func run() async throws {
    try await Terminal.advising {
      let password = try NewPassword(from: passwordFile)
      let account = HostAccount(name: try AccountName(name), role: role)
      let host = try await self.host.open()
      try await host.registry.setAccount(account, password: password.text)
      try host.close()
      try CommandOutput.write(password.announcement(for: name, role.rawValue))
    }
  }
}

/// `lienthong host account list`: who may sign in.
struct HostAccountListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the accounts, a line for each: name and role.")

  @OptionGroup var host: HostOptions

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let accounts = try await host.registry.accounts()
      try host.close()
      try CommandOutput.write(
        AccountList.text(accounts.map { ("\($0.name)", $0.role.rawValue) }))
    }
  }
}

/// `lienthong host account remove`: takes the right to sign in away.
struct HostAccountRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove an account and end its sessions; the last coordinator stays.")

  @OptionGroup var host: HostOptions

  @Option(help: "The account's name.")
  var name: String

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      try await host.registry.removeAccount(try AccountName(name))
      try host.close()
    }
  }
}

extension HostRole: ExpressibleByArgument {}
