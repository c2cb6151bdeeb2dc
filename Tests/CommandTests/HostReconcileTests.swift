import Foundation
import Labels
import Ledger
import Registry
import Rotation
import TestSupport
import Testing

@Suite("lienthong host reconcile")
struct HostReconcileTests {
  private let fixture: HostFixture
  private let folder: TemporaryFolder
  private let term: Term

  /// A library with two books, one of which is missing when it closes the term; and one that has
  /// not closed it.
  init() async throws {
    fixture = try HostFixture()
    folder = try TemporaryFolder()
    // Nothing that the program signs is looked at, so any key will do.
    let isWritten = FileManager.default.createFile(
      atPath: fixture.folder.signingKey, contents: Data(repeating: 7, count: 32),
      attributes: [.posixPermissions: 0o600])
    #expect(isWritten)
    term = try #require(Term("2026-2027/1"))
    let maker = try FactMaker("TT1")
    let items = try (1...2).map { try maker.item($0) }
    var chain = try StationChain(of: "TT1")
    chain.record([maker.description()] + items.map { maker.registration($0) })
    try chain.close(
      term, open: [TermStatement.Open(items[0], .missing, since: term, at: maker.library)])
    try await fixture.registry.enrol(chain.enrolment)
    _ = try await fixture.registry.apply(chain.sealed())
  }

  private func run(_ words: String...) async throws -> ChildProcess.Output {
    try await BuiltProduct.run(["host", "reconcile", "--data", fixture.folder.path] + words)
  }

  @Test("prints the sum, what is open as CSV, and draws up minutes that are the same each time")
  func closed() async throws {
    let sum = try await run()
    #expect(sum.status == 0, "\(sum.stderr)")
    for line in [
      "term 2026-2027/1", "waiting -", "row TT1 TN TT1 0 0 2 0 0 0 0 2 1", "heading missing 1",
      "open 1",
    ] {
      #expect(sum.stdout.split(separator: "\n").contains(Substring(line)), "\(line)")
    }
    let csv = try await run("--csv", "--term", "2026-2027/1").stdout
    #expect(csv.contains("\"TT1.TN.00001\",\"Dế Mèn phiêu lưu ký\",\"missing\""))
    let closing = try await run("--closing").stdout
    #expect(sum.stdout.contains("sha256 \(StatementHash(of: closing))"))
    let output = folder.file("bien-ban.pdf")
    var files: [Data] = []
    for _ in 0..<2 {
      #expect(try await run("--minutes", output.path).status == 0)
      files.append(try Data(contentsOf: output))
    }
    #expect(files[0] == files[1] && files[0].starts(with: Data("%PDF".utf8)))
  }

  @Test("goes on giving what was closed, and says beside it what has come since")
  func deviates() async throws {
    let closing = try await run("--closing")
    #expect(closing.status == 0 && closing.stderr.isEmpty)
    let minutes = folder.file("bien-ban.csv")
    #expect(try await run("--minutes", minutes.path).status == 0)
    let drawn = try String(contentsOf: minutes, encoding: .utf8)
    var other = try StationChain(of: "TT")
    other.record([try FactMaker("TT").registration(try FactMaker("TT").item(1))])
    try await fixture.registry.enrol(other.enrolment)
    _ = try await fixture.registry.apply(other.sealed())
    let later = try await run("--closing")
    #expect(later.status == 0 && later.stdout == closing.stdout)
    for expected in [
      "The sum is another by now", "Sổ hiện cộng khác bản đã chốt", "deviates waits for TT",
      "+ row TT TN TT 0 0 1 0 0 0 0 1 0",
    ] {
      #expect(later.stderr.contains(expected), "\(expected)")
    }
    #expect(try await run().stdout.contains("deviates waits for TT\n"))
    #expect(try await run("--minutes", minutes.path).status == 0)
    let again = try String(contentsOf: minutes, encoding: .utf8)
    #expect(again != drawn && again.contains("Sau khi chốt, sổ cộng khác đi"))
    #expect(again.contains("còn chờ TT;"))
    let sums = { (text: String) in
      text.split(whereSeparator: \.isNewline).filter { $0.contains("Cộng") }
    }
    #expect(sums(again) == sums(drawn))
  }

  @Test("says in every form how many differences no list has room for")
  func unlisted() async throws {
    let library = try LibraryCode("TT1")
    let earlier = try #require(Term("2025-2026/2"))
    var chain = try StationChain(of: "TT1")
    try chain.close(earlier, through: EventMark(epoch: .first, sequence: 100_000))
    let host = try HostFixture()
    let key = FileManager.default.contents(atPath: fixture.folder.signingKey)
    #expect(
      FileManager.default.createFile(
        atPath: host.folder.signingKey, contents: key, attributes: [.posixPermissions: 0o600]))
    try await host.registry.enrol(chain.enrolment)
    _ = try await host.registry.apply(chain.sealed())
    try await host.sendAway(20_003, of: library)
    let minutes = folder.file("bien-ban.csv")
    func run(_ words: String...) async throws -> String {
      try await BuiltProduct.run(
        ["host", "reconcile", "--data", host.folder.path] + words
      ).stdout
    }
    #expect(try await run().contains("\nunlisted Not listed here: 3 more"))
    #expect(try await run("--closing").contains("\nunlisted 3 more to look into"))
    let rest = try await run("--csv").split(separator: "\r\n").last
    #expect(rest?.hasPrefix("\"\",\"Còn 3 bản cần xem") == true)
    #expect(rest?.contains("\"unlisted\",\"3\"") == true)
    _ = try await run("--minutes", minutes.path)
    #expect(try String(contentsOf: minutes, encoding: .utf8).contains("Còn 3 bản cần xem chưa nêu"))
  }

  @Test("says who is waited for, and draws up no minutes before")
  func waiting() async throws {
    let other = try StationChain(of: "TT")
    try await fixture.registry.enrol(other.enrolment)
    #expect(try await run().stdout.contains("waiting TT\n"))
    let minutes = try await run("--minutes", folder.file("bien-ban.pdf").path)
    #expect(minutes.status == 1 && minutes.stderr.contains("TT has not sent everything"))
    let bad = try await run("--pair", "TT")
    #expect(bad.status == 64 && bad.stderr.contains("--pair takes two libraries"))
  }
}
