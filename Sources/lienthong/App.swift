import ArgumentParser

@main
struct LienThong: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lienthong",
    abstract: "Linked school libraries, offline first (liên thông thư viện).",
    version: "0.1.0",
    subcommands: [
      StationCommand.self, HostCommand.self, SyncCommand.self, StickCommand.self,
      JournalCommand.self, BoxCommand.self,
      TermCommand.self, MinutesCommand.self,
      DevicesCommand.self, DecodeCommand.self, SampleCommand.self, DemoCommand.self,
    ])
}
