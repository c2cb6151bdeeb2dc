package import Labels

/// Why a slip is not accepted, or a manifest can't be drawn up.
package enum ManifestError: Error, Hashable, Sendable {
  case badItemCount(Int, limit: Int)
  case itemTwice(ItemID)
  case badSeal(Int)
  case badVersion(Int)
  case tooManyParts(Int, limit: Int)
  /// The numbers of the codes that are still to be read; none at all where none was.
  case partsMissing([Int])
  /// Bytes that this program never writes.
  case malformed
  /// Written by a later version of this program.
  case otherVersion
  /// Its sender has no key in this group.
  case notOfThisGroup(LibraryCode)
  /// The signature is not its sender's.
  case forged(LibraryCode)
  case ofAnotherBox(BoxNumber, inHand: BoxNumber)
  case oldSlip(BoxNumber, seal: Int, known: Int)
}

extension ManifestError {
  /// The rule's name: stable, for programs, tables and translations.
  package var rule: String {
    switch self {
    case .badItemCount: "bad-item-count"
    case .itemTwice: "item-twice"
    case .badSeal: "bad-seal"
    case .badVersion: "bad-item-version"
    case .tooManyParts: "too-many-slip-codes"
    case .partsMissing: "slip-codes-missing"
    case .malformed: "malformed-slip"
    case .otherVersion: "slip-of-later-version"
    case .notOfThisGroup: "slip-of-another-group"
    case .forged: "forged-slip"
    case .ofAnotherBox: "slip-of-another-box"
    case .oldSlip: "old-slip"
    }
  }

  /// What the librarian reads, and what to do next.
  package func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnamese
    case .english: english
    }
  }

  private var vietnamese: String {
    switch self {
    case .badItemCount(let count, let limit):
      "Bảng kê có \(count) cuốn. Mỗi thùng từ 1 đến \(limit) cuốn; hãy chia lại."
    case .itemTwice(let item): "\(item) ghi hai lần trong bảng kê. Hãy bỏ bớt một dòng."
    case .badSeal(let seal): "Số lần niêm phong \(seal) không hợp lệ. Hãy mở thùng mới."
    case .badVersion(let version):
      "Một cuốn có \(version) lần ghi, ngoài giới hạn. Hãy lấy cuốn ấy ra và báo thư viện chủ trì."
    case .tooManyParts(let count, let limit):
      "Phiếu cần \(count) mã QR, nhiều hơn \(limit). Hãy chia sang hai thùng."
    case .partsMissing(let numbers):
      numbers.isEmpty
        ? "Chưa đọc được mã nào trên phiếu. Hãy quét các mã QR, theo thứ tự nào cũng được."
        : "Còn thiếu mã số \(list(numbers)). Hãy quét nốt, hoặc nhận thùng không cần phiếu."
    case .malformed: "Phiếu không đúng dạng. Hãy quét lại, hoặc nhận thùng không cần phiếu."
    case .otherVersion: "Phiếu do chương trình mới hơn in ra. Hãy cập nhật trạm này."
    case .notOfThisGroup(let library):
      "Phiếu ghi thư viện \(library), không thuộc nhóm này. Hãy để riêng thùng và hỏi nơi gửi."
    case .forged(let library):
      "Chữ ký trên phiếu không phải của thư viện \(library). Hãy để riêng thùng và gọi cho họ."
    case .ofAnotherBox(let box, let inHand):
      "Phiếu này của thùng \(box), không phải \(inHand). Hãy tìm đúng phiếu."
    case .oldSlip(let box, let seal, _):
      "Phiếu cũ của thùng \(box) (lần niêm phong \(seal)). Hãy tìm phiếu mới trong thùng."
    }
  }

  private var english: String {
    switch self {
    case .badItemCount(let count, let limit):
      "The manifest has \(count) items. A box takes 1 to \(limit); divide them."
    case .itemTwice(let item): "\(item) is in the manifest twice. Take one line out."
    case .badSeal(let seal): "\(seal) is not the number of a seal. Open another box."
    case .badVersion(let version):
      "A copy has \(version) acts on record, out of bounds. Take it out and tell the host."
    case .tooManyParts(let count, let limit):
      "The slip needs \(count) codes, more than \(limit). Divide it over two boxes."
    case .partsMissing(let numbers):
      numbers.isEmpty
        ? "No code of the slip was read yet. Scan its QR codes, in any order."
        : "Code \(list(numbers)) is still missing. Scan it, or receive the box without its slip."
    case .malformed: "The slip can't be read. Scan it again, or receive the box without it."
    case .otherVersion: "A later version of the program made this slip. Update this station."
    case .notOfThisGroup(let library):
      "The slip names library \(library), which is not in this group. Put the box aside and ask."
    case .forged(let library):
      "Library \(library) did not sign this slip. Put the box aside and call them."
    case .ofAnotherBox(let box, let inHand):
      "This slip is of box \(box), not of \(inHand). Look for the right one."
    case .oldSlip(let box, let seal, _):
      "This is an old slip of box \(box) (seal \(seal)). Look for the new one in the box."
    }
  }

  private func list(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: ", ")
  }
}
