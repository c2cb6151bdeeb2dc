import Circulation
import Journal
import Labels
import Mustache
import Serving

/// Every page in both languages, rendered once when the station starts.
///
/// Nothing in them changes while the station runs: what does comes through the API.
struct PageSet: Sendable {
  private let rendered: [String: [Language: [UInt8]]]

  init(libraryName: String, libraryCode: String, stationName: String) throws {
    let words = try PageWords(json: PackageResources.words_json)
    var rendered: [String: [Language: [UInt8]]] = [:]
    for page in Page.all {
      let library = MustacheLibrary(templates: [
        "layout": try Self.template(PackageResources.layout_mustache),
        "page": try Self.template(page.template),
      ])
      for language in Language.allCases {
        var context = Self.context(of: page, words, in: language)
        context["library"] = libraryName
        context["libraryCode"] = libraryCode
        context["station"] = stationName
        let text = library.render(context, withTemplate: "page") ?? ""
        rendered[page.name, default: [:]][language] = Array(text.utf8)
      }
    }
    self.rendered = rendered
  }

  func bytes(of page: Page, in language: Language) -> [UInt8] {
    rendered[page.name]?[language] ?? []
  }

  private static func template(_ bytes: [UInt8]) throws -> MustacheTemplate {
    try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
  }

  private static func context(
    of page: Page, _ table: PageWords, in language: Language
  ) -> [String: Any] {
    let words = table.words(of: page.name, in: language)
    let pages = Page.all.map { other in
      [
        "path": other.paths[0], "isCurrent": other.name == page.name,
        "isForAdministrator": other.role == .administrator,
        "title": table.words(of: other.name, in: language)["title"] ?? other.name,
      ] as [String: Any]
    }
    let kinds = MaterialKind.allCases.map { kind in
      [
        "value": kind.rawValue, "name": kind.name(in: language), "isUsual": kind == .children,
      ] as [String: Any]
    }
    let conditions = NotedCondition.allCases.map { condition in
      ["value": condition.rawValue, "name": words["condition-\(condition.rawValue)"] ?? ""]
    }
    let patronKinds = PatronKind.allCases.map { kind in
      ["value": kind.rawValue, "name": words[kind.rawValue] ?? kind.rawValue]
    }
    return [
      "patronKinds": patronKinds, "conditions": conditions, "name": page.name,
      "language": language.rawValue,
      "isVietnamese": language == .vietnamese, "words": words, "pages": pages, "kinds": kinds,
      "wordList": words.sorted { $0.key < $1.key }.map { ["name": $0.key, "text": $0.value] },
    ]
  }
}
