import Circulation
import Labels
import Testing

@Suite("A copy's kind") struct MaterialKindTests {
  @Test(
    "is what its register usually holds, where nobody has told of its title",
    arguments: zip(
      ["TK.00123", "GK.1", "NV.1", "BTC.7", "BC.7", "DIA.2", "SGK.1", "XY.1"],
      [
        MaterialKind.reference, .textbook, .teacherBook, .periodical, .periodical, .disc,
        .textbook, .children,
      ]))
  func usual(accession: String, kind: MaterialKind) throws {
    #expect(MaterialKind(usualFor: try ItemID("TT1.\(accession)")) == kind)
  }
}
