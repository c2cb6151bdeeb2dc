import Circulation
import Desk
import Ledger
import Labels

extension Recognition {
  /// What the scanned code is and what can be done next, for the librarian.
  func words(in language: Language) -> String {
    switch self {
    case .patron: Self.cardRead(in: language)
    case .item(let item): PlaceWords.text(of: item, in: language) + "."
    case .choice(let items): DeskError.ambiguousItem(items.map(\.item)).advice(in: language)
    case .title(_, let copies): Self.title(copies, in: language)
    case .box(let box): Self.box(box, in: language)
    case .command(let command): command.words(in: language)
    case .elsewhere(let items, _): Self.elsewhere(items, in: language)
    case .stranger(let label): Self.stranger(label, in: language)
    case .unreadable(_, let error): error.advice(in: language)
    }
  }

  private static func cardRead(in language: Language) -> String {
    switch language {
    case .vietnamese: "Đã nhận thẻ. Hãy quét sách."
    case .english: "The card is read. Scan the books."
    }
  }

  private static func title(_ copies: [ItemSummary], in language: Language) -> String {
    let onShelf = copies.count { if case .shelf = $0.place { true } else { false } }
    return switch language {
    case .vietnamese: "Có \(copies.count) bản, \(onShelf) bản trên giá. Hãy quét nhãn của bản sách."
    case .english: "\(copies.count) copies, \(onShelf) on the shelf. Scan the label of the copy."
    }
  }

  private static func box(_ box: BoxNumber, in language: Language) -> String {
    switch language {
    case .vietnamese: "Đây là nhãn thùng \(box). Hãy quét thẻ hoặc sách."
    case .english: "This is the label of box \(box). Scan a card or a book."
    }
  }

  private static func elsewhere(_ items: [ItemSummary], in language: Language) -> String {
    guard items.count == 1, let item = items.first else {
      let libraries = items.map(\.item.library.text).joined(separator: ", ")
      return switch language {
      case .vietnamese:
        "Sách mang số này là của thư viện khác: \(libraries). Hãy để riêng và xem nhãn."
      case .english:
        "Books of other libraries have this number: \(libraries). Put it aside; see its label."
      }
    }
    let (library, place) = (item.item.library, PlaceWords.text(of: item, in: language))
    return switch language {
    case .vietnamese: "Sách của thư viện \(library). Nhóm ghi: \(place). Hãy để riêng."
    case .english: "A book of library \(library). The group has it: \(place). Put it aside."
    }
  }

  private static func stranger(_ label: Label, in language: Language) -> String {
    switch (label, language) {
    case (.card, _): Refusal.unknownCard.words(for: .librarian, in: language)
    case (.item(let item), _):
      Refusal.unknownItem(item.text).words(for: .librarian, in: language)
    case (.isbn(let isbn), .vietnamese): "Chưa có nhan đề nào mang ISBN \(isbn) ở thư viện này."
    case (.isbn(let isbn), .english): "No title with ISBN \(isbn) at this library."
    case (_, .vietnamese): "Trạm này chưa biết mã này."
    case (_, .english): "This station doesn't know this code."
    }
  }
}

extension Command {
  /// What the page does on the command's label.
  func words(in language: Language) -> String {
    switch (self, language) {
    case (.done, .vietnamese): "Đã xong lượt của bạn đọc."
    case (.done, .english): "The patron's turn is over."
    case (.cancel, .vietnamese): "Đã bỏ việc đang dở. Chưa ghi gì thêm."
    case (.cancel, .english): "What was begun is given up. Nothing more was recorded."
    case (.undo, .vietnamese): "Rút lại việc vừa ghi."
    case (.undo, .english): "The last act is taken back."
    case (.checkout, .vietnamese): "Cho mượn: hãy quét thẻ, rồi quét sách."
    case (.checkout, .english): "Lending: scan the card, then the books."
    case (.returnItems, .vietnamese): "Trả sách: hãy quét từng cuốn, không cần thẻ."
    case (.returnItems, .english): "Returning: scan each book; no card is needed."
    case (.renew, .vietnamese): "Gia hạn: hãy quét thẻ, rồi bấm Gia hạn ở cuốn cần giữ thêm."
    case (.renew, .english): "Renewing: scan the card, then press Renew at the book to keep."
    case (.onSite, .vietnamese): "Đọc tại chỗ: hãy quét từng cuốn để trên bàn."
    case (.onSite, .english): "On-site reading: scan the books left on the tables."
    case (.help, .vietnamese): "Quét thẻ rồi quét sách để mượn. Bấm Trả sách rồi quét sách để trả."
    case (.help, .english): "To lend, scan a card and then books. To return, press Return first."
    }
  }
}
