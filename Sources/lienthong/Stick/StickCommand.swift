import ArgumentParser
import Exchange
import Foundation
import Journal
import Labels
import Ledger
import Registry
import StationServer

/// `lienthong stick`: the exchange between a station and its host without a network.
struct StickCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stick",
    abstract: "Carry events, receipts and the group's news on a stick, without a network.",
    discussion: """
      Three steps: at the station, send writes a letter to the stick; at the host, answer reads \
      all letters on it and writes a reply beside each; back at the station, receive takes the \
      reply in. Each may be done any number of times, in any order, beside a network or without: \
      nothing is done twice. Every file has a readable one beside it, in Vietnamese and English, \
      that says what it is. Only the host can read a letter; a lost stick tells nobody anything.

      Examples:
        lienthong stick send --data /var/lib/lienthong /media/usb
        lienthong stick answer --data /var/lib/lienthong-host /media/usb
        lienthong stick receive --data /var/lib/lienthong /media/usb
      """,
    subcommands: [StickSendCommand.self, StickAnswerCommand.self, StickReceiveCommand.self])
}

/// `lienthong stick send`: writes a letter to the host.
struct StickSendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "At a station: write what the host lacks to a stick, encrypted to the host.",
    discussion: """
      May be run while the station serves. The station must know its host's key for sticks: it \
      comes with the enrolment by a code. A station that was enrolled by hand takes it by \
      --stick-key, as lienthong stick answer prints it at the host. A letter takes some 100,000 \
      events; what does not fit goes with the next one. Where the host says that it lacks earlier \
      events, since it was restored, use --again.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Option(help: "The host's key for sticks, 64 hexadecimal digits; kept.")
  var stickKey: String?

  @Flag(help: "Write everything from the beginning, whatever the host has acknowledged.")
  var again = false

  @Argument(help: "The stick's folder.", completion: .directory)
  var folder: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      let exchange = StickExchange(journal: journal)
      if let stickKey { try await exchange.trust(StickKey(stickKey)) }
      let letter = try await exchange.letter(again: again)
      let name = StickFolder.letterName(of: journal.station)
      let stick = StickFolder(path: folder)
      try stick.write(letter.bytes, named: name)
      try stick.write(
        Array(cover(of: letter, journal).utf8), named: StickFolder.coverName(of: name))
      try journal.close()
      try CommandOutput.write(
        """
        Đã ghi \(letter.eventCount) sự kiện vào \(name). / Wrote \(letter.eventCount) events to \
        \(name).

        """)
      guard letter.leftCount > 0 else { return }
      try CommandOutput.write(
        """
        Còn \(letter.leftCount) sự kiện cho lần sau. / \(letter.leftCount) events are left for the \
        next letter.

        """)
    }
  }

  private func cover(of letter: StickExchange.Letter, _ journal: Journal) -> String {
    """
    THƯ CỦA TRẠM GỬI THƯ VIỆN CHỦ TRÌ
    Từ: trạm \(journal.station), \(journal.libraryName)
    Có gì: \(letter.eventCount) sự kiện (mượn, trả, thùng sách…), không có tên bạn đọc
    Việc cần làm: mang thẻ nhớ này đến thư viện chủ trì, chạy ở đó:
      lienthong stick answer --data … THƯ-MỤC
    Tệp bên cạnh được mã hóa: chỉ thư viện chủ trì đọc được. Chép lại hay gửi nhiều lần không sao.

    A STATION'S LETTER TO ITS HOST
    From: station \(journal.station), \(journal.libraryName)
    What is in it: \(letter.eventCount) events (loans, returns, boxes…), and no reader's name
    What to do: carry this stick to the host and run there:
      lienthong stick answer --data … FOLDER
    The file beside this one is encrypted: only the host can read it. Copies do no harm.

    """
  }
}

/// `lienthong stick answer`: reads letters and writes replies.
struct StickAnswerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "At the host: read all letters on a stick, and write a reply beside each.",
    discussion: """
      May be run while the host serves. A letter that was read before changes nothing and is \
      answered again. Prints the host's key for sticks, for stations that never had a network.

      Exit status: 0 if every letter was taken; 1 if one was refused, which its reply tells too.
      """)

  @OptionGroup var host: HostOptions

  @Argument(help: "The stick's folder.", completion: .directory)
  var folder: String

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let stick = StickFolder(path: folder)
      var isComplete = true
      for name in try stick.letterNames() {
        let isTaken = try await answer(name, on: stick, at: host)
        isComplete = isComplete && isTaken
      }
      try CommandOutput.write(
        "Khóa thẻ nhớ / The host's key for sticks: \(try host.registry.stickKey)\n")
      try host.close()
      if !isComplete { throw ExitCode.failure }
    }
  }

  private func answer(
    _ name: String, on stick: StickFolder, at host: OpenHost
  ) async throws -> Bool {
    do {
      let outcome = try await host.registry.answer(try stick.read(name))
      let replyName = StickFolder.replyName(to: outcome.station)
      try stick.write(outcome.reply, named: replyName)
      try stick.write(
        Array(cover(of: outcome.station, outcome.newCount, outcome.feedCount).utf8),
        named: StickFolder.coverName(of: replyName))
      try CommandOutput.write(
        """
        \(outcome.station): \(outcome.newCount) sự kiện mới, \(outcome.knownCount) đã có; bản tin \
        \(outcome.feedCount) mục. / New events: \(outcome.newCount), known: \(outcome.knownCount); \
        entries of the feed: \(outcome.feedCount).

        """)
      guard let refusal = outcome.refusal else { return true }
      Terminal.complain(refusal.advice)
      return false
    } catch let error as ExchangeError {
      CommandOutput.complain(name)
      Terminal.complain(error.advice)
      return false
    }
  }

  private func cover(of station: StationID, _ newCount: Int, _ feedCount: Int) -> String {
    """
    THƯ TRẢ LỜI CỦA THƯ VIỆN CHỦ TRÌ
    Gửi: trạm \(station)
    Có gì: biên nhận (\(newCount) sự kiện mới) và tin của nhóm (\(feedCount) mục)
    Việc cần làm: mang thẻ nhớ này về trạm, chạy ở đó:
      lienthong stick receive --data … THƯ-MỤC

    THE HOST'S REPLY
    To: station \(station)
    What is in it: receipts (\(newCount) new events) and the group's news (\(feedCount) entries)
    What to do: carry this stick back to the station and run there:
      lienthong stick receive --data … FOLDER

    """
  }
}

/// `lienthong stick receive`: takes a reply in.
struct StickReceiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive",
    abstract: "At a station: take in the host's reply from a stick.",
    discussion: """
      May be run while the station serves. The reply bears the host's signature, and one that is \
      for another station, changed or too old is refused. Taking it in again changes nothing.

      Exit status: 0 if it was taken in; 1 if it was refused, or if it says that the host did not \
      take everything.
      """)

  @Option(help: "The station's data folder.", completion: .directory)
  var data: String

  @Argument(help: "The stick's folder.", completion: .directory)
  var folder: String

  func run() async throws {
    try await Terminal.advising {
      let journal = try Journal(folder: DataFolder(path: data))
      guard let settings = try await UplinkSettings(of: journal) else { throw UplinkError.noHost }
      let bytes = try StickFolder(path: folder).read(StickFolder.replyName(to: journal.station))
      let taken = try await StickExchange(journal: journal).take(bytes, pinning: settings.hostKey)
      let pending = try await journal.pendingCount()
      try journal.close()
      try CommandOutput.write(
        """
        \(taken.receiptCount) biên nhận, \(taken.feedCount) mục tin mới; còn \(pending) sự kiện \
        chưa có biên nhận. / Receipts: \(taken.receiptCount); new entries of the feed: \
        \(taken.feedCount); events without a receipt: \(pending).

        """)
      if taken.oldPageCount > 0 {
        try CommandOutput.write(
          "Trạm đã có tin mới hơn. / The station has later news already.\n")
      }
      guard let refusal = taken.refusal else { return }
      Terminal.complain(refusal.advice)
      throw ExitCode.failure
    }
  }
}
