import ArgumentParser
import Exchange
import Foundation
import Ledger

/// The folder of a stick, with letters to the host and replies from it.
struct StickFolder {
  let path: String

  private static let letterEnding = "-to-host.lienthong"

  static func letterName(of station: StationID) -> String { "\(station)\(letterEnding)" }
  static func replyName(to station: StationID) -> String { "\(station)-from-host.lienthong" }

  /// The readable file beside another one.
  static func coverName(of name: String) -> String {
    name.replacingOccurrences(of: ".lienthong", with: ".txt")
  }

  /// The letters on the stick, in order.
  func letterNames() throws -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw ValidationError("\(path) can't be read (\(error.localizedDescription)). Name a folder.")
    }
    let letters = names.filter { $0.hasSuffix(Self.letterEnding) && !$0.hasPrefix(".") }.sorted()
    guard !letters.isEmpty else {
      throw ValidationError(
        "\(path) holds no letter (*\(Self.letterEnding)). At a station: lienthong stick send"
      )
    }
    guard letters.count <= StickLimits.letters else {
      throw ValidationError(
        "\(path) holds more than \(StickLimits.letters) letters. Answer them in parts.")
    }
    return letters
  }

  /// Reads a file, whole and within `StickLimits.fileBytes`.
  func read(_ name: String) throws -> [UInt8] {
    let url = URL(filePath: path).appending(path: name)
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      let data = try handle.read(upToCount: StickLimits.fileBytes + 1) ?? Data()
      return Array(data)
    } catch {
      throw ValidationError(
        "\(url.path) can't be read (\(error.localizedDescription)). Is this the right stick?")
    }
  }

  /// Writes a file under another name first, so that a stick that is pulled out early holds the old
  /// one or the new one.
  func write(_ bytes: [UInt8], named name: String) throws {
    let url = URL(filePath: path).appending(path: name)
    do {
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw ValidationError(
        "\(url.path) can't be written (\(error.localizedDescription)). Is there room on the stick?")
    }
  }
}
