import ArgumentParser
import Circulation
import Foundation
import Labels
import Registry

/// `lienthong host policy`: the group's loan rules and calendar.
struct HostPolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Show, publish and withdraw the group's loan rules and calendar (quy định của nhóm).",
    discussion: """
      Members' stations take the group's rules for all that they have not set themselves, with the \
      feed or on a stick; what a station has set itself holds there. The document is the part \
      patrons and calendar of the one that lienthong station settings export writes, so such a \
      file will do. Each use is in the audit trail.
      """,
    subcommands: [
      HostPolicyShowCommand.self, HostPolicyPublishCommand.self, HostPolicyWithdrawCommand.self,
    ])
}

/// `lienthong host policy show`: writes the document to standard output.
struct HostPolicyShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Write the rules that hold to standard output; nothing where there are none.")

  @OptionGroup var host: HostOptions

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let document = try await host.registry.policies(limit: 1).first?.document
      try host.close()
      guard let document else { return }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let text = String(decoding: try encoder.encode(document), as: UTF8.self)
      try CommandOutput.write(text + "\n")
    }
  }
}

/// `lienthong host policy publish`: makes a document the group's rules.
struct HostPolicyPublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Make a document the group's rules; earlier versions are kept.",
    discussion: """
      The document is checked as a whole before anything is kept. Open loans keep their due days.

      Exit status: 0 if it is published; 1 otherwise, with every problem on a line.
      """)

  @OptionGroup var host: HostOptions

  @Argument(help: "The document; - is standard input.", completion: .file())
  var file: String

  func run() async throws {
    try await Terminal.advising {
      let document: PolicyDocument = try SettingsFile.decode(file)
      let host = try await self.host.open()
      try await host.registry.publish(document)
      let number = try await host.registry.policies(limit: 1).first?.number ?? 0
      try host.close()
      try CommandOutput.write(
        "Quy định của nhóm, bản số \(number). / The group's rules, version \(number).\n")
    }
  }
}

/// `lienthong host policy withdraw`: leaves every station to its own rules.
struct HostPolicyWithdrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Give the group's rules up; each station goes by its own and by what is usual.")

  @OptionGroup var host: HostOptions

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      try await host.registry.publish(nil)
      try host.close()
      try CommandOutput.write(
        "Nhóm không còn quy định chung. / The group has no rules any more.\n")
    }
  }
}
