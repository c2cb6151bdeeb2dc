import ArgumentParser
import Labels
import Registry

/// `lienthong host invite`: makes a one-time code for a library's station.
struct HostInviteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite",
    abstract: "Make a one-time code with which a library's station enrols itself.",
    discussion: """
      The code is typed once at the station, with lienthong station enrol, and never travels over \
      the network: both ends prove that they know it. It serves for a new station, and for a \
      machine that takes the place of a lost, restored or copied one; that machine then gets the \
      library's events back. The host may be running meanwhile.
      """)

  @OptionGroup var host: HostOptions

  @Option(help: "The library's code, such as TT1.")
  var library: LibraryCode

  @Option(help: "For how many days the code may be used, 1 to 30.")
  var days = Invitation.usualDays

  func validate() throws {
    guard Invitation.days.contains(days) else {
      throw ValidationError("--days takes a number from 1 to 30.")
    }
  }

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let code = try await host.registry.invite(library, days: days)
      try host.close()
      try CommandOutput.write(
        """
        Mã ghi danh / Code: \(code)
        Dùng một lần, trong \(days) ngày, tại trạm của thư viện \(library). / To be used once, \
        within \(days) days, at a station of library \(library):
          lienthong station enrol --data … --host URL --code \(code)

        """)
    }
  }
}

extension LibraryCode: ExpressibleByArgument {
  package init?(argument: String) {
    guard let code = try? LibraryCode(argument) else { return nil }
    self = code
  }
}
