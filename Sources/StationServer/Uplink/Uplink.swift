package import AsyncHTTPClient
package import Exchange
import FoundationEssentials
package import Journal
package import Ledger
import NIOCore
import NIOHTTP1

/// What the uplink sends at once and waits for, in one place.
package enum UplinkLimits {
  package static let eventsPerBatch = 2_000
  /// Bytes of events in a batch: small enough for a weak link to carry before it breaks again.
  package static let bytesPerBatch = 512 * 1_024
  package static let secondsPerRequest: Int64 = 30
  /// How often in one pass the host may send the station back to an earlier position.
  package static let stepsBack = 2
}

/// What one pass carried to the host.
package struct UplinkReport: Hashable, Sendable {
  package fileprivate(set) var batchCount = 0
  /// Events that were new to the host.
  package fileprivate(set) var newCount = 0
  /// Events that the host had already.
  package fileprivate(set) var knownCount = 0
  /// What the host's books could not bear out.
  package fileprivate(set) var findingCount = 0
  /// Where the host's last receipt stands.
  package fileprivate(set) var acknowledged: Position
}

/// Carries a station's events to its host, batch by batch, and keeps the receipts.
package struct Uplink: Sendable {
  private let journal: Journal
  private let key: SigningKey
  private let settings: UplinkSettings
  private let client: HTTPClient

  /// Takes the key that signs the batches, which the host has pinned, and a client that the caller
  /// shares and shuts down.
  package init(
    journal: Journal, key: SigningKey, settings: UplinkSettings, client: HTTPClient
  ) {
    self.journal = journal
    self.key = key
    self.settings = settings
    self.client = client
  }

  /// Sends all that is pending; where nothing is, the last event once more.
  ///
  /// The last event proves what a greeting could not: that the host still has this history. A host
  /// or a station that was restored is found at the first contact, not at the next loan.
  ///
  /// A host that was restored from a backup asks for earlier events, and gets them from the last
  /// position that both have.
  /// - Throws: `UplinkError`, or `JournalError` where the journal can't be used.
  package func pass() async throws -> UplinkReport {
    var position = try await journal.acknowledged()
    var report = UplinkReport(acknowledged: position)
    var stepsBack = 0
    let head = try await journal.head()
    if head.sequence == 0 { try await greet() }
    if position == head, head.sequence > 0 {
      guard let last = try await journal.position(sequence: head.sequence - 1) else {
        throw JournalError.damaged("event \(head.sequence - 1)")
      }
      position = last
    }
    while position.sequence < head.sequence {
      let batch = try await batch(after: position)
      do {
        let receipt = try await send(batch)
        position = batch.end
        report.batchCount += 1
        report.newCount += receipt.newCount
        report.knownCount += receipt.knownCount
        report.findingCount += receipt.findings.count
        report.acknowledged = position
      } catch UplinkError.refused(let status, let message)
        where message.isGap && stepsBack < UplinkLimits.stepsBack
      {
        stepsBack += 1
        position = try await common(with: message, status: status)
      }
    }
    return report
  }

  /// The batch of events after a position, as `pass` would send it.
  package func batch(after position: Position) async throws -> Batch {
    let range = try await journal.events(
      after: position, countLimit: UplinkLimits.eventsPerBatch,
      byteLimit: UplinkLimits.bytesPerBatch)
    return try Batch(
      station: journal.station, start: range.start, events: range.events.map { $0[...] })
  }

  /// Sends one batch and keeps its receipt.
  package func send(_ batch: Batch) async throws -> Receipt {
    let sealed = try batch.sealed(with: key)
    var request = HTTPClientRequest(url: settings.url + "/exchange/v1/batches")
    request.method = .POST
    request.headers.add(name: "content-type", value: ExchangeMediaType.batch)
    request.body = .bytes(ByteBuffer(bytes: sealed))
    let (status, bytes) = try await answer(to: request)
    guard status == 200 else {
      guard let message = try? JSONDecoder().decode(RefusalMessage.self, from: Data(bytes)) else {
        throw UplinkError.unexpectedAnswer(status: status)
      }
      throw UplinkError.refused(status: status, message)
    }
    do {
      let receipt = try Receipt.open(bytes, with: settings.hostKey)
      try receipt.refuseWhenOfAnother(than: batch)
      try await journal.acknowledge(receipt.position, receipt: bytes)
      return receipt
    } catch let error as ExchangeError {
      throw UplinkError.badReceipt(error)
    }
  }

  private func greet() async throws {
    let (status, _) = try await answer(to: HTTPClientRequest(url: settings.url + "/health"))
    guard status == 200 else { throw UplinkError.unexpectedAnswer(status: status) }
  }

  private func answer(to request: HTTPClientRequest) async throws -> (UInt, [UInt8]) {
    var status: UInt = 0
    do {
      let response = try await client.execute(
        request, timeout: .seconds(UplinkLimits.secondsPerRequest))
      status = response.status.code
      let body = try await response.body.collect(upTo: ExchangeLimits.receiptBytes)
      return (status, Array(body.readableBytesView))
    } catch is NIOTooManyBytesError {
      throw UplinkError.unexpectedAnswer(status: status)
    } catch {
      throw UplinkError.unreachable("\(error)")
    }
  }

  /// The position to go on from, when the host says that it expects an earlier one.
  private func common(
    with message: RefusalMessage, status: UInt
  ) async throws -> Position {
    guard let expected = message.position.flatMap({ Position($0) }) else {
      throw UplinkError.refused(status: status, message)
    }
    guard try await journal.position(sequence: expected.sequence) == expected else {
      throw UplinkError.historiesDiffer(sequence: expected.sequence)
    }
    return expected
  }
}

extension RefusalMessage {
  fileprivate var isGap: Bool { error == "gap" }
}
