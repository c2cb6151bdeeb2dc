import Labels
import Ledger

extension BoxFact {
  /// What was done, for the person at the box.
  var vietnameseWords: String {
    switch self {
    case .opened(let route): "Đã mở thùng \(route.box), gửi đến \(route.to). Hãy quét sách vào."
    case .packed: "Đã cho vào thùng."
    case .unpacked: "Đã lấy ra khỏi thùng. Hãy cất sách lên giá."
    case .sealed: "Đã niêm phong. Hãy in phiếu và bỏ vào thùng."
    case .reopened: "Đã mở lại thùng. Cần niêm phong và in phiếu mới."
    case .sent(let route): "Đã gửi thùng \(route.box) đến \(route.to)."
    case .arrived: "Thùng đã đến. Hãy quét các mã QR trên phiếu, hoặc quét sách ngay."
    case .slipRead: "Phiếu đúng chữ ký. Hãy quét từng cuốn lấy ra."
    case .received: "Đã ghi."
    case .confirmed: "Đã nhận xong thùng."
    case .refused: "Đã ghi từ chối nhận. Hãy gửi trả hoặc gửi tiếp."
    case .lost: "Đã ghi thùng bị mất."
    case .found: "Đã ghi tìm thấy thùng."
    }
  }

  var englishWords: String {
    switch self {
    case .opened(let route): "Box \(route.box) is open, to go to \(route.to). Scan books into it."
    case .packed: "Packed."
    case .unpacked: "Taken out of the box. Put the book on the shelf."
    case .sealed: "Sealed. Print the slip and put it into the box."
    case .reopened: "Opened again. It needs a new seal and a new slip."
    case .sent(let route): "Box \(route.box) is on its way to \(route.to)."
    case .arrived: "The box has come. Scan the QR codes of its slip, or the books at once."
    case .slipRead: "The slip's signature is good. Scan each book as you take it out."
    case .received: "Noted."
    case .confirmed: "The box has been received."
    case .refused: "Recorded as refused. Send it back or on."
    case .lost: "The box is recorded as lost."
    case .found: "The box is recorded as found."
    }
  }
}
