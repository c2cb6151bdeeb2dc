package import Labels

/// Why the desk stops an act on a box before it happens: one case for each rule.
package enum BoxRefusal: Error, Hashable, Sendable {
  case wrongState(BoxNumber, state: BoxState, act: String)
  /// The box stands at another library.
  case heldElsewhere(BoxNumber, at: LibraryCode)
  /// The box is on its way to another library.
  case addressedElsewhere(BoxNumber, to: LibraryCode)
  case addressedToItself(BoxNumber)
  case alreadyPacked(ItemID)
  case notPacked(ItemID)
  case empty(BoxNumber)
  case full(BoxNumber, limit: Int)

  /// The rule's name: stable, for programs, tables and translations.
  package var rule: String {
    switch self {
    case .wrongState: "wrong-box-state"
    case .heldElsewhere: "box-held-elsewhere"
    case .addressedElsewhere: "box-addressed-elsewhere"
    case .addressedToItself: "box-addressed-to-itself"
    case .alreadyPacked: "already-packed"
    case .notPacked: "not-packed"
    case .empty: "box-empty"
    case .full: "box-full"
    }
  }
}

extension BoxRefusal {
  /// What the librarian reads, and what to do next.
  package func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnamese
    case .english: english
    }
  }

  private var vietnamese: String {
    switch self {
    case .wrongState(let box, let state, _):
      "Thùng \(box) \(state.words(in: .vietnamese)). \(state.advice(in: .vietnamese))"
    case .heldElsewhere(let box, let library):
      "Thùng \(box) đang ở thư viện \(library). Hãy để thư viện đó làm việc này."
    case .addressedElsewhere(let box, let library):
      "Thùng \(box) gửi cho thư viện \(library). Hãy giữ nguyên và gửi tiếp đến đó."
    case .addressedToItself(let box):
      "Thùng \(box) đang ghi gửi về chính thư viện này. Hãy chọn thư viện nhận khác."
    case .alreadyPacked(let item): "\(item) đã có trong thùng này. Không cần quét lại."
    case .notPacked(let item): "\(item) không có trong thùng này. Hãy kiểm tra nhãn."
    case .empty(let box): "Thùng \(box) chưa có cuốn nào. Hãy quét sách vào trước khi niêm phong."
    case .full(let box, let limit):
      "Thùng \(box) đã đủ \(limit) cuốn. Hãy niêm phong và mở thùng khác."
    }
  }

  private var english: String {
    switch self {
    case .wrongState(let box, let state, _):
      "Box \(box) \(state.words(in: .english)). \(state.advice(in: .english))"
    case .heldElsewhere(let box, let library):
      "Box \(box) stands at library \(library). Let that library do this."
    case .addressedElsewhere(let box, let library):
      "Box \(box) goes to library \(library). Leave it closed and send it on."
    case .addressedToItself(let box):
      "Box \(box) is addressed to this very library. Choose another one."
    case .alreadyPacked(let item): "\(item) is in this box already; no need to scan it again."
    case .notPacked(let item): "\(item) is not in this box. Check the label."
    case .empty(let box): "Box \(box) is empty. Scan books into it before you seal it."
    case .full(let box, let limit): "Box \(box) has all \(limit) items. Seal it, and open another."
    }
  }
}

extension BoxState {
  /// The state as the end of a sentence that begins with the box.
  package func words(in language: Language) -> String {
    switch (self, language) {
    case (.open, .vietnamese): "đang mở"
    case (.open, .english): "is open"
    case (.sealed, .vietnamese): "đã niêm phong"
    case (.sealed, .english): "is sealed"
    case (.dispatched, .vietnamese): "đang trên đường"
    case (.dispatched, .english): "is on its way"
    case (.receivedInPart, .vietnamese): "đã nhận một phần"
    case (.receivedInPart, .english): "is received in part"
    case (.received, .vietnamese): "đã nhận xong"
    case (.received, .english): "has been received"
    case (.refused, .vietnamese): "đã bị từ chối nhận"
    case (.refused, .english): "was refused"
    case (.lost, .vietnamese): "đang ghi là mất"
    case (.lost, .english): "is recorded as lost"
    case (.found, .vietnamese): "đã tìm thấy"
    case (.found, .english): "has been found"
    }
  }

  /// What can be done with a box in this state, in one sentence.
  fileprivate func advice(in language: Language) -> String {
    let (vietnamese, english) =
      switch self {
      case .open: ("Hãy niêm phong trước.", "Seal it first.")
      case .sealed: ("Hãy mở lại thùng nếu cần sửa.", "Reopen it if something must change.")
      case .dispatched: ("Hãy chờ thư viện nhận.", "Wait until it has come.")
      case .receivedInPart: ("Hãy quét nốt số sách còn lại.", "Scan the rest of the books.")
      case .received, .found: ("Hãy mở lại thùng để dùng tiếp.", "Reopen it to use it again.")
      case .refused: ("Hãy gửi trả hoặc gửi tiếp.", "Send it back or on.")
      case .lost: ("Hãy ghi tìm thấy trước.", "Record it as found first.")
      }
    return language == .vietnamese ? vietnamese : english
  }
}
