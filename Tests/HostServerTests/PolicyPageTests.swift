import Circulation
import HTTPTypes
import Labels
import Registry
import TestSupport
import Testing

@testable import HostServer

@Suite("The group's rules on the host's page")
struct PolicyPageTests {
  private let fixture: ServerFixture
  private static let path = "/quy-dinh"

  init() throws {
    fixture = try ServerFixture()
  }

  private static func form(_ text: String) -> String {
    "act=publish&document=\(Link.escaped(text))"
  }

  @Test("are changed by a coordinator alone, shown in words, and given up again")
  func journey() async throws {
    var document = PolicyDocument.standard
    document.patrons["pupil"]?.itemLimit = 4
    document.calendar = PolicyDocument.Calendar(.standard(for: SchoolYear(start: 2026)))
    let text = try PolicyText.text(of: document)
    let (form, moons) = (Self.form(text), Self.form(text.replacing("7 days", with: "7 moons")))
    let refused = try await fixture.test(as: .cataloguer) { host in
      try await host.post(form: form, to: Self.path).status
    }
    #expect(refused == .forbidden)
    let pages = try await fixture.test(as: .coordinator) { host in
      let before = try await host.get(Self.path + "?lang=en").text
      let published = try await host.post(form: form, to: Self.path).status
      let during = try await host.get(Self.path + "?lang=en").text
      let bad = try await host.post(form: Self.form("{\"patrons\": 7}"), to: Self.path)
      let wrong = try await host.post(form: moons, to: Self.path)
      _ = try await host.post(form: "act=withdraw", to: Self.path)
      let after = try await host.get(Self.path + "?lang=en").text
      return (before, published, during, bad, wrong, after)
    }
    #expect(pages.0.contains("The group has no rules") && pages.1 == .seeOther)
    let shown = ["At most: 4", "7 days", "to the end of the school year", "Saturday", "Textbooks"]
    for words in shown { #expect(pages.2.contains(words), "\(words)") }
    #expect(pages.3.status == .unprocessableContent && pages.3.text.contains("JSON: "))
    #expect(pages.4.status == .unprocessableContent && pages.4.text.contains("7 moons"))
    #expect(pages.5.contains("The group has no rules") && pages.5.contains("rules given up"))
  }
}
