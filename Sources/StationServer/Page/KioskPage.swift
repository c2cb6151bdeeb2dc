import Circulation
import FoundationEssentials
import Labels
import Mustache

/// The kiosk page in both languages, rendered once when the station starts.
///
/// Nothing in it changes while the station runs: what does comes through the API. Its words are in
/// `words.vi.json` and `words.en.json`, one entry for each name that the template uses.
struct KioskPage: Sendable {
  private let vietnamese: [UInt8]
  private let english: [UInt8]

  init(libraryName: String, stationName: String) throws {
    let source = String(decoding: PackageResources.kiosk_mustache, as: UTF8.self)
    let template = try MustacheTemplate(string: source)
    func render(_ language: Language) throws -> [UInt8] {
      let words = try Self.words(in: language)
      let context: [String: Any] = [
        "language": language.rawValue, "isVietnamese": language == .vietnamese,
        "library": libraryName, "station": stationName,
        "words": words,
        "wordList": words.sorted { $0.key < $1.key }.map { ["name": $0.key, "text": $0.value] },
        "kinds": MaterialKind.allCases.map { kind in
          [
            "value": kind.rawValue, "name": kind.name(in: language),
            "isUsual": kind == .children,
          ] as [String: Any]
        },
      ]
      return Array(template.render(context).utf8)
    }
    vietnamese = try render(.vietnamese)
    english = try render(.english)
  }

  func bytes(in language: Language) -> [UInt8] {
    switch language {
    case .vietnamese: vietnamese
    case .english: english
    }
  }

  static func words(in language: Language) throws -> [String: String] {
    let bytes =
      switch language {
      case .vietnamese: PackageResources.words_vi_json
      case .english: PackageResources.words_en_json
      }
    return try JSONDecoder().decode([String: String].self, from: Data(bytes))
  }
}
