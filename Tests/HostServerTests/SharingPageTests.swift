import Exchange
import HTTPTypes
import Labels
import Ledger
import Registry
import TestSupport
import Testing

@testable import HostServer

@Suite("What members share, and what was kept aside, on the host's pages")
struct SharingPageTests {
  private let fixture: ServerFixture

  init() throws {
    fixture = try ServerFixture()
  }

  private func share(_ shares: Set<SharedThing>, with audience: ShareAudience) async throws {
    try await fixture.host.registry.setMember(
      MemberChange(
        library: LibraryCode("TT1"), name: "Tân Tập 1", shares: shares, audience: audience))
  }

  /// What somebody finds of a title: its label, and its title.
  private func found(as role: HostRole?) async throws -> [Bool] {
    let path = role == nil ? "/tra-cuu" : "/sach"
    let ask: @Sendable (HostClient) async throws -> String = {
      try await $0.get("\(path)?tim=TT1.TN.00001&lang=en").text
    }
    let text =
      if let role {
        try await fixture.test(as: role, ask)
      } else {
        try await fixture.test(ask)
      }
    return [text.contains("row\">TT1.TN.00001") || text.contains("<td>TT1.TN.00001")]
      + [text.contains("Dế Mèn")]
  }

  @Test("is seen by everybody, by cataloguers, or by those who keep the books alone")
  func sharing() async throws {
    _ = try await fixture.host.registry.apply(fixture.station().sealed())
    let steps: [(Set<SharedThing>, ShareAudience, [HostRole?: [Bool]])] = [
      ([.records, .items], .group, [nil: [false, false], .cataloguer: [true, true]]),
      ([.items], .group, [nil: [false, false], .cataloguer: [true, false]]),
      ([], .everybody, [nil: [false, false], .cataloguer: [false, false]]),
      ([.items], .everybody, [nil: [true, false], .cataloguer: [true, false]]),
      ([.records, .items], .everybody, [nil: [true, true], .cataloguer: [true, true]]),
    ]
    for (shares, audience, expected) in steps {
      try await share(shares, with: audience)
      for (role, result) in expected { #expect(try await found(as: role) == result) }
      for role in [HostRole.coordinator, .auditor] {
        #expect(try await found(as: role) == [true, true])
      }
    }
    try await fixture.host.registry.memberLeaves(LibraryCode("TT1"))
    #expect(try await found(as: nil) == [false, false])
    #expect(try await found(as: .cataloguer) == [false, false])
    #expect(try await found(as: .coordinator) == [true, true])
  }

  @Test("asks everybody for two letters of a title at least, or a whole number")
  func shortSearch() async throws {
    _ = try await fixture.host.registry.apply(fixture.station().sealed())
    try await share([.records, .items], with: .everybody)
    let texts = try await fixture.test { host in
      [
        try await host.get("/tra-cuu?tim=d&lang=en").text,
        try await host.get("/tra-cuu?tim=%25+_&lang=en").text,
        try await host.get("/tra-cuu?tim=de&lang=en").text,
      ]
    }
    #expect(texts.map { $0.contains("Type two letters") } == [true, true, false])
    #expect(texts.map { $0.contains("TT1.TN.00001") } == [false, false, true])
  }

  @Test("says on the form that an agreement is longer than stations take")
  func longAgreement() async throws {
    let title = "e" + String(repeating: "%CC%81", count: 1_500)
    let reply = try await fixture.test(as: .coordinator) {
      try await $0.post(form: "title=\(title)&day=2026-09-01&body=x", to: "/nhom/thoa-thuan")
    }
    #expect(reply.status == .unprocessableContent && reply.text.contains("2000 byte"))
  }

  @Test("never tells everybody whether a copy is on loan")
  func loans() async throws {
    _ = try await fixture.host.registry.apply(fixture.station().sealed())
    try await share([.records, .items], with: .everybody)
    let page = try await fixture.test { try await $0.get("/tra-cuu?tim=de+men&lang=en") }
    #expect(page.status == .ok && page.text.contains("On the shelf, TT1"))
    #expect(!page.text.contains("On loan"))
  }

  @Test("is decided by a coordinator, who gives a reason, and seen by the others")
  func keptAside() async throws {
    let registry = fixture.host.registry
    let maker = try FactMaker("TT3")
    var chain = try StationChain(of: "TT3")
    chain.record([maker.description(), maker.reading(4)])
    try await registry.enrol(chain.enrolment)
    _ = try await registry.revoke(chain.station)
    await #expect(throws: ExchangeError.self) { try await registry.apply(chain.sealed()) }
    let path = "/de-rieng/TT3-1/1"
    let form = "ruling=released&event=2-\(chain.positions[2].hash)"
    let statuses = try await fixture.test(as: .auditor) { host in
      [
        try await host.get(path).status, try await host.get("/de-rieng/TT3-1/2").status,
        try await host.post(form: form + "&reason=x", to: path).status,
      ]
    }
    #expect(statuses == [.ok, .notFound, .forbidden])
    let texts = try await fixture.test(as: .coordinator) { host in
      [
        try await host.get("/de-rieng?lang=en").text, try await host.get(path + "?lang=en").text,
        try await host.post(form: form, to: path).text,
        try await host.post(form: "ruling=released&reason=x", to: path).text,
        try await host.post(form: form + "&reason=Thủ+thư", to: path).text,
        try await host.get(path + "?lang=en").text,
        try await host.post(form: form + "&reason=Thủ+thư", to: path).text,
      ]
    }
    #expect(texts[0].contains("TT3-1") && texts[0].contains("2 not decided"))
    #expect(texts[1].contains("described the title “Dế Mèn phiêu lưu ký”"))
    #expect(texts[1].contains("counted 4 on-site readings"))
    #expect(texts[2].contains("Hãy viết lý do"))
    #expect(texts[3].contains("Hãy chọn một sự kiện"))
    #expect(texts[5].contains("Taken in"))
    #expect(texts[6].contains("Không có gì thay đổi"))
    #expect(try await registry.overview().readings == [chain.station.library: 4])
  }
}
