import Foundation

/// Draws printed labels, with the `zint` program that Devices/setup installs.
enum LabelPicture {
  struct NotDrawn: Error, CustomStringConvertible {
    let detail: String

    var description: String {
      "The label could not be drawn (\(detail)). Install zint with Devices/setup and try again."
    }
  }

  /// Draws a Code 128 label of 300 dpi or so into a PNG file.
  static func draw(_ text: String, to file: String) throws {
    _ = try zint(["--barcode=CODE128", "--scale=2", "--data=\(text)", "--output=\(file)"])
  }

  /// Draws a code of one of zint's symbologies as SVG, to be put into a page.
  static func svg(of text: String, as symbology: String) throws -> String {
    let file = try zint([
      "--barcode=\(symbology)", "--notext", "--data=\(text)", "--filetype=SVG", "--direct",
    ])
    // The page is HTML, in which an XML declaration and a document type have no place.
    guard let start = file.firstMatch(of: /<svg width="(\d+)" height="(\d+)"/) else {
      throw NotDrawn(detail: "zint drew nothing")
    }
    // Without it, a page that gives the drawing less room cuts it off instead of scaling it.
    let box = "viewBox=\"0 0 \(start.1) \(start.2)\""
    return "\(start.0) \(box)\(file[start.range.upperBound...])"
  }

  /// Runs zint, and gives what it writes.
  private static func zint(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["zint", "--quietzones"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw NotDrawn(detail: error.localizedDescription)
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw NotDrawn(detail: "zint ended with status \(process.terminationStatus)")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
