import FoundationEssentials
package import Labels

/// The words of all pages of a server, each in both languages: a table in JSON.
///
/// The section `shell` is for every page; a page has one more of its own name.
package struct PageWords: Sendable {
  /// By section, by name, by language.
  package let sections: [String: [String: [String: String]]]

  package static let shell = "shell"

  package init(json: [UInt8]) throws {
    sections = try JSONDecoder().decode(
      [String: [String: [String: String]]].self, from: Data(json))
  }

  /// The words of a page in a language; where the shell has the same name, the page's own counts.
  package func words(of page: String, in language: Language) -> [String: String] {
    let shared = sections[Self.shell] ?? [:]
    return shared.merging(sections[page] ?? [:]) { $1 }
      .compactMapValues { $0[language.rawValue] }
  }
}
