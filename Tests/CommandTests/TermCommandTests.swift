import Desk
import Exchange
import Foundation
import Journal
import Labels
import Ledger
import StationServer
import TestSupport
import Testing

@Suite("lienthong term and lienthong minutes")
struct TermCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A station by its fixture, which knows another one's key, and that one's site.
  private func schools() async throws -> (StationFixture, BoxSite) {
    let fixture = try await StationFixture()
    let group = SlipGroup()
    let keys = SlipKeys(journal: fixture.journal)
    try group.trust(try keys.key().verifyingKey, of: fixture.desk.library)
    let key = try group.key(of: LibraryCode("TT"))
    try await keys.trust(key.verifyingKey, of: LibraryCode("TT"))
    return (fixture, try await BoxSite("TT", key: key, in: group))
  }

  @Test("sum, close, sign and draw up a term, and say why where it can't be")
  func term() async throws {
    let (fixture, other) = try await schools()
    let data = fixture.folder.path
    let term = "2026-2027/1"
    let early = try await BuiltProduct.run(["term", "close", "--data", data, term])
    #expect(early.status == 1 && early.stderr.contains("14"))
    let id = try await fixture.desk.openStockTaking(of: "", as: StationFixture.operation()).id
    _ = try await fixture.desk.closeStockTaking(
      id, settling: [], as: StationFixture.operation())
    let sum = try await BuiltProduct.run(["term", "sum", "--data", data])
    #expect(sum.status == 0 && sum.stdout.split(whereSeparator: \.isNewline).count == 15)
    let close = try await BuiltProduct.run(["term", "close", "--data", data, term])
    #expect(close.status == 0 && close.stdout.contains("14"))
    let statement = try await BuiltProduct.run(["term", "statement", "--data", data, term])
    #expect(statement.stdout.contains("signed TT1 "))
    let signed = try await other.desk.takeStatement(
      statement.stdout, acceptsDifferences: false, as: BoxSite.operation())
    let file = folder.file("da-ky.txt")
    try signed.file.write(to: file, atomically: true, encoding: .utf8)
    let home = try await BuiltProduct.run(["term", "sign", "--data", data, file.path])
    #expect(home.status == 0 && home.stdout == signed.file)
    let reports = try await fixture.desk.termReport(of: term)
    #expect(reports.signatures.map(\.library.text) == ["TT"])
  }

  @Test("write the same minutes each time, as PDF and as CSV")
  func minutes() async throws {
    let (fixture, _) = try await schools()
    let data = fixture.folder.path
    let id = try await fixture.desk.openStockTaking(of: "", as: StationFixture.operation()).id
    let output = folder.file("bien-ban.pdf")
    let arguments = ["minutes", "stock", "--data", data, "--output", output.path]
    let early = try await BuiltProduct.run(arguments)
    #expect(early.status == 1 && early.stderr.contains("Kiểm kê"))
    _ = try await fixture.desk.closeStockTaking(
      id, settling: [], as: StationFixture.operation())
    var files: [Data] = []
    for _ in 0..<2 {
      #expect(try await BuiltProduct.run(arguments).status == 0)
      files.append(try Data(contentsOf: output))
    }
    #expect(files[0] == files[1] && files[0].starts(with: Data("%PDF".utf8)))
    let table = folder.file("bien-ban.csv")
    let csv = try await BuiltProduct.run(
      ["minutes", "stock", "--data", data, "--output", table.path, "--session", "\(id)"])
    #expect(csv.status == 0)
    #expect(try String(contentsOf: table, encoding: .utf8).contains("14,TT1.TN.00010"))
  }
}
