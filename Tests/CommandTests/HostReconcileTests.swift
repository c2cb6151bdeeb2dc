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
