import AsyncHTTPClient
import Foundation
import Journal
import NIOCore
import NIOHTTP1
import Synchronization
import TestSupport

/// What the desk's page does, in a few lines: it follows the live events, asks what a scan is, and
/// lends an item to the patron whose card was shown.
final class LabPage: Sendable {
  private struct State {
    var card = ""
    var scans: [JSONValue] = []
    var loans: [String: String] = [:]
    var refusals: [String] = []
  }

  private let base: String
  private let state = Mutex(State())

  /// Opens the page; from now on scans come here.
  init(_ station: LabStation) async throws {
    base = station.address + "api/v1/"
    let request = HTTPClientRequest(url: base + "events?scans=take")
    let response = try await HTTPClient.shared.execute(request, timeout: .hours(1))
    Task { [self] in
      do {
        try await follow(response.body)
      } catch {
        DeviceLab.say("the page was cut off: \(error)")
      }
    }
  }

  func show(card: String) async throws {
    try await take(text: card, device: "page")
  }

  /// How often a code has come from a device.
  func count(of text: String) -> Int {
    state.withLock { state in state.scans.count { $0["text"].text == text } }
  }

  /// How long the label of an item was before a camera until its scan came.
  func cameraWait(for item: String) -> Int? {
    let scan = state.withLock { state in state.scans.first { $0["label"].text == item } }
    return scan?["waitMilliseconds"].number.map { Int($0) }
  }

  /// The device through which an item was lent, once it was.
  func device(thatLent item: String) async throws -> String {
    let found = try await Patience.find("a loan of \(item)") { [self] () -> String? in
      state.withLock { $0.loans[item] ?? $0.refusals.first.map { "refused: \($0)" } }
    }
    guard !found.hasPrefix("refused") else { throw LabFailure("\(item): \(found)") }
    return found
  }

  /// Waits until the devices of each kind are all in a state.
  func waitForDevices(_ wanted: [String: String]) async throws {
    var last = ""
    do {
      try await Patience.find("the devices' states \(wanted)") { [self] () -> Bool? in
        let answer = try await send(HTTPClientRequest(url: base + "state"))
        let devices = answer["devices"].elements
        last = devices.map { "\($0["words"]["en"].text ?? "")" }.joined(separator: " ")
        let isReached = wanted.allSatisfy { kind, state in
          let ofKind = devices.filter { $0["kind"].text == kind }
          return !ofKind.isEmpty && ofKind.allSatisfy { $0["state"].text == state }
        }
        return isReached ? true : nil
      }
    } catch {
      throw LabFailure("\(error); the station says: \(last)")
    }
  }

  /// Waits for what the station says of a device, in English.
  func words(of device: String, where isWanted: (String) -> Bool) async throws -> String {
    try await Patience.find("other words about \(device)") { [self] in
      let answer = try await send(HTTPClientRequest(url: base + "state"))
      return answer["devices"].elements.compactMap { $0["words"]["en"].text }
        .first { $0.hasPrefix(device) && isWanted($0) }
    }
  }

  private func follow(_ body: HTTPClientResponse.Body) async throws {
    var pending = ""
    for try await chunk in body {
      pending += String(buffer: chunk)
      while let end = pending.range(of: "\n\n") {
        let lines = pending[..<end.lowerBound].split(separator: "\n")
        pending.removeSubrange(..<end.upperBound)
        guard lines.count == 2, lines[0] == "event: scan" else { continue }
        let data = Data(lines[1].dropFirst("data: ".count).utf8)
        let scan = try JSONDecoder().decode(JSONValue.self, from: data)
        state.withLock { $0.scans.append(scan) }
        try await take(text: scan["text"].text ?? "", device: scan["device"].text ?? "")
      }
    }
  }

  private func take(text: String, device: String) async throws {
    let found = try await post("scan", ["text": .string(text)])
    if let card = found["patron"]["card"].text { state.withLock { $0.card = card } }
    let card = state.withLock(\.card)
    guard let item = found["item"]["label"].text, !card.isEmpty else { return }
    let loan = try await post(
      "checkouts",
      [
        "operation": .string("\(StationFixture.operation().id)"), "device": .string(device),
        "item": .string(item), "card": .string(card),
      ])
    state.withLock { state in
      // A label that stays before the camera is one scan, but another device may show it again.
      if let recorded = loan["event"]["device"].text {
        state.loans[item] = state.loans[item] ?? recorded
      } else if state.loans[item] == nil {
        state.refusals.append(loan["advice"]["en"].text ?? "\(loan)")
      }
    }
  }

  private func post(_ path: String, _ body: JSONValue) async throws -> JSONValue {
    var request = HTTPClientRequest(url: base + path)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.body = .bytes(try JSONEncoder().encode(body))
    return try await send(request)
  }

  private func send(_ request: HTTPClientRequest) async throws -> JSONValue {
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    let body = try await response.body.collect(upTo: 1_048_576)
    return try JSONDecoder().decode(JSONValue.self, from: Data(body.readableBytesView))
  }
}
