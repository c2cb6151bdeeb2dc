import Foundation
import TestSupport
import Testing

@Suite("A station's accounts and settings at the terminal")
struct AccountCommandTests {
  private let folder: TemporaryFolder
  private let data: String

  init() async throws {
    folder = try TemporaryFolder()
    data = folder.url.appending(path: "station").path
  }

  private func make() async throws -> ChildProcess.Output {
    try await BuiltProduct.run([
      "station", "init", "--data", data, "--station", "TT1-1", "--library-name", "Tân Tập 1",
    ])
  }

  @Test("init makes an administrator and prints a password once")
  func initialise() async throws {
    let output = try await make()
    #expect(output.status == 0)
    #expect(output.stdout.contains("quan-tri (administrator)"))
    #expect(output.stdout.contains("Password, shown this once"))
    let list = try await BuiltProduct.run(["station", "account", "list", "--data", data])
    #expect(list.stdout == "quan-tri administrator\n")
  }

  @Test("a password comes from a file, and one that is too short makes no station")
  func passwordFile() async throws {
    let arguments = [
      "station", "init", "--data", data, "--station", "TT1-1", "--library-name", "Tân Tập 1",
      "--password-file", "-",
    ]
    let short = try await BuiltProduct.run(arguments, input: Array("123\n".utf8))
    #expect(short.status == 1)
    #expect(short.stderr.contains("PIN"))
    #expect(!FileManager.default.fileExists(atPath: data + "/station.sqlite"))
    let good = try await BuiltProduct.run(arguments, input: Array("mot mat khau\n".utf8))
    #expect(good.status == 0)
    #expect(!good.stdout.contains("mot mat khau"))
  }

  @Test("an account is made and removed, but the last administrator stays")
  func accounts() async throws {
    _ = try await make()
    let account = ["station", "account"]
    let made = try await BuiltProduct.run(
      account + ["set", "--data", data, "--name", "thu-thu", "--role", "librarian"])
    #expect(made.status == 0)
    let removed = try await BuiltProduct.run(
      account + ["remove", "--data", data, "--name", "quan-tri"])
    #expect(removed.status == 1)
    #expect(removed.stderr.contains("last administrator"))
    let kiosk = try await BuiltProduct.run(
      account + ["set", "--data", data, "--name", "kiosk", "--role", "kiosk"])
    #expect(kiosk.status == 64)
  }

  @Test("settings go out to a file and come back, tried out first and refused as a whole")
  func settings() async throws {
    _ = try await make()
    let file = folder.url.appending(path: "settings.json").path
    let command = ["station", "settings"]
    let exported = try await BuiltProduct.run(command + ["export", "--data", data, file])
    #expect(exported.status == 0)
    var text = try String(contentsOfFile: file, encoding: .utf8)
    text = text.replacingOccurrences(of: "\"itemLimit\" : 2", with: "\"itemLimit\" : 4")
    let input = Array(text.utf8)
    let imported = command + ["import", "--data", data, "-"]
    let tried = try await BuiltProduct.run(imported + ["--dry-run"], input: input)
    #expect(tried.status == 0)
    #expect(tried.stdout.contains("patrons.pupil.itemLimit: 2 → 4"))
    #expect(tried.stdout.contains("Nothing was changed"))
    let shown = try await BuiltProduct.run(command + ["show", "--data", data])
    #expect(shown.stdout.contains("\"itemLimit\" : 2"))
    #expect(try await BuiltProduct.run(imported, input: input).status == 0)
    let after = try await BuiltProduct.run(command + ["show", "--data", data])
    #expect(after.stdout.contains("\"itemLimit\" : 4"))

    let broken = text.replacingOccurrences(of: "7 days", with: "a week")
    let refused = try await BuiltProduct.run(imported, input: Array(broken.utf8))
    #expect(refused.status == 1)
    #expect(refused.stderr.contains("patrons.pupil.usual.period"))
    let garbage = try await BuiltProduct.run(imported, input: Array("{}".utf8))
    #expect(garbage.status == 1)
    #expect(garbage.stderr.contains("no settings document"))
  }
}
