package import Circulation
package import Labels
package import Rotation

/// What the desk can't work with: not a rule of the library, but a slip in what was given.
package enum DeskError: Error, Hashable, Sendable {
  /// The kinds of label that the desk asks for.
  package enum LabelKind: String, Sendable {
    case card, item, box, isbn, command, unknown
  }

  /// A card where an item is due, or the other way round.
  case wrongLabel(expected: LabelKind, found: LabelKind)
  /// The text is no label at all.
  case unreadableLabel(LabelError)
  /// Two libraries' items carry the number; the person picks one.
  case ambiguousItem([ItemID])
  case badClass(String)
  case badCount(Int)
  case kindMissing
  case reasonTooLong(limit: Int)
  case noteTooLong(limit: Int)
  /// Neither a condition nor words.
  case emptyNote
  /// The 14 digits of an older system don't say which number the item has.
  case numberNeeded
  case badLibrary(String)
  case noSuchSet(String)
  /// The set's name, number of titles or identifier is out of its limits.
  case badSet
  case badRange(String)
  /// Classes were promoted a short while ago; once a year is enough.
  case promotedRecently(on: SchoolDay)
  /// This station has never had to do with the box.
  case noSuchBox(BoxNumber)
  /// The station has no key to sign slips with, or none to know them by.
  case noSlipKey
  /// A box that came here is passed on without saying where to.
  case destinationNeeded
  /// More texts than a slip has codes.
  case tooManyCodes
  /// No rota has that stage, or it sends nothing to that library.
  case noSuchStage(String, to: LibraryCode)
  /// No box of the stage was sealed here to that library, or received here from it.
  case nothingHandedOver(StageReference, StageWay)
  case tooManyBoxes(StageReference, limit: Int)

  /// The error's name: stable, for programs.
  package var name: String {
    switch self {
    case .wrongLabel(let expected, _): "expected-\(expected.rawValue)"
    case .unreadableLabel: "unreadable-label"
    case .ambiguousItem: "ambiguous-item"
    case .badClass: "bad-class"
    case .badCount: "bad-count"
    case .kindMissing: "kind-missing"
    case .reasonTooLong: "reason-too-long"
    case .noteTooLong: "note-too-long"
    case .emptyNote: "empty-note"
    case .numberNeeded: "number-needed"
    case .badLibrary: "bad-library"
    case .noSuchSet: "no-such-set"
    case .badSet: "bad-set"
    case .badRange: "bad-range"
    case .promotedRecently: "promoted-recently"
    case .noSuchBox: "no-such-box"
    case .noSlipKey: "no-slip-key"
    case .destinationNeeded: "destination-needed"
    case .tooManyCodes: "too-many-codes"
    case .noSuchStage: "no-such-stage"
    case .nothingHandedOver: "nothing-handed-over"
    case .tooManyBoxes: "too-many-boxes"
    }
  }

  /// What went wrong and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseAdvice
    case .english: englishAdvice
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .wrongLabel(.card, _): "Đây không phải thẻ bạn đọc. Hãy quét thẻ trước."
    case .wrongLabel(.item, .card): "Đây là thẻ bạn đọc. Hãy quét mã trên sách."
    case .wrongLabel(.box, _): "Đây không phải mã thùng. Hãy quét nhãn trên thùng."
    case .wrongLabel: "Đây không phải mã trên sách. Hãy quét nhãn của bản sách."
    case .unreadableLabel(let error): error.advice(in: .vietnamese)
    case .ambiguousItem(let items):
      "Có \(items.count) bản sách cùng số này. Hãy chọn đúng cuốn của thư viện nào."
    case .badClass(let text): "Không có lớp \(text.prefix(20)). Hãy ghi như 3B."
    case .badCount: "Số lượt đọc phải từ 1 đến 1000."
    case .kindMissing: "Hãy chọn loại tài liệu hoặc quét một cuốn."
    case .reasonTooLong(let limit): "Lý do dài quá. Hãy viết gọn trong \(limit) byte."
    case .noteTooLong(let limit): "Ghi chú dài quá. Hãy viết gọn trong \(limit) byte."
    case .emptyNote: "Hãy chọn tình trạng sách hoặc viết vài chữ."
    case .numberNeeded: "Mã này không cho biết số đăng ký. Hãy nhập số như TK.00123."
    case .badLibrary(let text): "Không có thư viện \(text.prefix(20)). Hãy ghi mã như TT1."
    case .noSuchSet: "Không có bộ sách này. Hãy chọn trong danh sách."
    case .badSet: "Bộ sách cần có tên và từ 1 đến 40 nhan đề đã đăng ký, không trùng nhau."
    case .badRange: "Phạm vi kiểm kê phải như TK hoặc TK.1-500; để trống là cả kho."
    case .promotedRecently(let day):
      "Đã lên lớp ngày \(day.vietnameseText). Mỗi năm chỉ lên lớp một lần."
    case .noSuchBox(let box): "Trạm chưa biết thùng \(box). Hãy mở thùng, hoặc ghi thùng đã đến."
    case .noSlipKey: "Trạm chưa có khóa ký phiếu. Hãy chạy trạm bằng lệnh lienthong station run."
    case .destinationNeeded: "Hãy chọn thư viện sẽ nhận thùng."
    case .tooManyCodes: "Nhiều mã quá. Hãy bắt đầu quét lại phiếu từ đầu."
    case .noSuchStage(let text, let library):
      "Kế hoạch không có đợt \(text.prefix(20)) gửi đến \(library). Hãy chọn trong danh sách."
    case .nothingHandedOver(let stage, let way):
      "Đợt \(stage) từ \(way.from) đến \(way.to) chưa có thùng niêm phong hoặc nhận xong ở đây."
    case .tooManyBoxes(let stage, let limit):
      "Đợt \(stage) có hơn \(limit) thùng. Hãy in biên bản từng thùng."
    }
  }

  private var englishAdvice: String {
    switch self {
    case .wrongLabel(.card, _): "This is not a patron's card. Scan the card first."
    case .wrongLabel(.item, .card): "This is a patron's card. Scan the label on the book."
    case .wrongLabel(.box, _): "This is not a box's label. Scan the label on the box."
    case .wrongLabel: "This is not an item's label. Scan the label on the book."
    case .unreadableLabel(let error): error.advice(in: .english)
    case .ambiguousItem(let items):
      "\(items.count) items carry this number. Choose the library that yours belongs to."
    case .badClass(let text): "There is no class \(text.prefix(20)). Write it like 3B."
    case .badCount: "The number of readings must be from 1 to 1000."
    case .kindMissing: "Choose a kind of material, or scan a book."
    case .reasonTooLong(let limit): "The reason is too long. Keep it within \(limit) bytes."
    case .noteTooLong(let limit): "The note is too long. Keep it within \(limit) bytes."
    case .emptyNote: "Choose the condition of the book, or write a few words."
    case .numberNeeded: "This code doesn't say the accession number. Type it, such as TK.00123."
    case .badLibrary(let text):
      "There is no library \(text.prefix(20)). Write its code, such as TT1."
    case .noSuchSet: "There is no such set. Choose one of the list."
    case .badSet: "A set needs a name and 1 to 40 registered titles, each once."
    case .badRange: "Write the range like TK or TK.1-500, or leave it empty for all."
    case .promotedRecently(let day):
      "Classes were promoted on \(day.vietnameseText). Once a year is enough."
    case .noSuchBox(let box):
      "This station knows no box \(box). Open it, or record that it has come."
    case .noSlipKey: "The station has no key for slips. Run it with lienthong station run."
    case .destinationNeeded: "Choose the library that will receive the box."
    case .tooManyCodes: "These are too many codes. Scan the slip again from the beginning."
    case .noSuchStage(let text, let library):
      "No rota has a stage \(text.prefix(20)) that sends to \(library). Choose one of the list."
    case .nothingHandedOver(let stage, let way):
      "No box of stage \(stage) from \(way.from) to \(way.to) is sealed or received here yet."
    case .tooManyBoxes(let stage, let limit):
      "Stage \(stage) has more than \(limit) boxes. Print the minutes box by box."
    }
  }
}

extension Label {
  var kind: DeskError.LabelKind {
    switch self {
    case .card: .card
    case .item: .item
    case .box: .box
    case .isbn: .isbn
    case .command: .command
    case .unknown: .unknown
    }
  }
}
