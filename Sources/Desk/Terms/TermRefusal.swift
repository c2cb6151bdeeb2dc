package import Labels
import Ledger
package import Rotation

/// Why a term is not closed, or a statement not signed: one case for each rule.
package enum TermRefusal: Error, Hashable, Sendable {
  case badTerm(String)
  case alreadyClosed(Term)
  /// Terms are closed in order.
  case beforeLastClosed(Term, last: Term)
  /// Items whose shelf no finished stock-taking of the term went over.
  case notCounted(Int)
  /// A stock-taking is still open.
  case countNotClosed
  /// More than a statement holds.
  case statementTooLong
  case notClosed(Term)
  case notAStatement(line: Int)
  /// The statement bears no signature of the library that made it, or a wrong one.
  case badSignature(LibraryCode)
  /// The library's key is not known here.
  case unknownLibrary(LibraryCode)
  /// The statement says what this station's books don't: not received, not sent.
  case differs(notReceived: [ItemID], notSent: [ItemID])
  case tooManyExceptions(limit: Int)

  /// The rule's name: stable, for programs, tables and translations.
  package var rule: String {
    switch self {
    case .badTerm: "bad-term"
    case .alreadyClosed: "term-closed"
    case .beforeLastClosed: "later-term-closed"
    case .notCounted: "not-counted"
    case .countNotClosed: "count-not-closed"
    case .statementTooLong: "statement-too-long"
    case .notClosed: "term-not-closed"
    case .notAStatement: "not-a-statement"
    case .badSignature: "bad-signature"
    case .unknownLibrary: "library-not-trusted"
    case .differs: "statement-differs"
    case .tooManyExceptions: "too-many-exceptions"
    }
  }

  /// Whether what was given can't be used, rather than a rule that stands against the act.
  package var isSlip: Bool {
    switch self {
    case .badTerm, .notAStatement: true
    default: false
    }
  }
}

extension TermRefusal {
  /// What the librarian reads, and what to do next.
  package func words(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnamese
    case .english: english
    }
  }

  private var vietnamese: String {
    switch self {
    case .badTerm(let text):
      "Không có học kỳ \(text.prefix(20)). Hãy ghi như 2026-2027/1."
    case .alreadyClosed(let term): "Học kỳ \(term) đã chốt. Chênh lệch còn lại chuyển sang kỳ sau."
    case .beforeLastClosed(let term, let last):
      "Học kỳ \(last) đã chốt nên không chốt được \(term). Hãy chọn học kỳ sau."
    case .notCounted(let count):
      "Còn \(count) cuốn chưa được kiểm kê trong kỳ. Hãy kiểm kê xong ở trang Kiểm kê rồi mới chốt."
    case .countNotClosed: "Đợt kiểm kê còn đang mở. Hãy kết thúc đợt ấy ở trang Kiểm kê trước."
    case .statementTooLong:
      "Có quá nhiều chênh lệch để ghi vào một biên bản. Hãy kiểm kê lại rồi mới chốt."
    case .notClosed(let term): "Học kỳ \(term) chưa chốt. Hãy chốt kỳ trước."
    case .notAStatement(let line):
      "Tệp này không phải bản đối chiếu nguyên vẹn (dòng \(line)). Hãy lấy lại tệp từ trường kia."
    case .badSignature(let library):
      "Chữ ký của thư viện \(library) không đúng với tệp này. Hãy lấy lại tệp từ trường đó."
    case .unknownLibrary(let library):
      "Trạm chưa có khóa của thư viện \(library). Hãy chạy lienthong box trust với khóa của họ."
    case .differs(let notReceived, let notSent):
      differenceWords(
        notReceived, notSent, "cuốn chưa nhận được", "cuốn không thấy đã gửi",
        "Hãy xem lại; nếu đúng vậy, ký kèm danh sách này.")
    case .tooManyExceptions(let limit):
      "Hơn \(limit) cuốn chưa nhận được. Hãy nhận nốt các thùng rồi mới ký."
    }
  }

  private var english: String {
    switch self {
    case .badTerm(let text): "There is no term \(text.prefix(20)). Write it like 2026-2027/1."
    case .alreadyClosed(let term): "Term \(term) is closed. What is open goes into the next one."
    case .beforeLastClosed(let term, let last):
      "Term \(last) is closed, so \(term) can't be any more. Choose a later one."
    case .notCounted(let count):
      "\(count) items were not counted this term. Finish the stock-taking, then close."
    case .countNotClosed: "The stock-taking is still open. Close it at its page first."
    case .statementTooLong:
      "There are too many differences for one statement. Count again, then close."
    case .notClosed(let term): "Term \(term) is not closed. Close it first."
    case .notAStatement(let line):
      "This is no whole statement (line \(line)). Get the file from the other school again."
    case .badSignature(let library):
      "The signature of library \(library) does not fit this file. Get the file from there again."
    case .unknownLibrary(let library):
      "This station has no key of library \(library). Run lienthong box trust with their key."
    case .differs(let notReceived, let notSent):
      differenceWords(
        notReceived, notSent, "items not received here", "items not sent from here",
        "Look again; where it is so, sign with this list.")
    case .tooManyExceptions(let limit):
      "More than \(limit) items were not received. Receive the boxes first, then sign."
    }
  }

  private func differenceWords(
    _ notReceived: [ItemID], _ notSent: [ItemID], _ received: String, _ sent: String,
    _ advice: String
  ) -> String {
    func list(_ items: [ItemID], _ words: String) -> String? {
      guard !items.isEmpty else { return nil }
      let names = items.prefix(5).map(\.text).joined(separator: ", ")
      return "\(items.count) \(words): \(names)\(items.count > 5 ? "…" : "")."
    }
    return [list(notReceived, received), list(notSent, sent), advice].compactMap(\.self)
      .joined(separator: " ")
  }
}
