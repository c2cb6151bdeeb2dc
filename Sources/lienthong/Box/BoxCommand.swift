import ArgumentParser
import Exchange
import Journal
import Labels
import Ledger
import StationServer

/// `lienthong box`: what a station does about transfer boxes beside its page.
struct BoxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "box",
    abstract: "Boxes for a rota's stage, the slips in them, and their keys (thùng sách).",
    discussion: """
      The slip in a box is signed by the station that packed it. A station takes a slip from a \
      library whose key it has: print yours with lienthong box key, and give each of the others to \
      this station once with lienthong box trust.
      """,
    subcommands: [
      BoxOpenCommand.self, BoxSlipCommand.self, BoxKeyCommand.self, BoxTrustCommand.self,
    ])
}

/// `lienthong box key`: prints the key by which others know this station's slips.
struct BoxKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Print the key by which other libraries know this station's slips.",
    discussion: """
      The key is public: it may travel on paper, by mail or on a stick. It is made at the first \
      call and stays the same while the station's folder does. May be run while the station serves.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      let key = try SlipKeys(journal: journal).key().verifyingKey
      try CommandOutput.write("\(journal.station.library) \(key)\n")
      try journal.close()
    }
  }
}

/// `lienthong box trust`: takes another library's key.
struct BoxTrustCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust",
    abstract: "Take the key of another library, so that its slips are known here.",
    discussion: """
      Takes what lienthong box key printed there. A library may have several keys, as a machine \
      that is replaced brings a new one. Doing it again changes nothing. May be run while the \
      station serves.

      Example:
        lienthong box trust --data /var/lib/lienthong TT 5f0c…
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Argument(help: "The other library's code, such as TT.")
  var library: LibraryCode

  @Argument(help: "Its key: 64 hexadecimal digits.")
  var key: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      try await SlipKeys(journal: journal).trust(VerifyingKey(key), of: library)
      try CommandOutput.write(
        """
        Từ nay trạm này nhận phiếu của thư viện \(library). / This station takes slips of library \
        \(library) from now on.

        """)
      try journal.close()
    }
  }
}
