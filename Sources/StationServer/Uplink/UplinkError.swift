package import Exchange
package import Labels

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
  /// The host has another event under a number of this journal.
  case historiesDiffer(sequence: Int64)

  /// Whether a later try may go better without anybody doing anything.
  package var isTemporary: Bool {
    switch self {
    case .unreachable: true
    case .unexpectedAnswer(let status): status >= 500
    case .refused(let status, _): status >= 500
    case .noHost, .badAddress, .badReceipt, .historiesDiffer: false
    }
  }

  /// What went wrong and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch (self, language) {
    case (.noHost, .vietnamese):
      "Trạm chưa có thư viện chủ trì. Hãy chạy: lienthong sync --data … --host URL --host-key KHÓA"
    case (.noHost, .english):
      "The station has no host. Run: lienthong sync --data … --host URL --host-key KEY"
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
    case (.historiesDiffer(let sequence), .vietnamese):
      "Sự kiện \(sequence) ở thư viện chủ trì khác với ở đây: đĩa đã được phục hồi hoặc sao chép. "
        + "Hãy dừng trạm và hỏi người điều phối; cả hai đều được giữ."
    case (.historiesDiffer(let sequence), .english):
      "Event \(sequence) at the host is another than here: a disk was restored or copied. Stop "
        + "the station and ask the coordinator; both are kept."
    }
  }
}
