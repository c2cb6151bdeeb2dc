import Circulation
import Credentials
import Desk
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import NIOCore
import Synchronization
import Ledger
import TestSupport
import Testing

@testable import StationServer

@Suite("Who may do what")
struct AccessTests {
  @Test(
    "asks for a sign-in where a kiosk must not go",
    arguments: [
      "losses", "finds", "settings/preview", "patrons/export", "patrons/erase",
      "patrons/consents", "patrons/unlink", "patrons/search", "patrons/consents/search",
      "undos", "notes", "notes/search", "search", "on-site-readings", "discoveries",
      "labels", "cards", "rosters", "sets", "sets/removals", "imports", "promotions",
      "stock-takings", "stock-takings/scans", "stock-takings/pauses", "stock-takings/closings",
    ])
  func kiosk(path: String) async throws {
    let fixture = try await ServerFixture()
    let reply = try await fixture.test(signedIn: false) { try await $0.post(path, [:]) }
    #expect(reply.status == .unauthorized)
    #expect(reply.json["error"] == "sign-in-needed")
  }

  @Test("gives a route that nobody has named to the librarian, not to a kiosk")
  func unnamed() {
    #expect(Access.role(for: "POST /api/v1/whatever-comes") == .librarian)
    #expect(Access.role(for: "PUT /api/v1/settings") == .administrator)
    #expect(Access.role(for: "GET /api/v1/promotions") == .librarian)
    #expect(Access.role(for: "POST /api/v1/promotions") == .administrator)
  }

  @Test("leaves the settings to an administrator")
  func librarian() async throws {
    let fixture = try await ServerFixture()
    let account = try Account(name: "thu-thu", role: .librarian)
    let token = try await fixture.station.journal.openSession(of: account)
    try await fixture.test(signedIn: false) { station in
      var station = station
      station.cookie = "session-TT1-1=\(token.text)"
      #expect(try await station.post("settings/preview", [:]).status == .forbidden)
      #expect(try await station.get("settings").status == .ok)
      for path in ["/quay", "/ca-lop", "/kiem-ke", "/danh-sach", "/bo-sach", "/du-lieu"] {
        #expect(try await station.get(path).status == .ok)
      }
      let page = try await station.get("/cai-dat")
      #expect(page.status == .seeOther)
      #expect(page.headers[.location] == "/dang-nhap?tiep=/cai-dat")
    }
  }

  @Test("lets a librarian record consents, but not read what a child has read")
  func consents() async throws {
    let fixture = try await ServerFixture()
    try await fixture.station.perform(
      .checkout(
        item: try Printed.item("TT1.TN.00001"), card: try Printed.card(1), overrideReason: nil))
    let account = try Account(name: "thu-thu", role: .librarian)
    let token = try await fixture.station.journal.openSession(of: account)
    try await fixture.test(signedIn: false) { station in
      var station = station
      station.cookie = "session-TT1-1=\(token.text)"
      let card = JSONValue.string(try Printed.card(1))
      let name = JSONValue.string(StationFixture.operation().id.description)
      let given = try await station.post(
        "patrons/consents",
        ["operation": name, "card": card, "version": "2026-09", "giver": "parent"])
      let read = try await station.post("patrons/consents/search", ["card": card])
      for reply in [given, read] {
        #expect(reply.json["name"] == "Nguyễn Thị Hoa")
        #expect(reply.json["consents"][0]["version"] == "2026-09")
        #expect(!reply.text.contains("TN.00001"))
      }
      for path in ["patrons/export", "patrons/erase", "patrons/unlink", "promotions"] {
        let reply = try await station.post(path, ["card": card])
        #expect(reply.json["error"] == "role-needed")
      }
    }
  }

  @Test("lets a pupil borrow, renew and return, but not go against a rule")
  func pupil() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test(signedIn: false) { station in
      let item = JSONValue.string(try Printed.item("TT1.TN.00001"))
      let card = JSONValue.string(try Printed.card(1))
      func act(_ path: String, _ more: [String: JSONValue] = [:]) async throws -> Reply {
        let fields: [String: JSONValue] = [
          "operation": .string(Printed.operation()), "item": item,
        ]
        return try await station.post(path, .object(fields.merging(more) { $1 }))
      }
      #expect(try await act("checkouts", ["card": card]).status == .ok)
      #expect(try await act("renewals").status == .ok)
      let again = try await act("renewals", ["overrideReason": "em thích"])
      #expect(again.status == .unauthorized)
      #expect(try await act("checkins").status == .ok)
      let ofSet = try await act("checkouts", ["card": card, "set": "SGK-3"])
      #expect(ofSet.status == .unauthorized)
    }
  }

  @Test("shows a kiosk the first name and no loans, and no debt in a refusal")
  func kioskSees() async throws {
    let fixture = try await ServerFixture()
    try await fixture.station.perform(
      .checkout(
        item: try Printed.item("TT1.TN.00001"), card: try Printed.card(1), overrideReason: nil))
    fixture.station.clock.advance(days: 30)
    try await fixture.test(signedIn: false) { station in
      let card = JSONValue.string(try Printed.card(1))
      let scanned = try await station.post("scan", ["text": card])
      #expect(scanned.json["patron"]["name"] == "Hoa")
      #expect(scanned.json["patron"]["schoolClass"] == "3B")
      #expect(scanned.json["patron"]["loans"].elements.isEmpty)
      #expect(!scanned.text.contains("Nguyễn"))
      let refused = try await station.post(
        "checkouts",
        [
          "operation": .string(Printed.operation()), "card": card,
          "item": .string(try Printed.item("TT1.TN.00002")),
        ])
      #expect(refused.status == .conflict)
      #expect(refused.json["words"]["librarian"] == .null)
      for debt in ["quá hạn", "overdue since", "has 1"] { #expect(!refused.text.contains(debt)) }
    }
  }

  @Test("signs in with a cookie that no script can read, and out again")
  func session() async throws {
    let fixture = try await ServerFixture()
    try await fixture.station.journal.setAccount(
      Account(name: "quan-tri", role: .administrator), password: "mot mat khau")
    try await fixture.test(signedIn: false) { station in
      #expect(try await station.get("session").json["role"] == "kiosk")
      let wrong = try await station.post(
        "session", ["name": "quan-tri", "password": "khong phai"])
      #expect(wrong.status == .forbidden)
      #expect(wrong.headers[.setCookie] == nil)
      let right = try await station.post(
        "session", ["name": "quan-tri", "password": "mot mat khau"])
      #expect(right.status == .ok)
      let cookie = try #require(right.headers[.setCookie])
      #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
      var signedIn = station
      signedIn.cookie = String(cookie.prefix { $0 != ";" })
      #expect(try await signedIn.get("session").json["role"] == "administrator")
      _ = try await signedIn.send(.delete, "session", headers: [:], body: nil)
      #expect(try await signedIn.get("session").json["role"] == "kiosk")
    }
  }

  @Test("answers 429 over HTTP to who asks too much, reads on, and forgives with time")
  func tooMuch() async throws {
    let now = Mutex(ContinuousClock.now)
    let buckets = RateBuckets(size: 3, perSecond: 1) { now.withLock(\.self) }
    let router = Router(context: StationContext.self)
    router.add(middleware: ErrorResponses())
    router.add(middleware: RateLimit(buckets) { _ in false })
    router.get("page") { _, _ in "read" }
    router.post("act") { _, _ in "done" }
    try await Application(router: router).test(.live) { client in
      func statuses(of count: Int, _ method: HTTPRequest.Method, _ path: String) async throws
        -> [Int]
      {
        var found: [Int] = []
        for _ in 0..<count {
          found.append(try await client.execute(uri: path, method: method).status.code)
        }
        return found
      }
      #expect(try await statuses(of: 5, .post, "/act") == [200, 200, 200, 429, 429])
      let refusal = try await client.execute(uri: "/act", method: .post)
      let bytes = Data(refusal.body.readableBytesView)
      let body = try JSONDecoder().decode(JSONValue.self, from: bytes)
      #expect(body["error"] == "too-many-requests")
      #expect(body["advice"]["vi"].text?.contains("đợi vài giây") == true)
      #expect(try await statuses(of: 5, .get, "/page") == [200, 200, 200, 200, 200])
      now.withLock { $0 += .seconds(2) }
      #expect(try await statuses(of: 3, .post, "/act") == [200, 200, 429])
    }
  }

  @Test("tells a locked account how long to wait")
  func lockOut() async throws {
    let fixture = try await ServerFixture()
    try await fixture.station.journal.setAccount(
      Account(name: "quan-tri", role: .administrator), password: "mot mat khau")
    try await fixture.test(signedIn: false) { station in
      for _ in 0..<5 {
        _ = try await station.post("session", ["name": "quan-tri", "password": "sai sai sai"])
      }
      let reply = try await station.post(
        "session", ["name": "quan-tri", "password": "mot mat khau"])
      #expect(reply.status == .tooManyRequests)
      #expect(reply.json["error"] == "locked-out")
      #expect(reply.json["advice"]["vi"].text?.contains("30") == true)
    }
  }

  @Test("locks a name that no account has as it locks an account, so that neither is told apart")
  func unknownName() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test(signedIn: false) { station in
      var errors: [String?] = []
      for _ in 0..<6 {
        let reply = try await station.post("session", ["name": "ai-do", "password": "sai sai sai"])
        errors.append(reply.json["error"].text)
      }
      #expect(errors == Array(repeating: "wrong-password", count: 5) + ["locked-out"])
    }
  }

  @Test("writes neither name, card nor password into the log")
  func log() async throws {
    let fixture = try await ServerFixture()
    try await fixture.station.journal.setAccount(
      Account(name: "quan-tri", role: .administrator), password: "mot mat khau")
    try await fixture.test(signedIn: false) { station in
      _ = try await station.post("session", ["name": "quan-tri", "password": "mot mat khau"])
      _ = try await station.post("scan", ["text": .string(try Printed.card(1))])
    }
    for secret in ["mot mat khau", "Hoa", try Printed.card(1)] {
      #expect(!fixture.log.text.contains(secret))
    }
  }
}

@Suite("Against strangers")
struct StrangerTests {
  @Test(
    "answers under names and numbers of this machine alone",
    arguments: [
      ("localhost:8080", true), ("127.0.0.1:8080", true), ("192.168.1.20", true),
      ("[::1]:8080", true), ("tram:8080", true), ("TRAM.local", true), (nil, true),
      ("evil.example:8080", false), ("localhost.evil.example", false), ("tram.evil", false),
      ("1.2.3.4.5", false), ("", false),
    ] as [(String?, Bool)])
  func host(authority: String?, isOurs: Bool) {
    #expect(HostCheck(machineName: "tram").allows(authority) == isOurs)
  }

  @Test("slows an address down after a class's worth of requests, and lets it go on with time")
  func rate() {
    let time = Mutex(ContinuousClock.now)
    let buckets = RateBuckets(size: 10, perSecond: 2) { time.withLock(\.self) }
    #expect((0..<12).count { _ in buckets.takes(from: "192.168.1.20") } == 10)
    #expect(buckets.takes(from: "192.168.1.21"))
    time.withLock { $0 += .seconds(2) }
    #expect((0..<12).count { _ in buckets.takes(from: "192.168.1.20") } == 4)
  }

  @Test("keeps count of so many addresses and no more")
  func addresses() {
    let buckets = RateBuckets(size: 2, perSecond: 1)
    for number in 0..<StationLimits.countedAddresses {
      #expect(buckets.takes(from: "10.0.\(number / 256).\(number % 256)"))
    }
    #expect(!buckets.takes(from: "10.9.9.9"))
  }

  @Test("takes pictures up to a number of bytes at once, and gives the room back")
  func budget() async throws {
    let budget = ByteBudget(100)
    let isBusy = try await budget.spending(60) {
      try await budget.spending(40) {
        do {
          return try await budget.spending(1) { false }
        } catch RequestError.busy {
          return true
        }
      }
    }
    #expect(isBusy)
    _ = try? await budget.spending(100) { () throws -> Int in throw CancellationError() }
    try await budget.spending(100) {}
  }
}

@Suite("The settings' routes")
struct SettingsRoutesTests {
  @Test("show, try out and change the settings, and the desk goes by them at once")
  func change() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test { station in
      let shown = try await station.get("settings")
      #expect(shown.status == .ok)
      var members = shown.json.members
      var patrons = members["patrons"]?.members ?? [:]
      var pupil = patrons["pupil"]?.members ?? [:]
      pupil["itemLimit"] = 5
      patrons["pupil"] = .object(pupil)
      members["patrons"] = .object(patrons)

      let preview = try await station.post("settings/preview", .object(members))
      #expect(preview.status == .ok)
      #expect(preview.json["changes"][0]["field"] == "patrons.pupil.itemLimit")
      #expect(fixture.station.desk.settings.policy.pupil.itemLimit == 2)

      let unnamed = try await station.put("settings", .object(members))
      #expect(unnamed.status == .badRequest)
      let first = StationFixture.operation().id.description
      members["operation"] = .string(first)
      let saved = try await station.put("settings", .object(members))
      #expect(saved.status == .ok)
      let card = try await station.post("scan", ["text": .string(try Printed.card(1))])
      #expect(card.json["patron"]["itemLimit"] == 5)

      // The first change comes again, after another: what is there stays.
      var later = try await station.get("settings").json.members
      later["offsetMinutes"] = 480
      later["operation"] = .string(StationFixture.operation().id.description)
      #expect(try await station.put("settings", .object(later)).status == .ok)
      #expect(try await station.put("settings", .object(members)).status == .ok)
      #expect(try await station.get("settings").json["offsetMinutes"] == 480)
    }
  }

  @Test("tell which rules are the station's own")
  func sources() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test { station in
      let before = try await station.get("settings/sources")
      #expect(before.status == .ok && before.json["groupHolds"] == false)
      #expect(before.json.members["group"] == nil)
      var settings = fixture.station.desk.settings
      settings.policy.pupil.itemLimit = 5
      try await fixture.station.desk.change(to: settings, as: StationFixture.operation().id)
      let after = try await station.get("settings/sources").json
      #expect(after["own"][0]["field"] == "patrons.pupil.itemLimit")
      #expect(after["own"][0]["instead"] == "2")
    }
  }

  @Test("refuse a document with a wrong field, and keep what was")
  func wrong() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test { station in
      var members = try await station.get("settings").json.members
      members["offsetMinutes"] = 9_999
      members["operation"] = .string(StationFixture.operation().id.description)
      let reply = try await station.put("settings", .object(members))
      #expect(reply.status == .unprocessableContent)
      #expect(reply.json["error"] == "bad-settings")
      #expect(reply.json["advice"]["vi"].text?.contains("offsetMinutes") == true)
      #expect(try await station.get("settings").json["offsetMinutes"] == 420)
    }
  }
}

@Suite("The routes of a reader's data")
struct PrivacyRoutesTests {
  @Test("record a consent, show all that is kept, and erase it")
  func journey() async throws {
    let fixture = try await ServerFixture()
    try await fixture.test { station in
      let card = JSONValue.string(try Printed.card(1))
      func name() -> JSONValue { .string(StationFixture.operation().id.description) }
      let consent = try await station.post(
        "patrons/consents",
        ["operation": name(), "card": card, "version": "2026-09", "giver": "parent"])
      #expect(consent.status == .ok)
      #expect(consent.json["consents"][0]["version"] == "2026-09")
      let data = try await station.post("patrons/export", ["card": card])
      #expect(data.json["name"] == "Nguyễn Thị Hoa")
      let erased = try await station.post("patrons/erase", ["operation": name(), "card": card])
      #expect(erased.status == .ok)
      let gone = try await station.post("patrons/export", ["card": card])
      #expect(gone.json["error"] == "unknown-card")
      #expect(try await station.post("patrons/unlink", ["operation": name()]).status == .ok)
    }
  }
}
