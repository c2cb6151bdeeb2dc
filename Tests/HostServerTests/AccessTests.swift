import Credentials
import Exchange
import HTTPTypes
import Hummingbird
import Registry
import TestSupport
import Testing

@testable import HostServer

@Suite("Who may see and do what at a host")
struct AccessTests {
  private let fixture: ServerFixture

  init() throws {
    fixture = try ServerFixture()
  }

  private static let form = "name=coordinator&password=\(ServerFixture.password)"

  @Test("is nobody without signing in, but for stations, watchdogs and the sign-in itself")
  func nobody() async throws {
    let open: Set = [
      "GET /assets/host.css", "GET /dang-nhap", "GET /health", "GET /metrics",
      "GET /openapi.json", "GET /tra-cuu",
      "POST /dang-nhap", "POST /dang-xuat", "POST /exchange/v1/batches",
      "POST /exchange/v1/enrolments", "POST /exchange/v1/feed", "POST /exchange/v1/history",
    ]
    let routes = fixture.server.router().routes.filter { $0.method != .head }
      .map { (method: $0.method, path: "\($0.path)") }
    let statuses = try await fixture.test { host in
      var statuses: [String: Int] = [:]
      for route in routes {
        let path = route.path.replacing("{station}", with: "TT1-1")
          .replacing("{epoch}", with: "1").replacing("{sequence}", with: "1")
          .replacing("{name}", with: "unknown-item")
        let reply =
          route.method == .get
          ? try await host.get(path) : try await host.post(form: "", to: path, asBrowser: false)
        statuses["\(route.method) \(route.path)"] = reply.status.code
      }
      return statuses
    }
    #expect(statuses.count > 20)
    for (route, status) in statuses {
      #expect((status == 401) == !open.contains(route), "\(route) answered \(status)")
    }
  }

  @Test("is led to the sign-in and back by a browser")
  func redirect() async throws {
    let reply = try await fixture.test { try await $0.get("/sach", asBrowser: true) }
    #expect(reply.status == .seeOther)
    #expect(reply.headers[.location] == "/dang-nhap?tiep=/sach")
    let page = try await fixture.test { try await $0.get("/dang-nhap?tiep=/sach") }
    #expect(page.text.contains(#"name="tiep" value="/sach""#))
  }

  @Test("opens a session by a form, with a cookie that no script reads and no other site sends")
  func signIn() async throws {
    _ = try await fixture.cookie(of: .coordinator)
    let reply = try await fixture.test {
      try await $0.post(form: Self.form + "&tiep=%2Fnhom", to: "/dang-nhap")
    }
    #expect(reply.status == .seeOther && reply.headers[.location] == "/nhom")
    let cookie = try #require(reply.headers[.setCookie])
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    let session = String(cookie.prefix { $0 != ";" })
    let statuses = try await fixture.test { client in
      var client = client
      client.cookie = session
      let before = try await client.get("/").status
      _ = try await client.post(form: "", to: "/dang-xuat")
      return [before, try await client.get("/").status]
    }
    #expect(statuses == [.ok, .unauthorized])
  }

  @Test(
    "never leads to another site",
    arguments: ["//evil.example", "https://evil.example/", "/\\evil.example", "evil", ""])
  func foreignPath(path: String) {
    #expect(SessionPages.ownPath(path) == "/")
  }

  @Test("is told what was wrong on the page, and is locked after five slips")
  func lockOut() async throws {
    _ = try await fixture.cookie(of: .coordinator)
    let replies = try await fixture.test { host in
      var replies: [Reply] = []
      for _ in 0..<6 {
        replies.append(
          try await host.post(form: "name=coordinator&password=sai-het", to: "/dang-nhap"))
      }
      return replies
    }
    #expect(replies.map(\.status.code) == [403, 403, 403, 403, 403, 429])
    #expect(replies[0].text.contains("không đúng") && replies[5].text.contains("giây"))
    #expect(replies.allSatisfy { !$0.text.contains("sai-het") })
  }

  @Test("is refused to a page of somebody else", arguments: ["https://evil.example", "null"])
  func foreignOrigin(origin: String) async throws {
    let reply = try await fixture.test(as: .coordinator) {
      try await $0.post(form: "name=x", to: "/tai-khoan/xoa", origin: origin, asBrowser: false)
    }
    #expect(reply.status == .forbidden)
    #expect(try reply.refusal.error == "foreign-origin")
  }

  @Test(
    "follows the role",
    arguments: [
      (HostRole.coordinator, [200, 200, 200, 200, 200, 200, 303]),
      (.cataloguer, [200, 200, 200, 200, 403, 403, 303]),
      (.auditor, [200, 200, 200, 200, 200, 403, 403]),
    ])
  func roles(role: HostRole, expected: [Int]) async throws {
    let statuses = try await fixture.test(as: role) { host in
      var statuses: [Int] = []
      for path in ["/", "/viec-can-xem", "/sach", "/thong-ke", "/nhat-ky", "/tai-khoan"] {
        statuses.append(try await host.get(path).status.code)
      }
      return statuses + [try await host.post(form: "", to: "/viec-can-xem").status.code]
    }
    #expect(statuses == expected)
  }

  @Test("lets a coordinator make and remove accounts, and tells what is wrong with one")
  func accounts() async throws {
    let fixture = fixture
    let replies = try await fixture.test(as: .coordinator) { host in
      [
        try await host.post(
          form: "name=kiem-tra&role=auditor&password=mat-khau-dai", to: "/tai-khoan"),
        try await host.post(form: "name=kiem-tra&role=auditor&password=1111", to: "/tai-khoan"),
        try await host.post(form: "name=X%20Y&role=auditor&password=mat-khau", to: "/tai-khoan"),
        try await host.post(form: "name=kiem-tra", to: "/tai-khoan/xoa"),
        try await host.post(form: "name=coordinator", to: "/tai-khoan/xoa"),
      ]
    }
    #expect(replies.map(\.status.code) == [303, 422, 422, 303, 422])
    #expect(replies[4].text.contains("người điều phối cuối cùng"))
    #expect(try await fixture.host.registry.accounts().map(\.name.text) == ["coordinator"])
  }

  @Test("is written into the audit trail, which a spreadsheet opens without running anything")
  func trail() async throws {
    try await fixture.host.registry.note(.invited, on: "=HYPERLINK(\"x\")", detail: "a,b")
    let (page, file) = try await fixture.test(as: .auditor) { host in
      (try await host.get("/nhat-ky?lang=en"), try await host.get("/nhat-ky.csv"))
    }
    #expect(page.text.contains("Signed in") && page.text.contains("command on the host"))
    #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
    #expect(file.text.contains(#""'=HYPERLINK(""x"")","a,b""#))
    #expect(file.text.hasPrefix("\u{FEFF}\"number\""))
  }

  @Test("reads a form as browsers write it")
  func forms() {
    let form = HostForm(text: "a=1+2&b=%C4%90i%E1%BB%81u&c&d=%zz&e=1&e=2&f=%20x%20")
    #expect(form.text("a") == "1 2" && form.text("b") == "Điều" && form.text("c") == "")
    #expect(form.text("d") == "%zz" && form.all("e") == ["1", "2"] && form.text("f") == "x")
    #expect(form.exact("f") == " x " && form.text("none") == "")
    #expect(throws: FormError.badField("a")) { try form.text("a", upTo: 2) }
  }
}
