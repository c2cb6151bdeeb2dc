package import Circulation
package import Labels

/// Where the station's books have an item that is about to be packed.
package enum Whereabouts: Hashable, Sendable {
  case shelf(LibraryCode)
  /// With a patron; a pupil's class, where the station knows it.
  case onLoan(LibraryCode, schoolClass: SchoolClass?)
  case box(BoxNumber)
  case missing(LibraryCode)
  case withdrawn(LibraryCode)
  /// No book of this number is known here.
  case unknown
}

/// What is odd about an item that is packed; the librarian is told at once, and decides.
package enum PackingWarning: Hashable, Sendable {
  case onLoan(ItemID, schoolClass: SchoolClass?)
  case belongsElsewhere(ItemID, at: LibraryCode)
  case notInSet(ItemID)
  case inAnotherBox(ItemID, box: BoxNumber)
  case recordedMissing(ItemID)
  case recordedWithdrawn(ItemID)
  case unknownItem(ItemID)

  /// The warning's name: stable, for programs, tables and translations.
  package var name: String {
    switch self {
    case .onLoan: "on-loan"
    case .belongsElsewhere: "belongs-elsewhere"
    case .notInSet: "not-in-set"
    case .inAnotherBox: "in-another-box"
    case .recordedMissing: "recorded-missing"
    case .recordedWithdrawn: "recorded-withdrawn"
    case .unknownItem: "unknown-item"
    }
  }
}

extension Box {
  /// What is odd about packing an item here.
  ///
  /// `isInSet` says whether a set that the rota sends this way holds the item; nothing
  /// where the box travels outside any rota.
  package func warnings(
    packing item: ItemID, from whereabouts: Whereabouts, isInSet: Bool?
  ) -> [PackingWarning] {
    let place: PackingWarning? =
      switch whereabouts {
      case .shelf(let library):
        library == from ? nil : .belongsElsewhere(item, at: library)
      case .onLoan(let library, let schoolClass):
        library == from
          ? .onLoan(item, schoolClass: schoolClass) : .belongsElsewhere(item, at: library)
      case .box(let box): box == number ? nil : .inAnotherBox(item, box: box)
      case .missing: .recordedMissing(item)
      case .withdrawn: .recordedWithdrawn(item)
      case .unknown: .unknownItem(item)
      }
    return [place, isInSet == false ? .notInSet(item) : nil].compactMap(\.self)
  }
}

extension PackingWarning {
  /// What the librarian reads, and what to do next.
  package func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnamese
    case .english: english
    }
  }

  private var vietnamese: String {
    switch self {
    case .onLoan(let item, let schoolClass):
      "\(item) đang ghi cho mượn\(schoolClass.map { " ở lớp \($0)" } ?? ""). Hãy nhận trả trước."
    case .belongsElsewhere(let item, let library):
      "\(item) đang ghi ở thư viện \(library). Hãy để riêng và báo thư viện đó."
    case .notInSet(let item): "\(item) không có trong đợt luân chuyển này. Hãy bỏ ra nếu nhầm."
    case .inAnotherBox(let item, let box):
      "\(item) đang ghi trong thùng \(box). Hãy lấy ra khỏi thùng đó trước."
    case .recordedMissing(let item): "\(item) đang ghi là mất. Hãy ghi tìm thấy trước."
    case .recordedWithdrawn(let item): "\(item) đã thanh lý. Hãy để riêng, đừng gửi."
    case .unknownItem(let item): "Chưa có bản sách \(item) ở đây. Hãy kiểm tra nhãn."
    }
  }

  private var english: String {
    switch self {
    case .onLoan(let item, let schoolClass):
      "\(item) is on loan\(schoolClass.map { " in class \($0)" } ?? ""). Check it in first."
    case .belongsElsewhere(let item, let library):
      "\(item) is recorded at library \(library). Put it aside and tell them."
    case .notInSet(let item): "\(item) is not in this stage's sets. Take it out if it slipped in."
    case .inAnotherBox(let item, let box): "\(item) is in box \(box). Take it out there first."
    case .recordedMissing(let item): "\(item) is recorded as missing. Record it as found first."
    case .recordedWithdrawn(let item): "\(item) was withdrawn. Put it aside; don't send it."
    case .unknownItem(let item): "No item \(item) is known here. Check the label."
    }
  }
}
