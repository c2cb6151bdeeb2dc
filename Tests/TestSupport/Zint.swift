package import Foundation

/// Draws bar codes and QR codes with the `zint` program.
package enum Zint {
  /// The codes that a library meets, by zint's names.
  package enum Symbology: String, Sendable, CaseIterable {
    case code128 = "CODE128"
    case code39 = "CODE39"
    case codabar = "CODABAR"
    case ean13 = "EANX"
    case isbn = "ISBNX"
    case upca = "UPCA"
    case upce = "UPCE"
    case itf = "C25INTER"
    case qr = "QRCODE"
  }

  /// zint refused; its own words tell why.
  package struct Refusal: Error {
    package let text: String
  }

  /// Draws a code as a PNG file in `folder`, with quiet zones; `options` are zint's own.
  package static func draw(
    _ text: String, as symbology: Symbology, in folder: TemporaryFolder,
    options: [String] = ["--scale", "2"]
  ) async throws -> URL {
    let file = folder.file("\(symbology)-\(UUID().uuidString).png")
    let output = try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"),
      ["zint", "--barcode", symbology.rawValue, "--data", text, "--output", file.path]
        + ["--quietzones"] + options)
    guard output.status == 0 else { throw Refusal(text: output.stderr) }
    return file
  }
}
