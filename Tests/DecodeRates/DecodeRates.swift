import Foundation
import Scanning

/// Reads every photo of a set with LienThong, with zbar as `zbarimg` uses it and, where it is
/// installed, with zxing-cpp, and prints rates, wrong reads and times.
///
/// A set is a folder with `manifest.tsv`: a line for each photo with set, symbology, file and the
/// text in it as a JSON string; the symbology `none` says that there is no code.
@main
struct DecodeRates {
  static func main() {
    do {
      try run()
    } catch {
      print(error)
      exit(1)
    }
  }

  private static func run() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first else {
      print("Usage: DecodeRates FOLDER [--details]")
      exit(64)
    }
    guard let photos = try? PhotoSet(folder: URL(filePath: folder)).photos else {
      print("No set of photos is at \(folder): it needs a readable manifest.tsv.")
      exit(66)
    }
    var readers: [any PhotoReader] = [LienThongReader(), ZBarReader()]
    if let other = ZXingReader.find() { readers.append(other) }
    for reader in readers {
      let results = try photos.map { try PhotoResult(of: $0, by: reader) }
      print("\n\(reader.name)\n")
      print(RateTable(results).text)
      if arguments.contains("--details") { print(results.map(\.line).joined(separator: "\n")) }
    }
  }
}
