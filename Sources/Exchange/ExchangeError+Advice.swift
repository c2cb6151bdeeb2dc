package import Labels
import Ledger

extension ExchangeError {
  /// What went wrong and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseAdvice
    case .english: englishAdvice
    }
  }

  private var englishAdvice: String {
    switch self {
    case .badEncoding:
      "What arrived is not whole, or is something else. Send it again; if it happens again, look "
        + "at what lies between the station and the host."
    case .wrongVersion(let found):
      "What arrived is of format version \(found). Install the same program version at both ends."
    case .unknownPayloadEncoding(let number):
      "The batch is packed in way \(number), which this program does not know. Update the host."
    case .badPacking:
      "The batch does not unpack to what it says. Send it again; nothing was applied."
    case .badSignature:
      "The signature does not fit the pinned key. Compare the key at both ends; if the station "
        + "was set up anew, enrol it again."
    case .badKey:
      "This is not a key: 64 digits 0–9 and a–f. Copy it again from where it was printed."
    case .unknownStation(let station):
      "Station \(station) is not enrolled. At the host: lienthong host invite --library "
        + "\(station.library); then here: lienthong station enrol --code …"
    case .wrongEpoch(let expected):
      "The host knows epoch \(expected.epoch) of this station and no later one. Enrol it again: "
        + "lienthong host invite there, lienthong station enrol here."
    case .superseded:
      "Another machine has taken this station's place. What was recorded here is kept aside at the "
        + "host. Stop this machine, or make it the station again: lienthong station enrol --code …"
    case .revoked:
      "The host no longer trusts this machine's key. What was recorded here is kept aside at the "
        + "host. Ask the coordinator for a new code: lienthong station enrol --code …"
    case .badCode, .wrongCode, .usedCode, .expiredCode: codeAdvice(in: .english)
    case .tooManyRequests:
      "This station sends too much at once. It will go on by itself in a minute; nothing is lost."
    case .emptyBatch: "The batch has no events, so there is nothing to apply."
    case .tooManyEvents(let limit): "A batch has \(limit) events at most. Send smaller ones."
    case .tooLarge(let limit): "This is larger than \(limit) bytes. Send smaller batches."
    case .brokenChain(let sequence):
      "The events after number \(sequence) do not form a chain. Run lienthong journal verify at "
        + "the station; nothing was applied."
    case .unreadableEvent(let sequence, _):
      "Event \(sequence) can't be read here. Update the host's program, then send again; nothing "
        + "is lost."
    case .eventOfAnother(let sequence):
      "Event \(sequence) is not the one that belongs there. Run lienthong journal verify at the "
        + "station; nothing was applied."
    case .gap(let expected):
      "The host has this station's events up to number \(expected.sequence). Send from there on."
    case .fork(let ours):
      "The host has another event under number \(ours.sequence): this station's disk was "
        + "restored or copied. Stop it and ask the host's coordinator; both histories are kept."
    case .pageOfAnother:
      "The host answered another question. Try again; nothing was changed."
    case .expiredFeed, .feed, .notForThisHost: feedAdvice(in: .english)
    case .receiptOfAnother:
      "The receipt speaks of another batch. Send the batch again; nothing was marked as received."
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .badEncoding:
      "Dữ liệu nhận được không nguyên vẹn, hoặc là thứ khác. Hãy gửi lại; nếu vẫn vậy, hãy kiểm "
        + "tra những gì nằm giữa trạm và thư viện chủ trì."
    case .wrongVersion(let found):
      "Dữ liệu thuộc định dạng phiên bản \(found). Hãy cài cùng một phiên bản ở hai đầu."
    case .unknownPayloadEncoding(let number):
      "Lô được nén theo kiểu \(number) mà chương trình này chưa biết. Hãy cập nhật máy chủ trì."
    case .badPacking:
      "Lô không giải nén được đúng như nó ghi. Hãy gửi lại; chưa ghi gì."
    case .badSignature:
      "Chữ ký không khớp với khóa đã ghim. Hãy so khóa ở hai đầu; nếu trạm mới được tạo lại, hãy "
        + "ghi danh lại."
    case .badKey:
      "Đây không phải khóa: cần 64 ký tự 0–9 và a–f. Hãy chép lại từ nơi khóa được in ra."
    case .unknownStation(let station):
      "Trạm \(station) chưa ghi danh. Tại thư viện chủ trì: lienthong host invite --library "
        + "\(station.library); rồi tại đây: lienthong station enrol --code …"
    case .wrongEpoch(let expected):
      "Thư viện chủ trì chỉ biết đến kỳ \(expected.epoch) của trạm này. Hãy ghi danh lại: "
        + "lienthong host invite ở đó, lienthong station enrol ở đây."
    case .superseded:
      "Một máy khác đã thay trạm này. Những gì ghi ở đây được giữ riêng tại thư viện chủ trì. Hãy "
        + "dừng máy này, hoặc cho nó làm trạm trở lại: lienthong station enrol --code …"
    case .revoked:
      "Thư viện chủ trì không còn tin khóa của máy này. Những gì ghi ở đây được giữ riêng tại đó. "
        + "Hãy xin người điều phối mã mới: lienthong station enrol --code …"
    case .badCode, .wrongCode, .usedCode, .expiredCode: codeAdvice(in: .vietnamese)
    case .tooManyRequests:
      "Trạm này gửi quá nhiều một lúc. Nó sẽ tự gửi tiếp sau một phút; không mất gì."
    case .emptyBatch: "Lô không có sự kiện nào nên không có gì để ghi."
    case .tooManyEvents(let limit): "Mỗi lô có nhiều nhất \(limit) sự kiện. Hãy gửi lô nhỏ hơn."
    case .tooLarge(let limit): "Dữ liệu lớn hơn \(limit) byte. Hãy gửi lô nhỏ hơn."
    case .brokenChain(let sequence):
      "Các sự kiện sau số \(sequence) không nối thành chuỗi. Hãy chạy lienthong journal verify tại "
        + "trạm; chưa ghi gì."
    case .unreadableEvent(let sequence, _):
      "Không đọc được sự kiện \(sequence). Hãy cập nhật chương trình ở máy chủ trì rồi gửi lại; "
        + "không mất gì."
    case .eventOfAnother(let sequence):
      "Sự kiện \(sequence) không đúng chỗ của nó. Hãy chạy lienthong journal verify tại trạm; chưa "
        + "ghi gì."
    case .gap(let expected):
      "Thư viện chủ trì có sự kiện của trạm này đến số \(expected.sequence). Hãy gửi tiếp từ đó."
    case .fork(let ours):
      "Thư viện chủ trì có một sự kiện khác mang số \(ours.sequence): đĩa của trạm này đã được "
        + "phục hồi hoặc sao chép. Hãy dừng trạm và hỏi người điều phối; cả hai lịch sử đều được "
        + "giữ."
    case .pageOfAnother:
      "Thư viện chủ trì trả lời một câu hỏi khác. Hãy thử lại; chưa có gì thay đổi."
    case .expiredFeed, .feed, .notForThisHost: feedAdvice(in: .vietnamese)
    case .receiptOfAnother:
      "Biên nhận nói về một lô khác. Hãy gửi lại lô; chưa đánh dấu gì là đã nhận."
    }
  }
}
