import Foundation
import TestSupport
import Testing

@Suite("lienthong box")
struct BoxCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func station(_ name: String) async throws -> String {
    let data = folder.file(name).path
    _ = try await BuiltProduct.run([
      "station", "init", "--data", data, "--station", name, "--library-name", name,
    ])
    return data
  }

  @Test("prints the same key each time, which another station takes and takes again")
  func exchange() async throws {
    let (ours, theirs) = (try await station("TT1-1"), try await station("TT-1"))
    let key = try await BuiltProduct.run(["box", "key", "--data", theirs])
    #expect(key.status == 0)
    let words = key.stdout.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(words.count == 2 && words.first == "TT" && words.last?.count == 64)
    #expect(try await BuiltProduct.run(["box", "key", "--data", theirs]).stdout == key.stdout)
    for _ in 0..<2 {
      let trust = try await BuiltProduct.run(["box", "trust", "--data", ours] + words)
      #expect(trust.status == 0)
      #expect(trust.stdout.contains("TT"))
    }
  }

  @Test("refuses what is no key, and tells what to do")
  func badKey() async throws {
    let data = try await station("TT1-1")
    let trust = try await BuiltProduct.run(["box", "trust", "--data", data, "TT", "abc"])
    #expect(trust.status == 1)
    #expect(!trust.stderr.isEmpty)
  }
}
