import AsyncHTTPClient
import Exchange
import Foundation
import Ledger
import NIOCore
import NIOHTTP1
import Registry
import TestSupport
import Testing

@Suite("lienthong host on a PostgreSQL database")
struct HostDatabaseTests {
  private let folder: TemporaryFolder
  private let host: String

  init() throws {
    folder = try TemporaryFolder()
    host = folder.url.appending(path: "host").path
  }

  private func initHost(_ folder: String, at address: String) async throws -> ChildProcess.Output {
    try await BuiltProduct.run([
      "host", "init", "--data", folder, "--name", "Nhóm Tân Tập", "--database", address,
    ])
  }

  /// Enrols a chain's station, and gives the host's key.
  private func enrol(_ chain: StationChain, printed: String) async throws -> VerifyingKey {
    let words = printed.split(whereSeparator: \.isWhitespace)
    let key = try #require(words.first { $0.count == 64 && $0.allSatisfy(\.isHexDigit) })
    let enrolled = try await BuiltProduct.run([
      "host", "enrol", "--data", host, "--station", chain.station.text, "--library-name", "x",
      "--key", chain.key.verifyingKey.description,
    ])
    #expect(enrolled.status == 0, "\(enrolled.stderr)")
    return try VerifyingKey(key)
  }

  /// Sends a batch to one process; nothing where the process went away.
  private static func post(
    _ bytes: [UInt8], to server: ServingProcess, pinning key: VerifyingKey
  ) async throws -> Receipt? {
    var request = HTTPClientRequest(url: server.address + ExchangePath.batches)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: ExchangeMediaType.batch)
    request.body = .bytes(ByteBuffer(bytes: bytes))
    guard let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)),
      response.status == .ok
    else { return nil }
    let body = try await response.body.collect(upTo: ExchangeLimits.receiptBytes)
    return try Receipt.open(Array(buffer: body), with: key)
  }

  @Test("applies a batch once that two processes get at the same moment, also when one is killed")
  func twoProcesses() async throws {
    let address = try await PostgresCluster.shared().makeDatabase()
    let initialised = try await initHost(host, at: address.text)
    #expect(initialised.status == 0, "\(initialised.stderr)")
    var generator = SeededGenerator(seed: 5)
    let maker = try FactMaker("TT1")
    let items = try (1...5).map { try maker.item($0) }
    var chain = try StationChain(of: "TT1")
    chain.record(maker.randomFacts(600, about: items, using: &generator))
    let key = try await enrol(chain, printed: initialised.stdout)

    // One knows the database from its folder; the other, as on another machine, is told of it.
    let run = ["host", "run", "--data", host, "--port", "0"]
    let first = try await ServingProcess(run)
    let second = try await ServingProcess(run + ["--database", address.text])
    for start in stride(from: 0, to: 600, by: 20) {
      let bytes = try chain.sealed(start..<(start + 20))
      async let here = Self.post(bytes, to: first, pinning: key)
      // Once it is gone, the other goes on alone.
      async let there = start > 300 ? nil : Self.post(bytes, to: second, pinning: key)
      if start == 300 { await second.kill() }
      let receipts = try await [here, there].compactMap { $0 }
      #expect(receipts.allSatisfy { $0.position == chain.positions[start + 20] })
      if start < 300 { #expect(receipts.map(\.newCount).sorted() == [0, 20]) }
      let end = try #require(try await Self.post(bytes, to: first, pinning: key))
      #expect(end.knownCount == 20)
    }
    #expect(await first.stop() == 0)
    let verified = try await BuiltProduct.run(["host", "verify", "--data", host])
    #expect(verified.status == 0, "\(verified.stdout)")
    #expect(verified.stdout.contains("events: 600\n"))
    try PostgresCluster.remove(address)
  }

  @Test("keeps the address for its owner alone, and sets up no second host there")
  func address() async throws {
    let address = try await PostgresCluster.shared().makeDatabase()
    #expect(try await initHost(host, at: address.text).status == 0)
    let kept = HostFolder(path: host).databaseAddress
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == address.text + "\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: kept)
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    let again = try await initHost(host, at: address.text)
    #expect(again.status == 1)
    #expect(again.stderr.contains("holds a host already"), "\(again.stderr)")
    let other = folder.url.appending(path: "other").path
    let second = try await initHost(other, at: address.text)
    #expect(second.status == 1)
    #expect(second.stderr.contains("database holds a host already"), "\(second.stderr)")
    try PostgresCluster.remove(address)
  }

  @Test(
    "says what is wrong with an address",
    arguments: [
      ("mysql://x/y", "This is no address"), ("postgres://x@127.0.0.1:1/y", "did not answer"),
    ])
  func badAddress(address: String, advice: String) async throws {
    let output = try await initHost(host, at: address)
    #expect(output.status == 1)
    #expect(output.stderr.contains(advice), "\(output.stderr)")
  }
}
