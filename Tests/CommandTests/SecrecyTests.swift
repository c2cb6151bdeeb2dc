import AsyncHTTPClient
import Desk
import Exchange
import Foundation
import Journal
import Labels
import Ledger
import Registry
import StationServer
import Synchronization
import TestSupport
import Testing

/// Looks for children's names and card numbers in all that a station gives away, byte by byte.
///
/// The station lends, notes, replaces a card and is searched, then tells its host all of it by both
/// ways; what comes out of that anywhere outside the station's folder is looked through.
@Suite("Names and card numbers never leave a station")
struct SecrecyTests {
  private let folder: TemporaryFolder
  private let host: String
  private let stick: String

  init() throws {
    folder = try TemporaryFolder()
    host = folder.url.appending(path: "host").path
    stick = folder.url.appending(path: "stick").path
    try FileManager.default.createDirectory(atPath: stick, withIntermediateDirectories: false)
  }

  /// What must not be found: names as they are, as they are searched for and sorted by, card
  /// numbers, and what a librarian wrote about a child.
  private static let secrets = [
    "Nguyễn Thị Hoa", "nguyen thi hoa", "Trần Văn Đức", "tran van duc", "Lê Thị Mai",
    "le thi mai", "Phạm Văn Tám", "pham van tam", "P.TT1.0", "Hoa ốm", "hoa om", "rách bìa",
    "rach bia",
  ]

  /// What is found of the secrets in some bytes, as text or as the digits of a dump.
  private static func found(in bytes: [UInt8]) -> [String] {
    let data = Data(bytes)
    return secrets.filter { secret in
      let digits = Data(Hex.text(of: Array(secret.utf8)).utf8)
      return data.firstRange(of: Data(secret.utf8)) != nil || data.firstRange(of: digits) != nil
    }
  }

  private func expectNothing(in bytes: [UInt8], of what: String) {
    #expect(!bytes.isEmpty, "there is nothing of \(what) to look through")
    #expect(Self.found(in: bytes) == [], "in \(what)")
  }

  private func expectNothing(inFilesOf path: String) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: path)
    #expect(!names.isEmpty)
    for name in names {
      let bytes = FileManager.default.contents(atPath: path + "/" + name) ?? Data()
      #expect(Self.found(in: Array(bytes)) == [], "in \(path)/\(name)")
    }
  }

  @discardableResult
  private func run(_ arguments: [String]) async throws -> String {
    let output = try await BuiltProduct.run(arguments)
    #expect(output.status == 0, "\(arguments): \(output.stderr)")
    expectNothing(in: Array((output.stdout + output.stderr).utf8), of: "\(arguments[0...1])")
    return output.stdout
  }

  @Test(
    "by network, by stick, in a database, a backup or a log", arguments: StoreKind.allCases)
  func everywhere(kind: StoreKind) async throws {
    let fixture = try await StationFixture()
    // The test can find what is there: the station's own file has the card numbers.
    let own = FileManager.default.contents(atPath: fixture.folder.database + "-wal") ?? Data()
    #expect(Self.found(in: Array(own)).contains("P.TT1.0"))
    try await act(at: fixture)
    try fixture.journal.close()

    let address =
      kind == .postgres ? try await PostgresCluster.shared().makeDatabase() : nil
    try await run(
      ["host", "init", "--data", host, "--name", "Nhóm Tân Tập"]
        + (address.map { ["--database", $0.text] } ?? []))
    let serving = try await ServingProcess([
      "host", "run", "--data", host, "--port", "0", "--log-level", "debug",
    ])
    try await enrol(fixture, at: serving)
    try await carry(fixture)
    try await StationProcess.serve(fixture, options: ["--log-level", "debug"]) { station in
      try await ask(station)
      expectNothing(in: Array(try station.log().utf8), of: "the station's log")
    }
    try await run(["sync", "--data", fixture.folder.path])
    try await run(["host", "backup", "--data", host, "--to", host + "-backup"])
    try await run(["host", "verify", "--data", host])
    try expectNothing(inFilesOf: host)
    try expectNothing(inFilesOf: host + "-backup")
    if let address {
      expectNothing(in: try await dump(address), of: "the database")
      try PostgresCluster.remove(address)
    }
    #expect(await serving.stop() == 0)
    expectNothing(in: Array(try serving.log().utf8), of: "the host's log")
  }

  /// Acts that tell of children: with reasons, notes and a new card.
  private func act(at fixture: StationFixture) async throws {
    let cards = try [1, 2, 9, 777].map { try Act.card($0) }
    let items = try ["TT1.STK.00001", "TT1.TN.00001", "TT1.TN.00002"].map {
      try ItemID($0).label
    }
    try await fixture.perform(
      .checkout(item: items[0], card: cards[0], overrideReason: "Hoa ốm, đọc ở nhà"))
    try await fixture.perform(.checkout(item: items[1], card: cards[1], overrideReason: nil))
    try await fixture.perform(.renew(item: items[1], overrideReason: "Hoa ốm"))
    try await fixture.perform(.checkin(item: items[1]))
    try await fixture.perform(.note(item: items[0], condition: nil, text: "Hoa làm rách bìa"))
    try await fixture.perform(.replaceCard(card: cards[2], newCard: cards[3]))
    try await fixture.perform(.checkout(item: items[2], card: cards[3], overrideReason: nil))
  }

  private func enrol(_ fixture: StationFixture, at serving: ServingProcess) async throws {
    let invited = try await run(["host", "invite", "--data", host, "--library", "TT1"])
    let code = try #require(invited.split(whereSeparator: \.isWhitespace).last)
    try await run([
      "station", "enrol", "--data", fixture.folder.path, "--host", serving.address, "--code",
      String(code),
    ])
  }

  /// Asks a running station what people ask, rightly and wrongly, all of which it could log.
  private func ask(_ station: StationProcess) async throws {
    let client = StationClient(station)
    let card = try Act.card(1)
    _ = try await client.perform(.checkout("TT1.TN.00003", to: 9, reason: "Hoa ốm"))
    _ = try await client.perform(.checkout("TT1.TN.00003", to: 1))
    for (path, body) in [
      ("scan", #"{"text": "\#(card)"}"#), ("search", #"{"words": "Nguyễn Thị Hoa"}"#),
      ("patrons/search", #"{"words": "Trần Văn Đức"}"#), ("rosters", #"{"schoolClass": "3B"}"#),
      ("patrons/export", #"{"card": "\#(card)"}"#), ("checkouts", #"{"card": "\#(card)""#),
      ("session", #"{"name": "Nguyễn Thị Hoa", "password": "Hoa ốm"}"#),
      ("notes", #"{"operation": "x", "item": "\#(card)", "text": "Hoa làm rách bìa"}"#),
    ] {
      _ = try await client.post(path, json: body)
    }
    let list = Array("Họ tên,Lớp,Số thẻ\nPhạm Văn Tám,4A,\(card)\n,,P.TT1.0\n".utf8)
    _ = try await client.post("imports", .bytes(list), type: "text/csv")
  }

  /// Tells the host everything, by network with all bytes kept, then by stick.
  private func carry(_ fixture: StationFixture) async throws {
    let journal = try Journal(folder: fixture.folder)
    let settings = try #require(try await UplinkSettings(of: journal))
    let keys = StationKeys(folder: fixture.folder)
    let stationKey = try keys.key(of: await journal.epoch()).verifyingKey
    let link = KeptLink(HTTPHostLink(url: settings.url, client: HTTPClient.shared))
    let uplink = Uplink(journal: journal, keys: keys, hostKey: settings.hostKey, link: link)
    #expect(try await uplink.pass().newCount > 20)
    #expect(link.paths.contains(ExchangePath.batches) && link.paths.contains(ExchangePath.feed))
    for (path, bytes) in link.sent {
      expectNothing(in: bytes, of: path)
      if path == ExchangePath.batches {
        expectNothing(in: try Self.unpacked(bytes, stationKey), of: "a batch")
      }
    }
    try journal.close()
    try await run(["stick", "send", "--again", "--data", fixture.folder.path, stick])
    let names = try FileManager.default.contentsOfDirectory(atPath: stick)
    let name = try #require(names.first { $0.hasSuffix("-to-host.lienthong") })
    let file = try #require(FileManager.default.contents(atPath: stick + "/" + name))
    let hostKey = try SigningKey(
      bytes: KeyFile(path: HostFolder(path: host).signingKey, creating: false).bytes)
    let letter = try StickLetter.open(Array(file), with: hostKey)
    expectNothing(in: letter.feedRequest, of: "a request for the feed")
    for batch in letter.batches {
      expectNothing(in: try Self.unpacked(batch, stationKey), of: "a letter")
    }
    try await run(["stick", "answer", "--data", host, stick])
    try await run(["stick", "receive", "--data", fixture.folder.path, stick])
    try expectNothing(inFilesOf: stick)
  }

  /// The events of a batch, as the host reads them.
  private static func unpacked(_ bytes: [UInt8], _ key: VerifyingKey) throws -> [UInt8] {
    Array(try SealedBatch(bytes).open(with: key).events.joined())
  }

  /// All that a database holds, as text.
  private func dump(_ address: PostgresAddress) async throws -> [UInt8] {
    let output = try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"), ["pg_dump", "--dbname", address.text])
    #expect(output.status == 0, "\(output.stderr)")
    return Array(output.stdout.utf8)
  }
}

/// A link that keeps all that is sent over it.
private final class KeptLink: HostLink {
  private let link: any HostLink
  private let kept = Mutex<[(path: String, bytes: [UInt8])]>([])

  init(_ link: any HostLink) {
    self.link = link
  }

  var sent: [(path: String, bytes: [UInt8])] { kept.withLock(\.self) }
  var paths: Set<String> { Set(sent.map(\.path)) }

  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes limit: Int
  ) async throws(UplinkError) -> HostAnswer {
    kept.withLock { $0.append((path, bytes)) }
    return try await link.post(bytes, as: mediaType, to: path, answerLimitBytes: limit)
  }
}
