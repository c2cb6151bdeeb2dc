import HTTPTypes
import Labels
import Serving
import TestSupport
import Testing

@testable import StationServer

@Suite("The page")
struct PageTests {
  @Test("is Vietnamese at first, and keeps the language that was chosen")
  func language() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test { station in
      let first = try await station.get("/")
      #expect(first.text.contains(#"<html lang="vi">"#))
      #expect(first.text.contains("Quét thẻ"))
      #expect(first.headers[.setCookie] == nil)

      let english = try await station.get("/?lang=en")
      #expect(english.text.contains(#"<html lang="en">"#))
      #expect(english.text.contains("Scan your card"))
      let cookie = try #require(english.headers[.setCookie])
      #expect(cookie.hasPrefix("lang=en;"))
      #expect(cookie.contains("HttpOnly"))
      #expect(cookie.contains("SameSite=Strict"))

      let kept = try await station.get("/", headers: [.cookie: "lang=en"])
      #expect(kept.text.contains(#"<html lang="en">"#))
    }
  }

  @Test("takes no other language than it has", arguments: ["/?lang=fr", "/?lang=<script>"])
  func unknownLanguage(path: String) async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.get(path) }
    #expect(reply.text.contains(#"<html lang="vi">"#))
    #expect(reply.headers[.setCookie] == nil)
  }

  @Test("runs nothing inline and loads nothing from elsewhere")
  func policy() async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test { try await $0.get("/") }
    let policy = try #require(reply.headers[.contentSecurityPolicy])
    #expect(policy.contains("default-src 'none'"))
    #expect(policy.contains("script-src 'self';"))
    #expect(policy.contains("frame-ancestors 'none'"))
    #expect(!policy.contains("unsafe"))
    #expect(reply.headers[.xContentTypeOptions] == "nosniff")
    for inline in ["<style", " style=", "<script>", " onclick", "javascript:", "https://"] {
      #expect(!reply.text.contains(inline))
    }
  }

  @Test("answers everything, errors too, under the same security headers")
  func headersEverywhere() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test { station in
      for path in ["/", "/assets/self.js", "/api/v1/state", "/nowhere"] {
        let reply = try await station.get(path)
        #expect(reply.headers[.contentSecurityPolicy] != nil)
      }
    }
  }

  @Test("weighs at most 100 kB with all that it loads", arguments: Page.all.map(\.name))
  func weight(name: String) async throws {
    let page = try #require(Page.all.first { $0.name == name })
    let fixture = try await ServerFixture()
    let bytes = try await fixture.test { station in
      var total = try await station.get(page.paths[0]).bytes.count
      for asset in Self.assets(of: page) {
        total += try await station.get("/assets/\(asset)").bytes.count
      }
      return total
    }
    #expect(bytes <= 100_000)
    #expect(bytes > 10_000)
  }

  /// The files that a page loads: its script with all that this imports, the style and the icon.
  private static func assets(of page: Page) -> Set<String> {
    let own = Asset.all.map(\.name).filter { $0 == "\(page.name).css" }
    var found = Set(["station.css", "icon.svg"] + own)
    var next = ["\(page.name).js"]
    while let name = next.popLast() {
      guard found.insert(name).inserted else { continue }
      next += imports(of: name)
    }
    return found
  }

  private static func imports(of name: String) -> [String] {
    guard let asset = Asset.all.first(where: { $0.name == name }) else { return [] }
    return String(decoding: asset.bytes, as: UTF8.self).split(separator: "from \"./").dropFirst()
      .map { String($0.prefix { $0 != "\"" }) }
  }

  @Test("loads a file once, and again only when it has changed")
  func tags() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test { station in
      let first = try await station.get("/assets/station.css")
      let tag = try #require(first.headers[.eTag])
      let second = try await station.get("/assets/station.css", headers: [.ifNoneMatch: tag])
      #expect(second.status == .notModified)
      #expect(second.bytes.isEmpty)
    }
  }

  @Test("loads only files that are there")
  func imports() async throws {
    let names = Set(Asset.all.map(\.name))
    for asset in Asset.all {
      for name in Self.imports(of: asset.name) { #expect(names.contains(name), "\(name)") }
    }
    for page in Page.all { #expect(names.contains("\(page.name).js")) }
  }

  @Test("has each word in both languages, and uses each")
  func words() throws {
    let table = try PageWords(json: PackageResources.words_json)
    let scripts = Asset.all.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    let layout = String(decoding: PackageResources.layout_mustache, as: UTF8.self)
    // Names that a script puts together from a state, a mode or a kind.
    let composed = [
      "idle-", "link-", "kind-", "condition-", "title", "count-", "column-", "giver-", "pupil",
      "teacher", "staff", "act-", "slip-", "from-", "said-",
      "record-found",
    ]
    for (section, words) in table.sections {
      let templates = Page.all.filter { $0.name == section || section == PageWords.shell }
        .map { String(decoding: $0.template, as: UTF8.self) }
      let sources = scripts + layout + templates.joined()
      for (name, texts) in words {
        #expect(Set(texts.keys) == ["vi", "en"], "\(section).\(name)")
        #expect(texts.values.allSatisfy { !$0.isEmpty }, "\(section).\(name)")
        guard !composed.contains(where: name.hasPrefix) else { continue }
        #expect(
          sources.contains("words.\(name)}") || sources.contains("\"\(name)\""),
          "\(section).\(name) is not used")
      }
    }
  }

  @Test("leaves no word of a template empty", arguments: Page.all.map(\.name), Language.allCases)
  func rendered(name: String, language: Language) throws {
    let page = try #require(Page.all.first { $0.name == name })
    let pages = try PageSet(libraryName: "<b>&", libraryCode: "TT1", stationName: "TT1-1")
    let text = String(decoding: pages.bytes(of: page, in: language), as: UTF8.self)
    #expect(text.contains("&lt;b&gt;&amp;"))
    #expect(!text.contains("<b>&"))
    #expect(!text.contains("{{"))
    let words = try PageWords(json: PackageResources.words_json).words(of: name, in: language)
    for name in Self.names(in: page.template) + Self.names(in: PackageResources.layout_mustache) {
      #expect(words[name] != nil, "\(name)")
    }
  }

  private static func names(in template: [UInt8]) -> [String] {
    String(decoding: template, as: UTF8.self)
      .split(separator: "{{words.").dropFirst().map { String($0.prefix { $0 != "}" }) }
  }
}
