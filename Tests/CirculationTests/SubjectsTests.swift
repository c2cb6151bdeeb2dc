import Circulation
import Testing

@Suite("The subjects of a title")
struct SubjectsTests {
  @Test("are read from a list, composed, each once however it is written")
  func list() throws {
    let subjects = try #require(
      Subjects(list: " Toa\u{301}n ,Hình  học; TOÁN,, Địa lý ,"))
    #expect(subjects.words == ["Toán", "Hình học", "Địa lý"])
    #expect(Array(subjects.words[0].utf8) == Array("Toán".utf8))
    #expect(Subjects(list: subjects.list) == subjects)
    #expect(Subjects(list: " ; , ") == Subjects.none)
  }

  @Test("are refused beyond their number and length, and with signs that can't be seen")
  func limits() {
    let nine = (1...9).map { "môn \($0)" }
    #expect(Subjects(nine) == nil && Subjects(Array(nine.dropLast())) != nil)
    #expect(Subjects([String(repeating: "a", count: Subjects.longest)]) != nil)
    for word in [
      "", " a", "a  b", String(repeating: "a", count: Subjects.longest + 1), "a,b", "a;b",
      "a\u{202E}b", "a\u{7}", "Toa\u{301}n",
    ] { #expect(Subjects([word]) == nil, "\(word)") }
    #expect(Subjects(["Toán", "TOÁN"]) == nil)
  }

  @Test("grow by those that are new, and stay where nothing is added")
  func adding() throws {
    let one = try #require(Subjects(["Toán"]))
    let more = try #require(Subjects(["toán", "Văn"]))
    #expect(one.adding(more).words == ["Toán", "Văn"])
    #expect(one.adding(.none) == one)
    let full = try #require(Subjects((1...8).map { "môn \($0)" }))
    #expect(full.adding(one) == full)
  }
}
