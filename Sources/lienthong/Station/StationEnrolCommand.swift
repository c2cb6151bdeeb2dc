import ArgumentParser
import AsyncHTTPClient
import Exchange
import Journal
import StationServer

/// `lienthong station enrol`: introduces a station to its host.
struct StationEnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol",
    abstract: "Enrol this station at its host, with a code of lienthong host invite.",
    discussion: """
      The station makes a key and shows that it knows the code; the host pins the key and shows \
      the same, so that nobody has to compare keys. Where the host has events of this station \
      already, as after a lost disk, they come back first; what was recorded on this machine \
      meanwhile is kept and sent. Patrons' names never left the old machine: they come from the \
      school's own backup or its lists.

      A run that was cut short is finished by the same command. Restart a running station \
      afterwards.

      Exit status: 0 once enrolled; 75 if the host was not reached; 1 on any other error.
      """)

  @Option(help: "The station's data folder, of lienthong station init.", completion: .directory)
  var data: String

  @Option(help: "The host's address, such as http://thuvien.example:8090; kept.")
  var host: String

  @Option(help: "The one-time code, such as 7KQX-2M4P-A9TD-WZ3H.")
  var code: String

  func run() async throws {
    try await Terminal.advising {
      let code = try EnrolmentCode(code)
      let folder = DataFolder(path: data)
      let url = try UplinkSettings.checkedURL(host)
      let journal = try Journal(folder: folder)
      do {
        let report = try await HTTPClient.sharing { client in
          try await StationEnrolment(
            journal: journal, keys: StationKeys(folder: folder), url: url,
            link: HTTPHostLink(url: url, client: client)
          ).enrol(with: code)
        }
        try tell(report, journal)
      } catch let error as UplinkError where error.isTemporary {
        Terminal.complain(error.advice)
        throw Terminal.temporaryFailure
      }
      try journal.close()
    }
  }

  private func tell(_ report: StationEnrolment.Report, _ journal: Journal) throws {
    var text = """
      Trạm \(journal.station) đã ghi danh ở \(report.groupName), kỳ \(report.epoch). / Station \
      \(journal.station) is enrolled at \(report.groupName), epoch \(report.epoch).
      Khóa của thư viện chủ trì / Host key: \(report.hostKey)

      """
    if report.historyCount > 0 {
      text += """
        Đã lấy lại \(report.historyCount) sự kiện của trạm. / The station has \
        \(report.historyCount) of its earlier events back.

        """
    }
    try CommandOutput.write(text)
  }
}
