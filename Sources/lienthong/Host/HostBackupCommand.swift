import ArgumentParser
import Registry

/// `lienthong host backup`: copies a host while it serves.
struct HostBackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the host's books and key into a new folder, while it serves.",
    discussion: """
      The copy is of one moment. It is replayed from its first event before it gets its name, so \
      that a folder with that name is a backup that works. Of a host on PostgreSQL it holds what \
      pg_dump writes (package postgresql-client); that can only be replayed by restoring it into \
      another database, which should be rehearsed now and then. Keep backups on another disk.

      Examples:
        lienthong host backup --data /var/lib/lienthong-host --to /media/usb/host-2026-11-27

      Exit status: 0 once the copy is whole and on disk; 1 if not, and then there is no folder.
      """)

  @OptionGroup var host: HostOptions

  @Option(help: "The folder to make; it must not be there yet.", completion: .directory)
  var to: String

  func run() async throws {
    try await Terminal.advising {
      let result = try await HostBackup.take(
        of: HostFolder(path: host.data), at: host.address, into: to)
      let lines =
        result.map(HostRestoreCommand.report) ?? [
          "Đã sao lưu cơ sở dữ liệu. Hãy thỉnh thoảng thử khôi phục vào một cơ sở dữ liệu khác.",
          "The database is backed up. Rehearse restoring it into another database now and then.",
        ]
      try CommandOutput.write((["\(to)"] + lines).map { $0 + "\n" }.joined())
    }
  }
}

/// `lienthong host restore`: makes a host of a backup.
struct HostRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a host of a backup, in a folder that holds none.",
    discussion: """
      The books are replayed from their first event before the command ends. Then start the host \
      under its old address: each station finds at its next contact that the host is behind, and \
      sends again what came after the backup. Nobody has to do anything there. Stations that were \
      enrolled after the backup have to be enrolled again.

      The same command rehearses a restore: restore into another folder, look at it with \
      lienthong host run on another port, and throw it away.

      A backup of a host on PostgreSQL goes into an empty database. Where the tables were spread \
      by Citus, spread them anew.

      Examples:
        lienthong host restore --from /media/usb/host-2026-11-27 --data /var/lib/lienthong-host
        lienthong host restore --from /media/usb/host-2026-11-27 --data /tmp/rehearsal \\
          --database postgres://lienthong@localhost/rehearsal

      Exit status: 0 once all is there and agrees; 1 if not.
      """)

  @Option(help: "The backup's folder.", completion: .directory)
  var from: String

  @Option(help: "The folder to make the host in.", completion: .directory)
  var data: String

  @Option(help: "The empty PostgreSQL database to restore into, where the backup is of one.")
  var database: String?

  func run() async throws {
    try await Terminal.advising {
      let result = try await HostBackup(path: from).restore(
        to: HostFolder(path: data), at: try database.map { try PostgresAddress($0) })
      let lines =
        Self.report(result) + [
          "Hãy chạy: lienthong host run --data \(data). Các trạm sẽ tự gửi lại phần còn thiếu.",
          "Run: lienthong host run --data \(data). Stations send what is missing by themselves.",
        ]
      try CommandOutput.write(lines.map { $0 + "\n" }.joined())
    }
  }

  /// What replaying a copy gave, in both languages.
  static func report(_ result: RegistryVerification) -> [String] {
    let (stations, events, items) = (result.stationCount, result.eventCount, result.itemCount)
    return [
      "Đã đọc lại từ đầu: \(stations) trạm, \(events) sự kiện, \(items) bản; mọi số liệu khớp.",
      "Replayed from the first event: \(stations) stations, \(events) events, \(items) items; "
        + "all agrees.",
    ]
  }
}
