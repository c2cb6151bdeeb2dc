package import Exchange
package import Labels
package import Ledger

/// Why what is pending could not be handed to the host.
///
/// Nothing is lost: it is sent next time.
package enum UplinkError: Error, Hashable, Sendable {
  /// The station has no host set.
  case noHost
  case badAddress(String)
  /// The host did not answer, or not in time.
  case unreachable(String)
  /// The host answered, with a refusal.
  case refused(status: UInt, RefusalMessage)
  /// The host answered with something that is no answer of a host.
  case unexpectedAnswer(status: UInt)
  /// The receipt is not signed with the pinned key, or speaks of something else.
  case badReceipt(ExchangeError)
  /// The host has events of this station that the journal lacks.
  case behindHost(Position)
  /// The host asks for events of an epoch whose key is on another machine.
  case lacksKey(Epoch)
  /// Another process recovers this station at the moment.
  case recovering
  /// The key to which letters on a stick are encrypted is not known yet.
  case noStickKey

  /// Whether a later try may go better without anybody doing anything.
  package var isTemporary: Bool {
    switch self {
    case .unreachable: true
    case .unexpectedAnswer(let status): status >= 500
    // 429 is a quota, which fills again.
    case .refused(let status, _): status >= 500 || status == 429
    case .recovering: true
    case .noHost, .badAddress, .badReceipt, .behindHost, .lacksKey, .noStickKey: false
    }
  }

  /// What went wrong and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch (self, language) {
    case (.noHost, .vietnamese):
      "Trạm chưa có thư viện chủ trì. Hãy xin mã, rồi chạy: lienthong station enrol --data … "
        + "--host URL --code MÃ"
    case (.noHost, .english):
      "The station has no host. Ask for a code, then run: lienthong station enrol --data … --host "
        + "URL --code CODE"
    case (.badAddress(let text), .vietnamese):
      "\(text) không phải địa chỉ. Hãy ghi như http://thuvien.example:8090"
    case (.badAddress(let text), .english):
      "\(text) is no address. Write it like http://thuvien.example:8090"
    case (.unreachable(let detail), .vietnamese):
      "Chưa nối được với thư viện chủ trì (\(detail)). Mọi việc vẫn được giữ và sẽ gửi sau."
    case (.unreachable(let detail), .english):
      "The host was not reached (\(detail)). Everything is kept and will be sent later."
    case (.refused(_, let message), let language): message.advice(in: language)
    case (.unexpectedAnswer(let status), .vietnamese):
      "Địa chỉ này trả lời lạ (mã \(status)). Hãy kiểm tra địa chỉ của thư viện chủ trì."
    case (.unexpectedAnswer(let status), .english):
      "Something else answered there (status \(status)). Check the host's address."
    case (.badReceipt(let error), let language): error.advice(in: language)
    case (.behindHost(let cursor), .vietnamese):
      "Thư viện chủ trì có sự kiện của trạm này đến số \(cursor.sequence) mà ở đây không có. Trạm "
        + "chưa tự khôi phục được; hãy thử lại, hoặc ghi danh lại: lienthong station enrol"
    case (.behindHost(let cursor), .english):
      "The host has this station's events up to number \(cursor.sequence), which are not here. The "
        + "station could not recover yet; try again, or enrol it anew: lienthong station enrol"
    case (.lacksKey(let epoch), .vietnamese):
      "Thư viện chủ trì hỏi sự kiện của kỳ \(epoch), mà khóa của kỳ đó ở một máy khác. Hãy ghi "
        + "danh lại: lienthong station enrol --code …"
    case (.lacksKey(let epoch), .english):
      "The host asks for events of epoch \(epoch), whose key is on another machine. Enrol this one "
        + "anew: lienthong station enrol --code …"
    case (.noStickKey, .vietnamese):
      "Trạm chưa biết khóa thẻ nhớ của thư viện chủ trì. Hãy kết nối mạng một lần (lienthong sync) "
        + "hoặc xin khóa ở đó: lienthong stick answer in ra; rồi thêm --stick-key KHÓA"
    case (.noStickKey, .english):
      "The station does not know the host's key for sticks. Use a network once (lienthong sync) or "
        + "ask for the key that lienthong stick answer prints there, and add --stick-key KEY"
    case (.recovering, .vietnamese):
      "Một tiến trình khác đang khôi phục trạm này. Hãy thử lại sau giây lát."
    case (.recovering, .english):
      "Another process is recovering this station. Try again in a moment."
    }
  }
}
