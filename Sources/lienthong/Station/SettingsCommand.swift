import ArgumentParser
import Desk
import Foundation
import Journal
import Labels

/// `lienthong station settings`: a library's rules and calendar as one document.
struct SettingsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Show, export and import a station's settings (quy định, lịch).",
    discussion: """
      The document is JSON: how many books for how long, by kind of patron and of material; who \
      may make exceptions; terms, closed weekdays and closed days; how numbers are printed. It is \
      checked as a whole before anything is kept.
      """,
    subcommands: [SettingsShowCommand.self, SettingsExportCommand.self, SettingsImportCommand.self])
}

/// `lienthong station settings show`: writes the document to standard output.
struct SettingsShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Write the settings to standard output.")

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  func run() async throws {
    try await Terminal.advising {
      try CommandOutput.write(try await SettingsFile.text(of: DataFolder(path: data)))
    }
  }
}

/// `lienthong station settings export`: writes the document to a file.
struct SettingsExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the settings to a file.")

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Argument(help: "The file to write.", completion: .file())
  var file: String

  func run() async throws {
    try await Terminal.advising {
      let text = try await SettingsFile.text(of: DataFolder(path: data))
      do {
        try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
      } catch {
        CommandOutput.complain("\(file): \(error.localizedDescription)")
        throw ExitCode.failure
      }
    }
  }
}

/// `lienthong station settings import`: changes the settings to those of a document.
struct SettingsImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Change the settings to those of a document.",
    discussion: """
      Prints each field that changes, and the days on which open loans are due and the library \
      would be closed. Open loans keep their due days. A station that is running keeps its \
      settings to itself: stop it first, or use its settings page.

      Exit status: 0 if the document can be used; 1 otherwise, with every problem on a line.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Argument(help: "The document; - is standard input.", completion: .file())
  var file: String

  @Flag(help: "Print what would change, and change nothing.")
  var dryRun = false

  func run() async throws {
    try await Terminal.advising {
      let folder = DataFolder(path: data)
      let lock = dryRun ? nil : try FolderLock(folder)
      let settings = try SettingsFile.read(file)
      let journal = try Journal(folder: folder)
      let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      let preview = try await desk.preview(settings)
      if !dryRun { try await settings.save(to: journal) }
      try journal.close()
      withExtendedLifetime(lock) {}
      try CommandOutput.write(SettingsFile.report(preview, isDryRun: dryRun))
    }
  }
}

/// A settings document in a file, and what a change of it is told as.
enum SettingsFile {
  static func text(of folder: DataFolder) async throws -> String {
    let journal = try Journal(folder: folder)
    let settings = try await DeskSettings(of: journal)
    try journal.close()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(SettingsDocument(settings))
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }

  /// A file named on the command line, or a complaint about it.
  static func bytes(of file: String) throws -> [UInt8] {
    do {
      return try InputFile.read(file)
    } catch {
      CommandOutput.complain("\(file): \(error)")
      throw ExitCode.failure
    }
  }

  static func read(_ file: String) throws -> DeskSettings {
    let document: SettingsDocument = try decode(file)
    return try DeskSettings(document)
  }

  /// A document in a file, or a complaint that it is none.
  static func decode<Document: Decodable>(_ file: String) throws -> Document {
    let bytes = try bytes(of: file)
    do {
      return try JSONDecoder().decode(Document.self, from: Data(bytes))
    } catch let error as DecodingError {
      Terminal.complain { language in
        switch language {
        case .vietnamese: "\(file) không phải bản cài đặt: \(detail(of: error))"
        case .english: "\(file) is no settings document: \(detail(of: error))"
        }
      }
      throw ExitCode.failure
    }
  }

  static func report(_ preview: SettingsPreview, isDryRun: Bool) -> String {
    var lines = preview.changes.map { change in
      "\(change.field): \(change.before ?? "–") → \(change.after ?? "–")"
    }
    if lines.isEmpty { lines.append("Không có gì đổi. / Nothing changes.") }
    lines.append(
      "\(preview.openLoanCount) cuốn đang mượn giữ nguyên hạn trả. / "
        + "\(preview.openLoanCount) open loans keep their due days.")
    lines += preview.closedDueDays.map {
      "\($0.day): nghỉ, mà \($0.loans) cuốn đến hạn / closed, but \($0.loans) loans are due"
    }
    lines.append(
      isDryRun ? "Chưa đổi gì. / Nothing was changed." : "Đã lưu. / The settings are kept.")
    return lines.map { $0 + "\n" }.joined()
  }

  private static func detail(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "\(place(context.codingPath)) lacks \(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      "\(place(context.codingPath)): \(context.debugDescription)"
    @unknown default: "\(error)"
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "JSON" : path.map(\.stringValue).joined(separator: ".")
  }
}
