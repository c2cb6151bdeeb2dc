import ArgumentParser
import Exchange
import Journal
import StationServer

/// `lienthong station rotate-key`: a new key for a station.
struct StationRotateKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-key",
    abstract: "Put a new key in the place of this station's key.",
    discussion: """
      The old key signs the new one, so the host needs no visit: it learns of the new key with the \
      next batch, however that travels. The old key's file stays, for a host that is restored from \
      an older backup. May be run while the station serves. Where the old key may be in other \
      hands, use lienthong host revoke and a new code instead.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  func run() async throws {
    try await Terminal.advising {
      let folder = DataFolder(path: data)
      let journal = try Journal(folder: folder)
      let keys = StationKeys(folder: folder)
      let epoch = try await KeyRotation(journal: journal, keys: keys).rotate()
      let key = try keys.key(of: epoch).verifyingKey
      try CommandOutput.write(
        """
        Trạm \(journal.station) bắt đầu kỳ \(epoch) với khóa mới. / Station \(journal.station) \
        begins epoch \(epoch) with a new key.
        Khóa của trạm / Station key: \(key)

        """)
      try journal.close()
    }
  }
}
