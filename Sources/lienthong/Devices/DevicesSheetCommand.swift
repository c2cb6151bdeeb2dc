import ArgumentParser
import Capture
import Foundation

/// `lienthong devices sheet`: the printed page by which scanners are paired and tried out.
struct DevicesSheetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract: "Make the printable sheet that pairs and tests scanners and cameras.",
    discussion: """
      Writes one HTML page of A4 size with the pairing code and a code of each kind that libraries \
      meet. Open it in a browser and print it at 100%. The codes are drawn by zint, which \
      Devices/setup installs.

      Example:
        lienthong devices sheet --output sheet.html
      """)

  @Option(help: "The HTML file to write.", completion: .file())
  var output: String

  func run() async throws {
    do {
      let page = try TestSheet().html()
      try Data(page.utf8).write(to: URL(filePath: output), options: .atomic)
    } catch {
      CommandOutput.complain("\(output): \(error)")
      throw ExitCode.failure
    }
  }
}

/// The sheet: the pairing code, then one code of each kind, each with what it says.
private struct TestSheet {
  private static let codes: [(symbology: String, text: String, name: String)] = [
    ("CODE128", "TT1.TK.00123-O", "Code 128"),
    ("CODE39", "TK.00123", "Code 39"),
    ("CODABAR", "A31117013206375B", "Codabar"),
    ("EANX", "9786042112345", "EAN-13 / ISBN"),
    ("C25INTER", "31117013206375", "Interleaved 2 of 5"),
    ("QRCODE", "TT1.TK.00123-O", "QR"),
  ]

  func html() throws -> String {
    let pairing = try figure("CODE128", PairingCode.text, "1. Ghép / Pair")
    let tests = try Self.codes.map { try figure($0.symbology, $0.text, $0.name) }
    return """
      <!doctype html>
      <html lang="vi">
      <head>
      <meta charset="utf-8">
      <title>LienThong: máy quét / scanners</title>
      <style>
      @page { size: A4; margin: 15mm; }
      body { font-family: sans-serif; }
      .codes { display: grid; grid-template-columns: 1fr 1fr; gap: 12mm; }
      figure { margin: 0 0 10mm; break-inside: avoid; text-align: center; }
      svg { max-width: 90%; height: 24mm; }
      </style>
      </head>
      <body>
      <h1>Ghép và thử máy quét / Pair and test scanners</h1>
      <p>lienthong devices pair --data DIR</p>
      \(pairing)
      <h2>2. Thử / Test: lienthong devices watch</h2>
      <div class="codes">
      \(tests.joined(separator: "\n"))
      </div>
      </body>
      </html>

      """
  }

  private func figure(_ symbology: String, _ text: String, _ name: String) throws -> String {
    let drawing = try LabelPicture.svg(of: text, as: symbology)
    return "<figure>\n<h3>\(name)</h3>\n\(drawing)\n<figcaption>\(text)</figcaption>\n</figure>"
  }
}
