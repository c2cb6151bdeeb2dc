/// Parts of Vietnamese names, from which the sample group's people are invented.
///
/// A family name stands as often as its weight says, roughly as in the south of Vietnam, so that
/// the sample has what real class lists have: many a Nguyễn, and the same name twice in a class.
enum SampleNames {
  static let familyNames: [(name: String, weight: Int)] = [
    ("Nguyễn", 32), ("Trần", 11), ("Lê", 10), ("Phạm", 7), ("Huỳnh", 6), ("Võ", 5), ("Phan", 4),
    ("Đặng", 3), ("Bùi", 3), ("Trương", 3), ("Đỗ", 2), ("Hồ", 2), ("Ngô", 2), ("Dương", 2),
    ("Lý", 1), ("Đinh", 1), ("Lâm", 1), ("Mai", 1), ("Đoàn", 1), ("Cao", 1), ("Tô", 1),
    ("Châu", 1), ("Thái", 1), ("Lương", 1), ("Hà", 1), ("Kiều", 1),
  ]

  static let girlsMiddleNames = [
    "Thị", "Ngọc", "Thị Ngọc", "Thanh", "Bảo", "Khánh", "Gia", "Phương", "Minh", "Kim", "Thị Kim",
    "Quỳnh", "Thùy", "Hoàng", "Mỹ", "Tuyết", "Như", "Thảo", "Ánh", "Cẩm",
  ]
  static let girlsGivenNames = [
    "An", "Anh", "Châu", "Chi", "Diễm", "Dung", "Duyên", "Giang", "Hà", "Hân", "Hạnh", "Hoa",
    "Hương", "Huyền", "Khuê", "Lan", "Linh", "Loan", "Ly", "Mai", "Mi", "My", "Nga", "Ngân",
    "Nghi", "Ngọc", "Nhi", "Nhung", "Như", "Oanh", "Phúc", "Phương", "Quyên", "Quỳnh", "Tâm",
    "Thanh", "Thảo", "Thơ", "Thư", "Thủy", "Tiên", "Trâm", "Trân", "Trang", "Trinh", "Trúc",
    "Tuyền", "Uyên", "Vy", "Xuân", "Ý", "Yến",
  ]

  static let boysMiddleNames = [
    "Văn", "Minh", "Gia", "Hoàng", "Quốc", "Đức", "Thanh", "Bảo", "Anh", "Tuấn", "Hữu", "Nhật",
    "Phúc", "Thành", "Trọng", "Khánh", "Đăng", "Chí", "Xuân", "Tấn",
  ]
  static let boysGivenNames = [
    "An", "Anh", "Bảo", "Bình", "Cường", "Đại", "Đạt", "Duy", "Dũng", "Giang", "Hải", "Hào",
    "Hiếu", "Hòa", "Hoàng", "Hùng", "Huy", "Hưng", "Khang", "Khánh", "Khoa", "Khôi", "Kiên",
    "Kiệt", "Lâm", "Lộc", "Long", "Luân", "Minh", "Nam", "Nghĩa", "Nguyên", "Nhân", "Phát",
    "Phong", "Phú", "Phúc", "Quân", "Quang", "Sang", "Sơn", "Tài", "Tâm", "Thắng", "Thiện",
    "Thịnh", "Thuận", "Tín", "Toàn", "Trí", "Trung", "Tuấn", "Tùng", "Việt", "Vinh",
  ]

  /// Invents a full name: family, middle and given name, as it is written in Vietnamese.
  static func fullName(using random: inout SplitMix64) -> String {
    let isGirl = random.index(below: 2) == 0
    let parts = [
      random.element(of: weightedFamilyNames),
      random.element(of: isGirl ? girlsMiddleNames : boysMiddleNames),
      random.element(of: isGirl ? girlsGivenNames : boysGivenNames),
    ]
    return parts.joined(separator: " ")
  }

  private static let weightedFamilyNames = familyNames.flatMap { name, weight in
    Array(repeating: name, count: weight)
  }
}
