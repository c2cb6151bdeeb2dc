import Circulation
import Testing

@Suite struct VietnameseTextTests {
  @Test(
    "folds marks, case and đ away",
    arguments: [
      ("Nguyễn", "nguyen"), ("Dương", "duong"), ("ĐẤT RỪNG PHƯƠNG NAM", "dat rung phuong nam"),
      ("Nguye\u{302}\u{303}n", "nguyen"), ("  hoà \u{A0} bình ", "hoa binh"),
      ("Tiếng Việt 3, tập một", "tieng viet 3, tap mot"), ("", ""),
    ])
  func folds(text: String, expected: String) {
    #expect(VietnameseText.folded(text) == expected)
  }

  @Test("gives both ways of typing a letter the same bytes")
  func composes() {
    let decomposed = "Nguye\u{302}\u{303}n Thi\u{323} Hu\u{31B}\u{1A1}ng"
    let composed = VietnameseText.composed(decomposed)
    #expect(composed.unicodeScalars.contains("\u{1EC5}"))
    #expect(Array(VietnameseText.composed(composed).utf8) == Array(composed.utf8))
    #expect(Array(VietnameseText.composed("Đỗ Mười").utf8) == Array("Đỗ Mười".utf8))
  }
}
