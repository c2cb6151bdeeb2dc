import AsyncHTTPClient
import Exchange
import Foundation
import Journal
import Labels
import Ledger
import StationServer

/// The main job, step by step, each told in plain words and checked.
struct DemoStory: Sendable {
  let services: DemoServices
  let client: HTTPClient
  let folder: String

  struct WentWrong: Error, CustomStringConvertible {
    let step: String

    var description: String { "This step went wrong: \(step)" }
  }

  func tell() async throws {
    let station = DemoClient(
      address: String(services.stations[1].address.dropLast()), client: client)
    let library = try LibraryCode("TT1")
    let cards = try [21, 22].map { try CardNumber(library: library, serial: $0).label }
    let item = try ItemID("TT1.TN.00001").label
    try heading("1. Vẽ nhãn và đọc lại qua libzbar", "Draw labels and read them back with libzbar")
    for label in cards + [item] { try await readBack(label, at: station) }
    let desk = try await station.signedIn(as: "thu-thu", password: SampleFolders.password)
    try await circulate(item, cards, at: desk)
    try heading("7. Gửi lô sự kiện lên thư viện chủ trì", "Carry the batches to the host")
    let before = try await services.folders.eventCounts()
    try await services.startHost()
    for folder in services.folders.stations { try await carry(folder, after: before) }
    try heading("8. Gửi lại đúng lô cuối", "Send the last batch once more")
    try await sendAgain(services.folders.stations[1])
    try heading("9. Kiểm tra lại toàn bộ nhật ký", "Replay and verify every journal")
    for folder in services.folders.stations { try await verify(folder) }
    try addresses()
  }

  private func circulate(
    _ item: String, _ cards: [String], at station: DemoClient
  ) async throws {
    try heading("2. Cho mượn", "Lend")
    let operation = DemoClient.operation()
    let checkout = ["operation": operation, "item": item, "card": cards[0], "device": "demo"]
    try say(try await station.post("/api/v1/checkouts", checkout).words)
    try heading("3. Gửi lại cùng thao tác: không ghi hai lần", "The same act again: done once")
    guard try await station.post("/api/v1/checkouts", checkout).repeated == true else {
      throw WentWrong(step: "a repeated operation was not recognised")
    }
    try say(["vi": "Đã ghi từ trước.", "en": "It had been recorded before."])
    try heading("4. Bạn khác mượn cùng cuốn: bị từ chối", "A second loan is refused")
    var second = checkout
    second["operation"] = DemoClient.operation()
    second["card"] = cards[1]
    let refusal = try await station.refused("/api/v1/checkouts", second)
    try say(refusal.words.librarian)
    try say(["vi": "Quy tắc: \(refusal.error)", "en": "Rule: \(refusal.error)"])
    try heading("5. Gia hạn", "Renew")
    let renewal = ["operation": DemoClient.operation(), "item": item, "device": "demo"]
    try say(try await station.post("/api/v1/renewals", renewal).words)
    try heading("6. Trả", "Return")
    let checkin = ["operation": DemoClient.operation(), "item": item, "device": "demo"]
    try say(try await station.post("/api/v1/checkins", checkin).words)
  }

  private func readBack(_ label: String, at station: DemoClient) async throws {
    let file = "\(folder)/\(label).png"
    try LabelPicture.draw(label, to: file)
    let bytes = Array(try Data(contentsOf: URL(filePath: file)))
    let answer = try await station.post("/api/v1/scan/image", picture: bytes)
    guard let code = answer.codes?.first, code.text == label else {
      throw WentWrong(step: "the label \(label) was not read back")
    }
    let words = code.recognition.words
    try say([
      "vi": "\(code.symbology ?? ""):\(code.text): \(words["vi"] ?? "")",
      "en": "\(code.symbology ?? ""):\(code.text): \(words["en"] ?? "")",
    ])
  }

  /// Sends what is pending and shows the receipt.
  ///
  /// The station sends by itself too, so what is new is counted at the host, before and after.
  private func carry(_ folder: DataFolder, after counts: [StationID: Int64]) async throws {
    let journal = try Journal(folder: folder)
    let station = journal.station
    let before = counts[station] ?? 0
    let position = try await uplink(of: journal) { try await $0.pass() }.acknowledged
    let head = try await journal.head()
    try journal.close()
    let after = try await services.folders.eventCounts()[station] ?? 0
    guard after == head.sequence, position == head else {
      throw WentWrong(step: "not everything came to the host")
    }
    try say([
      "vi": "\(station): thư viện chủ trì có \(before) sự kiện, nay có \(after).",
      "en": "\(station): the host had \(before) events, now it has \(after).",
    ])
    try say([
      "vi": "Biên nhận: kỳ \(position.epoch), đến sự kiện \(position.sequence), mã băm "
        + "\(position.hash); đã kiểm chữ ký của thư viện chủ trì.",
      "en": "Receipt: epoch \(position.epoch), up to event \(position.sequence), hash "
        + "\(position.hash); the host's signature holds.",
    ])
  }

  private func sendAgain(_ folder: DataFolder) async throws {
    let journal = try Journal(folder: folder)
    let head = try await journal.head()
    let tail = max(0, head.sequence - Int64(UplinkLimits.eventsPerBatch))
    guard let start = try await journal.position(in: head.epoch, sequence: tail) else {
      throw WentWrong(step: "the journal has no event \(tail)")
    }
    let receipt = try await uplink(of: journal) { uplink in
      try await uplink.send(try await uplink.batch(after: start))
    }
    guard receipt.newCount == 0, receipt.position == head else {
      throw WentWrong(step: "a batch that was sent again changed something")
    }
    try say([
      "vi": "\(receipt.knownCount) sự kiện đã có, 0 sự kiện mới, cùng biên nhận: không có gì đổi.",
      "en": "\(receipt.knownCount) events known, 0 new, the same position: nothing has changed.",
    ])
    try journal.close()
  }

  private func uplink<Value: Sendable>(
    of journal: Journal, _ work: (Uplink) async throws -> Value
  ) async throws -> Value {
    guard let settings = try await UplinkSettings(of: journal) else { throw UplinkError.noHost }
    return try await work(Uplink(journal: journal, settings: settings, client: client))
  }

  private func verify(_ folder: DataFolder) async throws {
    let journal = try Journal(folder: folder)
    let result = try await journal.verify()
    try journal.close()
    guard result.passed else { throw WentWrong(step: result.problems.joined(separator: "; ")) }
    try say([
      "vi":
        "\(folder.path): \(result.eventCount) sự kiện, \(result.itemCount) bản sách, mọi sổ khớp.",
      "en": "\(folder.path): \(result.eventCount) events, \(result.itemCount) items, all agree.",
    ])
  }

  private func addresses() throws {
    try heading("Địa chỉ để mở", "Addresses to open")
    var places = [("Thư viện chủ trì / Host", services.hostAddress)]
    for (service, name) in zip(services.stations, ["TT", "TT1"]) {
      places.append(("Tự mượn / Self-service, \(name)", service.address))
      places.append(("Quầy / Librarian's desk, \(name)", service.address + "quay"))
    }
    let width = places.map(\.0.count).max() ?? 0
    for (name, address) in places {
      let gap = String(repeating: " ", count: width - name.count)
      try CommandOutput.write("   \(name)\(gap)   \(address)\n")
    }
    let accounts = try SampleFolders.accounts().map(\.name).joined(separator: ", ")
    try say([
      "vi": "Đăng nhập ở trạm: \(accounts); mật khẩu \(SampleFolders.password)",
      "en": "To sign in at a station: \(accounts); password \(SampleFolders.password)",
    ])
    let coordinator = HostInitCommand.coordinatorName
    try say([
      "vi": "Đăng nhập ở thư viện chủ trì: \(coordinator); cùng mật khẩu",
      "en": "To sign in at the host: \(coordinator); the same password",
    ])
  }

  private func heading(_ vietnamese: String, _ english: String) throws {
    try CommandOutput.write("\n\(vietnamese) / \(english)\n")
  }

  private func say(_ words: [String: String]?) throws {
    for language in Language.allCases {
      if let text = words?[language.rawValue] { try CommandOutput.write("   \(text)\n") }
    }
  }
}
