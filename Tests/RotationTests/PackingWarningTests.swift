import Circulation
import Labels
import Testing

@testable import Rotation

@Suite("Packing a box")
struct PackingWarningTests {
  private let box: Box
  private let item: ItemID
  private let here: LibraryCode
  private let there: LibraryCode

  init() throws {
    here = try Sample.library("TT")
    there = try Sample.library("TT1")
    item = try Sample.item(1)
    box = Box(opening: try Sample.box(), at: here, to: there, lastSeal: 0)
  }

  @Test("says nothing of a book from the shelf that the stage sends, nor outside any rota")
  func nothingOdd() {
    #expect(box.warnings(packing: item, from: .shelf(here), isInSet: true).isEmpty)
    #expect(box.warnings(packing: item, from: .shelf(here), isInSet: nil).isEmpty)
    #expect(box.warnings(packing: item, from: .box(box.number), isInSet: true).isEmpty)
  }

  @Test("warns of each thing that is odd about a book, in both languages")
  func warnings() throws {
    let other = try Sample.box(8)
    let schoolClass = try #require(SchoolClass("3B"))
    let expected: [(Whereabouts, PackingWarning)] = [
      (.onLoan(here, schoolClass: schoolClass), .onLoan(item, schoolClass: schoolClass)),
      (.shelf(there), .belongsElsewhere(item, at: there)),
      (.onLoan(there, schoolClass: nil), .belongsElsewhere(item, at: there)),
      (.box(other), .inAnotherBox(item, box: other)),
      (.missing(here), .recordedMissing(item)), (.withdrawn(here), .recordedWithdrawn(item)),
      (.unknown, .unknownItem(item)),
    ]
    for (place, warning) in expected {
      #expect(box.warnings(packing: item, from: place, isInSet: nil) == [warning])
      #expect(
        box.warnings(packing: item, from: place, isInSet: false) == [warning, .notInSet(item)])
      #expect(warning.words(in: .vietnamese).contains(item.text))
      #expect(warning.words(in: .english).contains(item.text))
    }
    let words = PackingWarning.onLoan(item, schoolClass: schoolClass).words(in: .vietnamese)
    #expect(words.contains("3B"))
  }
}
