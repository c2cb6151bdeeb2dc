import ArgumentParser

@main
struct LienThong: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lienthong",
    subcommands: [StationCommand.self, JournalCommand.self, DecodeCommand.self])
}
