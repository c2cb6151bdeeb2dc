import HTTPTypes
import Labels
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
      #expect(first.text.contains("Cho mượn"))
      #expect(first.headers[.setCookie] == nil)

      let english = try await station.get("/?lang=en")
      #expect(english.text.contains(#"<html lang="en">"#))
      #expect(english.text.contains("Lend"))
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
      for path in ["/", "/assets/kiosk.js", "/api/v1/state", "/nowhere"] {
        let reply = try await station.get(path)
        #expect(reply.headers[.contentSecurityPolicy] != nil)
      }
    }
  }

  @Test("weighs at most 100 kB with all that it loads")
  func weight() async throws {
    let fixture = try await ServerFixture()
    let bytes = try await fixture.test { station in
      var total = try await station.get("/").bytes.count
      for asset in Asset.all { total += try await station.get("/assets/\(asset.name)").bytes.count }
      return total
    }
    #expect(bytes <= 100_000)
  }

  @Test("loads a file once, and again only when it has changed")
  func tags() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test { station in
      let first = try await station.get("/assets/kiosk.css")
      let tag = try #require(first.headers[.eTag])
      let second = try await station.get("/assets/kiosk.css", headers: [.ifNoneMatch: tag])
      #expect(second.status == .notModified)
      #expect(second.bytes.isEmpty)
    }
  }

  @Test("loads only files that are there")
  func imports() async throws {
    let names = Set(Asset.all.map(\.name))
    for asset in Asset.all where asset.name.hasSuffix(".js") {
      let source = String(decoding: asset.bytes, as: UTF8.self)
      for part in source.split(separator: "from \"./").dropFirst() {
        #expect(names.contains(String(part.prefix { $0 != "\"" })))
      }
    }
  }

  @Test("has each word in both languages, and uses each")
  func words() throws {
    let vietnamese = try KioskPage.words(in: .vietnamese)
    let english = try KioskPage.words(in: .english)
    #expect(Set(vietnamese.keys) == Set(english.keys))
    let sources =
      Asset.all.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
      + String(decoding: PackageResources.kiosk_mustache, as: UTF8.self)
    // Names that a script puts together from a state, a mode or a kind.
    let composed = ["idle-", "link-", "kind-"]
    for name in vietnamese.keys where !composed.contains(where: name.hasPrefix) {
      #expect(sources.contains("words.\(name)}") || sources.contains("\"\(name)\""), "\(name)")
    }
  }

  @Test("leaves no word of the template empty", arguments: Language.allCases)
  func rendered(language: Language) throws {
    let page = try KioskPage(libraryName: "<b>&", stationName: "TT1-1")
    let text = String(decoding: page.bytes(in: language), as: UTF8.self)
    #expect(text.contains("&lt;b&gt;&amp;"))
    #expect(!text.contains("<b>&"))
    #expect(!text.contains("{{"))
    for name in try Self.namesInTemplate() {
      #expect(try KioskPage.words(in: language)[name] != nil, "\(name)")
    }
  }

  private static func namesInTemplate() throws -> [String] {
    String(decoding: PackageResources.kiosk_mustache, as: UTF8.self)
      .split(separator: "{{words.").dropFirst().map { String($0.prefix { $0 != "}" }) }
  }
}
