import ArgumentParser
import Desk
import Foundation
import Journal
import Printing
import StationServer

/// `lienthong box slip`: makes the slip of a sealed box.
struct BoxSlipCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slip",
    abstract: "Make the slip of a sealed box as a PDF file.",
    discussion: """
      The slip lies in the box. Its QR codes hold the signed manifest, so that the receiving \
      station needs no network. Making it again gives the same file. May be run while the station \
      serves.

      Example:
        lienthong box slip --data /var/lib/lienthong --output phieu.pdf B.TT1.0007
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Option(help: "What it is printed on: a4, a5, or receipt for a roll of 80 mm.")
  var paper = Paper.a4

  @Option(help: "The file to write; one that is there is replaced.", completion: .file())
  var output: String

  @Argument(help: "The box's number or what is printed on it, such as B.TT1.0007.")
  var box: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      let desk = Desk(journal: journal, settings: try await DeskSettings(of: journal))
      let bytes = try await SlipPrinter(desk: desk).pdf(ofBox: box, on: paper)
      try journal.close()
      do {
        try Data(bytes).write(to: URL(filePath: output), options: .atomic)
      } catch {
        throw ValidationError(
          "\(output) can't be written (\(error.localizedDescription)). Name another file.")
      }
    }
  }
}

extension Paper: ExpressibleByArgument {}
