import Capture
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import StationServer

/// Pictures through the real scanner.
@Suite("Pictures")
struct PictureTests {
  private func fixture() async throws -> ServerFixture {
    let reader = UploadReader()
    return try await ServerFixture { try await reader.codes(in: Upload($0)) }
  }

  @Test("recognises an item by the photo of its label")
  func label() async throws {
    let folder = try TemporaryFolder()
    let file = try await Zint.draw(try Printed.item("TT1.TN.00003"), as: .code128, in: folder)
    let bytes = Array(try Data(contentsOf: file))
    let reply = try await fixture().test {
      try await $0.post("scan/image", bytes: bytes, type: "image/png")
    }
    #expect(reply.json["codes"][0]["recognition"]["item"]["item"] == "TT1.TN.00003")
  }

  @Test(
    "refuses what is no picture, with advice",
    arguments: [
      [UInt8]("hello".utf8), [], Array(PNGWriter.signature),
    ])
  func notAPicture(bytes: [UInt8]) async throws {
    let reply = try await fixture().test {
      try await $0.post("scan/image", bytes: bytes, type: "image/png")
    }
    #expect(reply.status == .unprocessableContent)
    #expect(reply.json["error"] == "unusable-picture")
  }

  @Test("refuses a picture over the limit before reading it")
  func tooLarge() async throws {
    let bytes = [UInt8](repeating: 0, count: StationLimits.pictureBytes + 1)
    let reply = try await fixture().test {
      try await $0.post("scan/image", bytes: bytes, type: "image/jpeg")
    }
    #expect(reply.status == .contentTooLarge)
    #expect(reply.json["error"] == "body-too-large")
  }

  @Test("refuses a header that declares 30,000 × 30,000 pixels")
  func bomb() async throws {
    let bytes =
      PNGWriter.signature + PNGWriter.header(width: 30_000, height: 30_000)
      + PNGWriter.chunk("IDAT", [0x78, 0x01]) + PNGWriter.chunk("IEND", [])
    let reply = try await fixture().test {
      try await $0.post("scan/image", bytes: bytes, type: "image/png")
    }
    #expect(reply.status == .unprocessableContent)
    let advice = try #require(reply.json["advice"]["en"].text)
    #expect(advice.contains("too large"))
  }
}
