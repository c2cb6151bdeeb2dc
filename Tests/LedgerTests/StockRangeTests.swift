import Labels
import Ledger
import Testing

@Suite struct StockRangeTests {
  @Test(
    "holds the items of a prefix and of its numbers",
    arguments: [
      ("", true, true), ("tk", true, false), ("TK.1-200", true, false),
      ("TK.200-300", false, false),
      ("TN", false, true), ("TK.123", true, false),
    ])
  func contains(text: String, tk: Bool, tn: Bool) throws {
    let range = try #require(StockRange(text))
    #expect(range.contains(try ItemID("TT1.TK.00123")) == tk)
    #expect(range.contains(try ItemID("TT.TN.00001")) == tn)
    #expect(StockRange(range.description) == range)
  }

  @Test(
    "refuses what is no range",
    arguments: ["TK.", "TK.5-1", "TK.x", ".1-2", "TOOLONG", "TK.1-2-3", "T K!", "TK.-1"])
  func refused(text: String) {
    #expect(StockRange(text) == nil)
  }
}
