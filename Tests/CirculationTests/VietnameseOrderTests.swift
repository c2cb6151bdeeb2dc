import Circulation
import Testing

@Suite struct VietnameseOrderTests {
  @Test("sorts a class by the last word, then letters, then tones, then the words before")
  func classList() {
    let sorted = [
      "Trần Thị An", "Nguyễn Văn Ánh", "Lê Ân", "Hoàng Thị Bình", "Bùi Dung", "Đỗ Văn Dũng",
      "Vũ Đạt", "Phạm Thị Êm", "Lê Thị Hoa", "Nguyễn Thị Hoa", "Nguyễn Thị Hoà", "Trần Văn Ơn",
      "Lý Thị Thu", "Lý Thị Thư",
    ]
    #expect(sorted.shuffled().sorted(by: before) == sorted)
  }

  @Test("takes tones in their order: ngang, huyền, hỏi, ngã, sắc, nặng")
  func tones() {
    let sorted = ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ"]
    #expect(sorted.reversed().sorted(by: before) == sorted)
  }

  @Test("is the same for composed and decomposed letters, and for any case")
  func forms() {
    #expect(VietnameseOrder.nameKey("Nguyễn Huệ") == VietnameseOrder.nameKey("NGUYÊ\u{303}N HUỆ"))
  }

  private func before(_ one: String, _ other: String) -> Bool {
    VietnameseOrder.nameKey(one).lexicographicallyPrecedes(VietnameseOrder.nameKey(other))
  }
}
