import Exchange
import FoundationEssentials
import Ledger

/// What a station asks of its host, each question with its answer checked.
struct HostClient: Sendable {
  let link: any HostLink
  let hostKey: VerifyingKey

  /// Sends a batch, telling of the station's clocks; gives the receipt as it came, and read.
  func send(
    _ batch: Batch, signedWith key: SigningKey, telling contact: StationContact
  ) async throws -> (receipt: Receipt, bytes: [UInt8]) {
    let bytes = try Self.accepted(
      try await link.post(
        try batch.sealed(with: key), as: ExchangeMediaType.batch, to: ExchangePath.batches,
        telling: contact, answerLimitBytes: ExchangeLimits.receiptBytes))
    do throws(ExchangeError) {
      let receipt = try Receipt.open(bytes, with: hostKey)
      try receipt.refuseWhenOfAnother(than: batch)
      return (receipt, bytes)
    } catch {
      throw UplinkError.badReceipt(error)
    }
  }

  /// Asks for a page of the station's history; gives it as it came, and read.
  func history(
    _ request: HistoryRequest, signedWith key: SigningKey
  ) async throws -> (page: HistoryPage, bytes: [UInt8]) {
    let bytes = try await Self.post(
      try request.sealed(with: key), as: ExchangeMediaType.historyRequest,
      to: ExchangePath.history, answerLimitBytes: ExchangeLimits.batchBytes, over: link)
    do throws(ExchangeError) {
      return (try HistoryPage.open(bytes, with: hostKey, answering: request), bytes)
    } catch {
      throw UplinkError.badReceipt(error)
    }
  }

  /// Asks for what has changed in the group.
  func feed(_ request: FeedRequest, signedWith key: SigningKey) async throws -> FeedPage {
    let bytes = try await Self.post(
      try request.sealed(with: key), as: ExchangeMediaType.feedRequest, to: ExchangePath.feed,
      answerLimitBytes: ExchangeLimits.feedBytes, over: link)
    do throws(ExchangeError) {
      let page = try FeedPage.open(bytes, with: hostKey)
      try page.refuseWhenNot(answering: request)
      return page
    } catch {
      throw UplinkError.badReceipt(error)
    }
  }

  /// Posts bytes, and gives the answer where it is no refusal.
  static func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes limitBytes: Int,
    over link: any HostLink
  ) async throws(UplinkError) -> [UInt8] {
    try accepted(
      try await link.post(bytes, as: mediaType, to: path, answerLimitBytes: limitBytes))
  }

  private static func accepted(_ answer: HostAnswer) throws(UplinkError) -> [UInt8] {
    guard answer.status != 200 else { return answer.bytes }
    let message = try? JSONDecoder().decode(RefusalMessage.self, from: Data(answer.bytes))
    guard let message else { throw .unexpectedAnswer(status: answer.status) }
    throw .refused(status: answer.status, message)
  }
}
