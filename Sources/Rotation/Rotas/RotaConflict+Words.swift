package import Labels

extension RotaConflict {
  /// What the host's librarian reads, and what to change.
  package func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnamese
    case .english: english
    }
  }

  private var vietnamese: String {
    switch self {
    case .tooMany(let part, let limit): "Kế hoạch có quá nhiều \(part) (tối đa \(limit)). Hãy chia."
    case .badSetName(let name): "Tên bộ sách “\(name)” cần 1 đến 60 ký tự. Hãy đặt lại."
    case .setTwice(let name): "Hai bộ sách cùng tên “\(name)”. Hãy đổi tên một bộ."
    case .emptySet(let name): "Bộ sách “\(name)” chưa có cuốn nào. Hãy thêm sách hoặc bỏ bộ này."
    case .itemInTwoSets(let item, let one, let other):
      "\(item) nằm trong cả “\(one)” và “\(other)”. Hãy bỏ khỏi một bộ."
    case .setsMayOverlap(let one, let other):
      "“\(one)” và “\(other)” có thể trùng sách; bộ đứng trước được ưu tiên. Hãy xem lại."
    case .badStageNumber(let number): "Số đợt \(number) không hợp lệ. Hãy đánh số từ 1 đến 99."
    case .stageTwice(let number): "Có hai đợt số \(number). Hãy đánh số lại."
    case .termOutOfOrder(let stage): "Đợt \(stage) không sau học kỳ của đợt trước. Hãy đổi học kỳ."
    case .unknownSet(let name, let stage):
      "Đợt \(stage) nói đến bộ “\(name)” chưa có. Hãy thêm bộ này hoặc sửa tên."
    case .unknownLibrary(let library, let stage):
      "Đợt \(stage) nói đến thư viện \(library) ngoài kế hoạch. Hãy thêm hoặc sửa mã."
    case .routeToItself(let library, let stage):
      "Đợt \(stage): thư viện \(library) gửi cho chính mình. Hãy chọn nơi nhận khác."
    case .routeTwice(let route, let stage):
      "Đợt \(stage): “\(route.set)” từ \(route.from) đến \(route.to) ghi hai lần. Hãy bỏ một dòng."
    case .setSharedWithWhole(let name, let library, let stage):
      "Đợt \(stage): “\(name)” ở \(library) đi nhiều nơi. Hãy ghi số lượng cho từng nơi."
    case .badLimit(let limit, let stage): "Đợt \(stage): số lượng \(limit) phải từ 1. Hãy sửa lại."
    }
  }

  private var english: String {
    switch self {
    case .tooMany(let part, let limit):
      "The rota has too many \(part) (\(limit) at most). Divide it."
    case .badSetName(let name): "A set's name has 1 to 60 characters, not “\(name)”. Rename it."
    case .setTwice(let name): "Two sets are called “\(name)”. Rename one."
    case .emptySet(let name): "The set “\(name)” has no item. Add some, or remove the set."
    case .itemInTwoSets(let item, let one, let other):
      "\(item) is in both “\(one)” and “\(other)”. Take it out of one."
    case .setsMayOverlap(let one, let other):
      "“\(one)” and “\(other)” may choose the same titles; the first has them. Look again."
    case .badStageNumber(let number): "\(number) is not a stage's number. Count from 1 to 99."
    case .stageTwice(let number): "Two stages have the number \(number). Number them again."
    case .termOutOfOrder(let stage):
      "Stage \(stage) is not in a later term than the one before. Change its term."
    case .unknownSet(let name, let stage):
      "Stage \(stage) names a set “\(name)” that is not there. Add it, or correct the name."
    case .unknownLibrary(let library, let stage):
      "Stage \(stage) names library \(library), outside this rota. Add it, or correct the code."
    case .routeToItself(let library, let stage):
      "In stage \(stage) library \(library) sends to itself. Choose another one."
    case .routeTwice(let route, let stage):
      "Stage \(stage) sends “\(route.set)” from \(route.from) to \(route.to) twice. Remove a line."
    case .setSharedWithWhole(let name, let library, let stage):
      "In stage \(stage) “\(name)” leaves \(library) for several places. Give each a number."
    case .badLimit(let limit, let stage):
      "In stage \(stage) the number \(limit) is below 1. Correct it."
    }
  }
}
