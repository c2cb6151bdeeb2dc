import ArgumentParser
import Desk
import Foundation
import Journal
import Labels
import Ledger
import Rotation
import StationServer

/// `lienthong box open`: opens a box, for a stage of a rota where one sends something that way.
struct BoxOpenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open an empty box to another library, for a stage of a rota.",
    discussion: """
      Without --stage the box is for the one stage by which a rota sends something there now; \
      where none or several do, it belongs to none. --stage none leaves it outside any rota. What \
      is packed is scanned at the page /thung. May be run while the station serves.

      Example:
        lienthong box open --data /var/lib/lienthong --to TT --stage 2026-TT/1 B.TT1.0007
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Option(help: "The library that the box will go to.")
  var to: LibraryCode

  @Option(help: "The rota's name and the stage's number, such as 2026-TT/1, or none.")
  var stage: String?

  @Argument(help: "The box's number or what is printed on it, such as B.TT1.0007.")
  var box: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      let wished: BoxStage = stage.map { $0 == "none" ? .none : .named($0) } ?? .usual
      let outcome = try await desk.perform(
        .open(box: box, to: to.text, stage: wished),
        as: CommandOperation.named(at: journal.clock.now().wallMilliseconds))
      try journal.close()
      let (number, stage) = (outcome.summary.record.box.number, outcome.summary.record.stage)
      try CommandOutput.write(
        """
        Đã mở thùng \(number) gửi đến \(to)\(stage.map { ", đợt \($0)" } ?? ""). / Box \(number) \
        to \(to) is open\(stage.map { ", stage \($0)" } ?? "").

        """)
    }
  }
}
