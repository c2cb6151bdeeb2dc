import FoundationEssentials
import Labels

/// The words of all pages, each in both languages: the table `words.json`.
///
/// The section `shell` is for every page; a page has one more of its own name.
struct PageWords: Sendable {
  /// By section, by name, by language.
  let sections: [String: [String: [String: String]]]

  static let shell = "shell"

  init() throws {
    sections = try JSONDecoder().decode(
      [String: [String: [String: String]]].self, from: Data(PackageResources.words_json))
  }

  /// The words of a page in a language; where the shell has the same name, the page's own counts.
  func words(of page: String, in language: Language) -> [String: String] {
    let shared = sections[Self.shell] ?? [:]
    return shared.merging(sections[page] ?? [:]) { $1 }
      .compactMapValues { $0[language.rawValue] }
  }
}
