import ArgumentParser
import Labels
import Registry

/// `lienthong host replay`: looks at open conflicts once more.
struct HostConflictsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Look at open conflicts once more, and close what a later act has settled.",
    discussion: """
      What a later act has settled is closed by a decision of its own, and what a newer version of \
      this program understands is done. The rest stays open. The host may be running meanwhile; \
      its page has a button for the same. What acts that come later bear out, such as the \
      registration of an item that was lent before, the host closes by itself.
      """)

  @OptionGroup var host: HostOptions

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let report = try await host.registry.replayConflicts(by: AuditEntry.console)
      try host.close()
      try CommandOutput.write(
        "Đã xét lại: \(report.lookedAt), đã đóng: \(report.closed). / "
          + "Looked at: \(report.lookedAt), closed: \(report.closed).\n")
    }
  }
}

/// `lienthong host member`: who belongs to the group.
struct HostMemberCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "member",
    abstract: "Add, change and list the group's members, and note that one leaves.",
    discussion: """
      A member that leaves keeps all that is its own: its stations go on by themselves, and what \
      they have reported stays in the books. It shares nothing from then on.
      """,
    subcommands: [
      HostMemberSetCommand.self, HostMemberListCommand.self, HostMemberLeaveCommand.self,
    ])
}

/// `lienthong host member set`: takes a library into the group, or changes what it shares.
struct HostMemberSetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Add a member, or change its name and what it shares.")

  @OptionGroup var host: HostOptions

  @Option(help: "The library's code, such as TT1.")
  var library: LibraryCode

  @Option(help: "The library's name.")
  var name: String

  @Option(help: "What it shares: records, items, digital; may be given several times.")
  var shares: [SharedThing] = []

  @Option(help: "Who may see it: group or everybody.")
  var audience = ShareAudience.group

  func validate() throws {
    guard (1...Member.longestName).contains(name.count) else {
      throw ValidationError("--name takes 1 to \(Member.longestName) characters.")
    }
  }

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      try await host.registry.setMember(
        MemberChange(library: library, name: name, shares: Set(shares), audience: audience))
      try host.close()
    }
  }
}

/// `lienthong host member list`: who belongs to the group, and who did.
struct HostMemberListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the members, a line for each: code, state, what it shares, name.")

  @OptionGroup var host: HostOptions

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let members = try await host.registry.groupPapers(agreementLimit: 1).members
      try host.close()
      let lines = members.map { member in
        let shares = SharedThing.allCases.filter { member.shares.contains($0) }
          .map(\.rawValue).joined(separator: ",")
        let state = member.leftMilliseconds == nil ? "member" : "left"
        return "\(member.library) \(state) \(shares.isEmpty ? "-" : shares) \(member.name)\n"
      }
      try CommandOutput.write(lines.joined())
    }
  }
}

/// `lienthong host member leave`: notes that a library leaves the group.
struct HostMemberLeaveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leave",
    abstract: "Note that a member leaves; its own data stays its own.")

  @OptionGroup var host: HostOptions

  @Option(help: "The library's code, such as TT1.")
  var library: LibraryCode

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      try await host.registry.memberLeaves(library)
      try host.close()
      try CommandOutput.write(
        "\(library) đã rời nhóm; dữ liệu của thư viện vẫn là của thư viện. / "
          + "\(library) has left; what is its own stays its own.\n")
    }
  }
}

extension SharedThing: ExpressibleByArgument {}
extension ShareAudience: ExpressibleByArgument {}
