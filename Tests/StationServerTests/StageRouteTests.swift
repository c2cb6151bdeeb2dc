import Circulation
import Desk
import Foundation
import HTTPTypes
import Journal
import Ledger
import Printing
import Rotation
import TestSupport
import Testing

@testable import StationServer

@Suite("Routes of a rota's stage")
struct StageRouteTests {
  private func operation() -> JSONValue { .string(Printed.operation()) }

  @Test("open a box for it, count what is packed and sent, and give its minutes")
  func stage() async throws {
    let fixture = try await ServerFixture()
    try await fixture.station.journal.hear(of: SampleRota.storybooks(limit: 5))
    let item = JSONValue.string(try Printed.item("TT1.TN.00001"))
    let box: JSONValue = "B.TT1.0001"
    let minutes = "minutes?kind=stage&stage=2026-TT/1&from=TT1&to=TT"
    let replies = try await fixture.test { station in
      [
        try await station.post("boxes", ["operation": operation(), "box": box, "to": "TT"]),
        try await station.post(
          "boxes",
          ["operation": operation(), "box": "B.TT1.0002", "to": "TT", "stage": "none"]),
        try await station.post(
          "boxes",
          ["operation": operation(), "box": "B.TT1.0003", "to": "TT", "stage": "2026-TT/2"]),
        try await station.get(minutes),
        try await station.post(
          "boxes/packings", ["operation": operation(), "box": box, "item": item]),
        try await station.post("boxes/seals", ["operation": operation(), "box": box]),
        try await station.post("boxes/dispatches", ["operation": operation(), "box": box]),
        try await station.get("boxes/rota"),
        try await station.get(minutes), try await station.get(minutes + "&format=csv"),
        try await station.get("minutes?kind=stage&stage=2026-TT/1&from=TT&to=TT1"),
        try await station.get("minutes?kind=stage&stage=x&from=TT&to=TT1"),
        try await station.get("minutes?kind=stage&stage=2026-TT/1&from=?&to=TT1"),
      ]
    }
    #expect(
      replies.map(\.status.code) == [
        200, 200, 422, 422, 200, 200, 200, 200, 200, 200, 422, 400, 400,
      ])
    #expect(replies[0].json["box"]["stage"] == "2026-TT/1")
    #expect(replies[1].json["box"]["stage"] == .null)
    #expect(replies[2].json["error"] == "no-such-stage")
    let task = replies[7].json["sending"].elements.first
    #expect(task?["packed"] == 0 && task?["sent"] == 1)
    #expect(replies[7].json["stages"].elements.map { $0["to"] } == ["TT"])
    #expect(replies[7].json["handovers"].elements.first?["done"] == 1)
  }

  @Test("say what was amended since a box was opened")
  func amended() async throws {
    let fixture = try await ServerFixture()
    try await fixture.station.journal.hear(of: SampleRota.storybooks(limit: 5))
    let replies = try await fixture.test { station in
      let opened = try await station.post(
        "boxes", ["operation": operation(), "box": "B.TT1.0001", "to": "TT"])
      try await fixture.station.journal.hear(
        of: SampleRota.storybooks(limit: 2), revision: 2, because: "Bớt sách")
      return [
        opened, try await station.get("boxes/report?box=B.TT1.0001"),
        try await station.get("boxes/rota"),
      ]
    }
    let amendment = replies[1].json["amendment"]
    #expect(amendment["reason"] == "Bớt sách" && amendment["now"] == 2)
    #expect(amendment["words"]["vi"].text?.contains("5 cuốn đổi thành 2 cuốn") == true)
    #expect(replies[2].json["amendments"].elements == [amendment])
  }
}

@Suite("Minutes of a stage on paper")
struct StagePaperTests {
  @Test("are one document of all boxes, the same when they are printed again")
  func printed() async throws {
    let sites = try await BoxSite.group(["TT", "TT1"])
    let rota = try RotaText.rota(
      """
      rota 2026-TT
      libraries TT TT1
      set Truyện
        kinds TN
      stage 1 2026-2027/1
        send Truyện from TT to TT1
      """)
    try await sites[0].journal.hear(of: rota)
    for box in 1...3 {
      let items = try (1...3).map { try sites[0].item(3 * box - 3 + $0) }
      let codes = try await sites[0].send(items, in: sites[0].box(box), to: "TT1")
      try await sites[1].read(codes)
      try await sites[1].receive(Array(items.dropLast(box - 1)), from: sites[0].box(box))
      try await sites[1].perform(.confirm(box: sites[0].box(box)))
    }
    let id = try #require(RecordID("TT.1"))
    let record = BibliographicRecord(id: id, title: "Dế Mèn phiêu lưu ký", kind: .children)
    try await sites[1].journal.hear(
      [.record(record, of: sites[0].library)]
        + (1...9).map {
          try .item(
            FeedItem(item: sites[0].item($0), record: id, place: .shelf(sites[0].library)))
        })
    let stage = try #require(StageReference("2026-TT/1"))
    let way = StageWay(from: sites[0].library, to: sites[1].library)
    for (site, name) in zip(sites, ["minutes-stage-sent", "minutes-stage-received"]) {
      let printer = MinutesPrinter(desk: site.desk)
      let minutes = try await printer.minutes(.stage(stage, way))
      let again = try await printer.minutes(.stage(stage, way))
      #expect(try minutes.pdf() == again.pdf())
      let table = String(decoding: minutes.csv, as: UTF8.self)
      for box in 1...3 { #expect(table.contains("B.TT.000\(box)")) }
      #expect(table.contains(name.hasSuffix("sent") ? "9 cuốn." : "thiếu 3"))
      #expect(table.matches(of: /Dế Mèn phiêu lưu ký/).count == 9)
      try await keep(minutes.pdf(), name)
    }
  }

  /// A picture of the first page, kept for a person to look at.
  private func keep(_ bytes: [UInt8], _ name: String) async throws {
    let kept = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../.build/screenshots").standardized
    try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
    let file = kept.appending(path: "\(name).pdf")
    try Data(bytes).write(to: file)
    let output = try await ChildProcess.run(
      URL(filePath: "/usr/bin/env"),
      ["pdftoppm", "-png", "-r", "80", "-l", "1", file.path, kept.appending(path: name).path])
    #expect(output.status == 0, "\(output.stderr)")
  }
}
