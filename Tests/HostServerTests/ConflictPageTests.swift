import Exchange
import HTTPTypes
import Labels
import Registry
import TestSupport
import Testing

@testable import HostServer

@Suite("Conflicts on the host's pages")
struct ConflictPageTests {
  private let fixture: ServerFixture

  init() throws {
    fixture = try ServerFixture()
  }

  private static let twice = "/viec-can-xem/TT-1/1/1/on-loan-twice"
  private static let unknown = "/viec-can-xem/TT1-1/1/4/unknown-item"

  /// A host with an item that nobody registered and one that is on loan at two places.
  private func withConflicts() async throws {
    _ = try await fixture.host.registry.apply(fixture.station().sealed())
    let other = try FactMaker("TT")
    var chain = try StationChain(of: "TT")
    chain.record([other.checkout(try FactMaker("TT1").item(1))])
    try await fixture.host.registry.enrol(chain.enrolment)
    _ = try await fixture.host.registry.apply(chain.sealed())
  }

  @Test("are listed with what each is about, and filtered")
  func list() async throws {
    try await withConflicts()
    let (all, one, none) = try await fixture.test(as: .auditor) { host in
      (
        try await host.get("/viec-can-xem?lang=en"),
        try await host.get("/viec-can-xem?lang=en&loai=unknown-item&thu-vien=TT1"),
        try await host.get("/viec-can-xem?lang=en&trang-thai=settled")
      )
    }
    #expect(all.text.contains(Self.twice) && all.text.contains(Self.unknown))
    #expect(one.text.contains(Self.unknown) && !one.text.contains(Self.twice))
    #expect(none.text.contains("There is none of these."))
    #expect(!all.text.contains("Look at open ones again"))
  }

  @Test("show both events in words of either language")
  func bothEvents() async throws {
    try await withConflicts()
    let (english, vietnamese) = try await fixture.test(as: .coordinator) { host in
      (
        try await host.get(Self.twice + "?lang=en"), try await host.get(Self.twice + "?lang=vi")
      )
    }
    for expected in [
      "On loan at two places: TT1.TN.00001", "Dế Mèn phiêu lưu ký",
      "Station TT-1 (event 1.1) at", "lent TT1.TN.00001 to a reader of class 3B",
      "Station TT1-1 (event 1.3) at", "On loan, TT1", "This event holds",
      "not known",
    ] {
      #expect(english.text.contains(expected), "\(expected)")
    }
    for expected in [
      "Cho mượn ở hai nơi", "Trạm TT-1 (sự kiện 1.1) lúc", "cho một bạn đọc lớp 3B mượn",
      "Bạn đọc mượn, TT1", "Theo sổ trước đó",
    ] {
      #expect(vietnamese.text.contains(expected), "\(expected)")
    }
  }

  @Test("say that the host itself has closed one, once a late registration bears it out")
  func closedByHost() async throws {
    try await withConflicts()
    var chain = try StationChain(of: "TT2")
    let maker = try FactMaker("TT1")
    chain.record([maker.registration(try maker.item(2))])
    try await fixture.host.registry.enrol(chain.enrolment)
    _ = try await fixture.host.registry.apply(chain.sealed())
    let (english, vietnamese) = try await fixture.test(as: .auditor) { host in
      (
        try await host.get(Self.unknown + "?lang=en"),
        try await host.get(Self.unknown + "?lang=vi")
      )
    }
    #expect(english.text.contains("the host itself"))
    #expect(vietnamese.text.contains("máy chủ tự xét"))
  }

  @Test("are decided by a form, told what is missing, and opened again")
  func decide() async throws {
    try await withConflicts()
    let replies = try await fixture.test(as: .coordinator) { host in
      [
        try await host.post(form: "ruling=dismissed&expected=0&reason=+", to: Self.twice),
        try await host.post(form: "ruling=books-hold&expected=0", to: Self.twice),
        try await host.get(Self.twice + "?lang=en"),
        try await host.post(form: "ruling=event-holds&expected=0", to: Self.twice),
        try await host.post(form: "ruling=reopened&expected=1&reason=nh%E1%BA%A7m", to: Self.twice),
        try await host.post(form: "ruling=replay", to: Self.twice),
      ]
    }
    #expect(replies.map(\.status.code) == [409, 303, 200, 409, 303, 303])
    #expect(replies[0].text.contains("Hãy viết lý do"))
    #expect(replies[1].headers[.location] == Self.twice)
    #expect(replies[2].text.contains("The books before hold"))
    #expect(replies[2].text.contains("Open it again"))
    #expect(replies[3].text.contains("Người khác vừa giải quyết"))
    #expect(replies[5].headers[.location] == Self.twice + "?con-lai=1")
    let decisions = try await fixture.host.registry.decisions(after: 0, limit: 9)
    #expect(decisions.map(\.ruling) == [.booksHold, .reopened])
    #expect(decisions.map(\.reason) == ["", "nhầm"])
  }

  @Test("are decided by who may: a cataloguer what is about registers, an auditor nothing")
  func rights() async throws {
    try await withConflicts()
    for (role, expected) in [(HostRole.cataloguer, [403, 303]), (.auditor, [403, 403])] {
      let replies = try await fixture.test(as: role) { host in
        [
          try await host.post(form: "ruling=books-hold&expected=0", to: Self.twice),
          try await host.post(form: "ruling=label-lost&expected=0", to: Self.unknown),
          try await host.get(Self.twice),
        ]
      }
      #expect(replies.prefix(2).map(\.status.code) == expected)
      #expect(replies[2].text.contains("chỉ xem"))
    }
  }

  @Test("are looked at once more by a button, which tells what came of it")
  func replay() async throws {
    try await withConflicts()
    let reply = try await fixture.test(as: .cataloguer) {
      try await $0.post(form: "", to: "/viec-can-xem")
    }
    #expect(reply.headers[.location] == "/viec-can-xem?dong=0&xem=2")
    let page = try await fixture.test(as: .cataloguer) {
      try await $0.get("/viec-can-xem?dong=0&xem=2&lang=en")
    }
    #expect(page.text.contains("2 were looked at again, 0 hold no longer."))
  }

  @Test(
    "that are none are told to be none",
    arguments: [
      "/viec-can-xem/TT-1/1/9/on-loan-twice", "/viec-can-xem/x/1/1/y",
      "/viec-can-xem/TT-1/0/1/on-loan-twice", "/viec-can-xem/TT-1/1/-1/on-loan-twice",
    ])
  func none(path: String) async throws {
    let (page, program) = try await fixture.test(as: .auditor) { host in
      (try await host.get(path, asBrowser: true), try await host.get(path))
    }
    #expect(page.status == .notFound && page.text.contains("Không có việc này"))
    #expect(try program.refusal.error == "no-such-conflict")
  }
}

@Suite("The coordinator's other pages")
struct CoordinatorPageTests {
  private let fixture: ServerFixture

  init() throws {
    fixture = try ServerFixture()
  }

  @Test("say how far a station's clock is off, what it has still to send, and in how long it told")
  func clocks() async throws {
    let bytes = try await fixture.station().sealed()
    let contact = StationContact(
      wallMilliseconds: HostFixture.nowMilliseconds + 600_000, monotonicMilliseconds: 5, boot: 7,
      head: 16, roundTripMilliseconds: 40)
    let text = try await fixture.test(as: .auditor) { host in
      _ = try await host.post(bytes, contact: contact.text)
      return try await host.get("/?lang=en").text
    }
    #expect(text.contains("10 min ahead") && text.contains("<td class=\"number\">12</td>"))
  }

  @Test("find an item by its title, and list a place")
  func items() async throws {
    _ = try await fixture.host.registry.apply(fixture.station().sealed())
    let (found, place, none) = try await fixture.test(as: .auditor) { host in
      (
        try await host.get("/sach?lang=en&tim=de+men"),
        try await host.get("/sach?lang=en&noi=patron%3ATT1"),
        try await host.get("/sach?lang=en&tim=%3Cscript%3E")
      )
    }
    for page in [found, place] {
      #expect(page.text.contains("TT1.TN.00001") && page.text.contains("On loan, TT1"))
    }
    #expect(none.text.contains("There is no such item.") && !none.text.contains("<script"))
  }

  @Test("count loans in a table and in a plot that says the same")
  func reports() async throws {
    _ = try await fixture.host.registry.apply(fixture.station().sealed())
    let text = try await fixture.test(as: .auditor) {
      try await $0.get("/thong-ke?lang=en&dem=loans").text
    }
    for expected in [
      "By class", "<th scope=\"row\">3B</th><td class=\"number\">2</td>",
      "Children's books".replacing("'", with: "&#39;"),
      "<svg class=\"plot\"", "09/2026", "School year 2026-2027",
    ] {
      #expect(text.contains(expected), "\(expected)")
    }
  }

  @Test("keep the group's papers by forms, for a coordinator alone")
  func group() async throws {
    let member =
      "library=TT1&name=T%C3%A2n+T%E1%BA%ADp+1&shares=records&shares=items&audience=group"
    let agreement =
      "title=x&day=2026-09-01&body=%C4%90i%E1%BB%81u+1%0A%C4%90i%E1%BB%81u+2"
    let replies = try await fixture.test(as: .coordinator) { host in
      [
        try await host.post(form: member, to: "/nhom/thanh-vien"),
        try await host.post(form: "library=TT1&name=&audience=group", to: "/nhom/thanh-vien"),
        try await host.post(form: agreement, to: "/nhom/thoa-thuan"),
        try await host.post(form: "title=x&day=2026-13-01&body=y", to: "/nhom/thoa-thuan"),
        try await host.post(form: "library=TT1", to: "/nhom/roi-nhom"),
        try await host.post(form: "library=XX", to: "/nhom/roi-nhom"),
        try await host.get("/nhom?lang=en"),
      ]
    }
    #expect(replies.map(\.status.code) == [303, 422, 303, 422, 303, 422, 200])
    for expected in ["Tân Tập 1", "Left 16/09/2026", "<p>Điều 2</p>", "01/09/2026"] {
      #expect(replies[6].text.contains(expected), "\(expected)")
    }
    let refused = try await fixture.test(as: .cataloguer) {
      try await $0.post(form: member, to: "/nhom/thanh-vien").status
    }
    #expect(refused == .forbidden)
  }

  @Test("keep every page below 100 kB, however long its lists are")
  func weight() async throws {
    let maker = try FactMaker("TT1")
    var chain = try StationChain(of: "TT1")
    chain.record(try (1...400).map { maker.checkout(try maker.item($0)) })
    chain.record(try (401...900).map { maker.registration(try maker.item($0)) })
    try await fixture.host.registry.enrol(chain.enrolment)
    _ = try await fixture.host.registry.apply(chain.sealed())
    let paths = [
      "/", "/viec-can-xem", "/sach?noi=shelf:TT1", "/thong-ke", "/nhom", "/nhat-ky", "/tai-khoan",
      "/assets/host.css",
    ]
    let sizes = try await fixture.test(as: .coordinator) { host in
      var sizes: [String: Int] = [:]
      for path in paths { sizes[path] = try await host.get(path).bytes.count }
      return sizes
    }
    for (path, size) in sizes { #expect((500...100_000).contains(size), "\(path): \(size)") }
    #expect(sizes.count == paths.count)
  }

  @Test("have words in both languages for every name that code asks for")
  func words() throws {
    let pages = try HostPages()
    for language in [pages.words(in: .vietnamese), pages.words(in: .english)] {
      let names =
        ConflictKind.allCases.flatMap { ["kind-\($0.rawValue)", "explain-\($0.rawValue)"] }
        + Ruling.allCases.map { "ruling-\($0.rawValue)" }
        + Ruling.allCases.filter { $0 != .noLongerHolds }
        .flatMap { ["do-\($0.rawValue)", "means-\($0.rawValue)"] }
        + HostRole.allCases.map { "role-\($0.rawValue)" }
        + AuditEntry.Act.allCases.map { "act-\($0.rawValue)" }
        + SharedThing.allCases.map { "share-\($0.rawValue)" }
        + ShareAudience.allCases.map { "audience-\($0.rawValue)" }
        + UseCount.allCases.map { "count-\($0.rawValue)" }
        + UseGrouping.allCases.flatMap { ["by-\($0.rawValue)", "of-\($0.rawValue)"] }
      for name in names { #expect(language.terms[name] != nil, "\(name)") }
    }
  }
}
