import Foundation

/// Draws a printed label as a picture, with the `zint` program that Devices/setup installs.
enum LabelPicture {
  struct NotDrawn: Error, CustomStringConvertible {
    let detail: String

    var description: String {
      "The label could not be drawn (\(detail)). Install zint with Devices/setup and try again."
    }
  }

  /// Draws a Code 128 label of 300 dpi or so into a PNG file.
  static func draw(_ text: String, to file: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "zint", "--barcode=CODE128", "--quietzones", "--scale=2", "--data=\(text)",
      "--output=\(file)",
    ]
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw NotDrawn(detail: error.localizedDescription)
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw NotDrawn(detail: "zint ended with status \(process.terminationStatus)")
    }
  }
}
