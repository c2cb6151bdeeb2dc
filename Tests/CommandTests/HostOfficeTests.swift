import Foundation
import TestSupport
import Testing

@Suite("lienthong host account, policy, replay and member")
struct HostOfficeTests {
  private let folder: TemporaryFolder
  private let host: String

  init() throws {
    folder = try TemporaryFolder()
    host = folder.url.appending(path: "host").path
  }

  private func run(_ words: String...) async throws -> ChildProcess.Output {
    try await BuiltProduct.run(["host"] + words + ["--data", host])
  }

  @Test("make the coordinator's account with the host, and others later")
  func accounts() async throws {
    let made = try await run("init", "--name", "Nhóm Tân Tập")
    #expect(made.status == 0, "\(made.stderr)")
    #expect(made.stdout.contains("Tài khoản / Account: dieu-phoi (coordinator)"))
    #expect(made.stdout.contains("Password, shown this once: "))
    let file = try folder.write(Array("một mật khẩu dài\n".utf8), to: "password")
    let set = try await run(
      "account", "set", "--name", "kiem-tra", "--role", "auditor", "--password-file", file.path)
    #expect(set.status == 0 && !set.stdout.contains("một mật khẩu"), "\(set.stderr)")
    let listed = try await run("account", "list")
    #expect(listed.stdout == "dieu-phoi coordinator\nkiem-tra auditor\n")
    let last = try await run("account", "remove", "--name", "dieu-phoi")
    #expect(last.status == 1 && last.stderr.contains("This is the last coordinator"))
    #expect(try await run("account", "remove", "--name", "kiem-tra").status == 0)
    #expect(try await run("account", "list").stdout == "dieu-phoi coordinator\n")
  }

  @Test("make no host where the coordinator's password is too weak")
  func weakPassword() async throws {
    let file = try folder.write(Array("1111".utf8), to: "password")
    let made = try await run("init", "--name", "x", "--password-file", file.path)
    #expect(made.status == 1 && made.stderr.contains("A PIN needs"))
    #expect(!FileManager.default.fileExists(atPath: host))
  }

  @Test("publish the group's rules from a document, tell what is wrong with one, and give them up")
  func policy() async throws {
    _ = try await run("init", "--name", "Nhóm Tân Tập")
    let station = folder.url.appending(path: "station").path
    _ = try await BuiltProduct.run([
      "station", "init", "--data", station, "--station", "TT1-1", "--library-name", "TT1",
    ])
    let file = folder.url.appending(path: "rules.json").path
    let exported = try await BuiltProduct.run([
      "station", "settings", "export", "--data", station, file,
    ])
    #expect(exported.status == 0, "\(exported.stderr)")
    #expect(try await run("policy", "show").stdout == "")
    let published = try await run("policy", "publish", file)
    #expect(published.stdout.contains("version 1."), "\(published.stderr)")
    #expect(try await run("policy", "show").stdout.contains("\"school-year\""))
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let wrong = try folder.write(
      Array(text.replacing("school-year", with: "a while").utf8), to: "wrong.json")
    let refused = try await run("policy", "publish", wrong.path)
    #expect(refused.status == 1 && refused.stderr.contains("patrons.pupil.kinds.SGK.period"))
    #expect(try await run("policy", "withdraw").status == 0)
    #expect(try await run("policy", "show").stdout == "")
  }

  @Test("keep the group's members, and note that one leaves")
  func members() async throws {
    _ = try await run("init", "--name", "Nhóm Tân Tập")
    let set = try await run(
      "member", "set", "--library", "TT1", "--name", "Tân Tập 1", "--shares", "records",
      "--shares", "items")
    #expect(set.status == 0, "\(set.stderr)")
    #expect(try await run("member", "list").stdout == "TT1 member records,items Tân Tập 1\n")
    #expect(try await run("member", "leave", "--library", "TT1").stdout.contains("has left"))
    #expect(try await run("member", "list").stdout == "TT1 left - Tân Tập 1\n")
    let unknown = try await run("member", "leave", "--library", "XX")
    #expect(unknown.status == 1 && unknown.stderr.contains("is no member of the group"))
    #expect(try await run("replay").stdout.contains("Looked at: 0, closed: 0."))
  }
}
