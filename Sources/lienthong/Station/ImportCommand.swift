import ArgumentParser
import Circulation
import Desk
import FoundationEssentials
import Journal
import Labels
import Ledger
import Lists

/// `lienthong station import`: takes a class list or a register into a station.
struct StationImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import a class list or a register from a CSV file.",
    discussion: """
      One of the first ten rows has the headings: Họ và tên, Lớp, Số thẻ; or Số ĐKCB, Nhan đề, \
      Tác giả, NXB, Năm XB, Loại. UTF-8 or UTF-16; commas, semicolons or tabs. Pupils without a \
      card number get one. All rows are imported or none; importing a file again changes nothing. \
      It may be run while the station serves.

      Exit status: 0 if imported, or if a dry run finds nothing wrong; 1 if a row is refused, each \
      on a line of its own, or the file or folder can't be used.
      """)

  @Argument(help: "The CSV file.", completion: .file())
  var file: String

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Flag(help: "Say what would be imported, and change nothing.")
  var dryRun = false

  @Flag(help: "Import the other rows where some are refused.")
  var skipRefused = false

  func run() async throws {
    let report = try await Terminal.advising {
      let bytes = try InputList.read(file)
      let journal = try Journal(folder: DataFolder(path: data))
      let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      defer { try? journal.close() }
      if dryRun { return try await desk.previewImport(bytes) }
      var generator = SystemRandomNumberGenerator()
      let id = OperationID.make(
        unixMilliseconds: journal.clock.now().wallMilliseconds, using: &generator)
      return try await desk.importList(
        bytes, skippingRefused: skipRefused, as: NamedOperation(id: id, device: "import"))
    }
    try tell(report)
    if !report.problems.isEmpty, !report.isImported { throw ExitCode.failure }
  }

  private func tell(_ report: ImportReport) throws {
    var lines = report.columns.map { "\($0.heading): \($0.column?.rawValue ?? "–")" }
    lines += report.problems.map { problem in
      "\(problem.line): \(problem.column): \(problem.excerpt): "
        + "\(problem.words(in: .vietnamese)) / \(problem.words(in: .english))"
    }
    lines.append(
      "rows \(report.rowCount): new \(report.newCount), changed \(report.changedCount), "
        + "unchanged \(report.unchangedCount), refused \(report.refusedRowCount)")
    lines.append(
      report.isImported
        ? "Đã nhập. / Imported." : "Chưa nhập gì. / Nothing was imported.")
    try CommandOutput.write(lines.map { $0 + "\n" }.joined())
  }
}

/// `lienthong station promote`: moves all classes up at the end of the year.
struct StationPromoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote",
    abstract: "Move all classes up a year (lên lớp).",
    discussion: """
      1A becomes 2A and so on; pupils of grade 5 leave their class and keep their cards and loans. \
      It is done once a year: a second time within 180 days is refused.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Flag(help: "Say what would change, and change nothing.")
  var dryRun = false

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      defer { try? journal.close() }
      var generator = SystemRandomNumberGenerator()
      let id = OperationID.make(
        unixMilliseconds: journal.clock.now().wallMilliseconds, using: &generator)
      let steps =
        dryRun ? try await desk.promotion() : try await desk.promote(as: NamedOperation(id: id))
      let lines = steps.map { step in
        "\(step.from.schoolClass) → \(step.to?.text ?? "–"): \(step.from.pupils) "
          + "(\(step.from.withLoans) đang mượn / with loans)"
      }
      try CommandOutput.write(lines.map { $0 + "\n" }.joined())
    }
  }
}

/// The bytes of a list.
private enum InputList {
  static func read(_ path: String) throws -> [UInt8] {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw ValidationError("\(path) can't be read. Check the path and its permissions.")
    }
    return Array(data)
  }
}
