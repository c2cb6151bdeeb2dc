import Exchange
import Ledger

extension GroupRegistry {
  /// Gives a station its own events back, a sealed page at a time.
  ///
  /// A machine whose key was revoked gets nothing. Each other one gets what is in the books of its
  /// own epoch and of those before.
  /// - Throws: `ExchangeError` for a request that is refused.
  package func history(_ bytes: [UInt8]) async throws -> [UInt8] {
    let sealed = try SealedHistoryRequest(bytes)
    let page = try await store.read { books in
      let signer = try books.enrolledStation(sealed.station, epoch: sealed.epoch)
      let request = try sealed.open(with: signer.enrolment.key)
      if let closing = signer.closing, closing.end == .revoked {
        throw ExchangeError.revoked(
          lastTrusted: try books.position(
            of: request.station, epoch: request.epoch, sequence: closing.lastTrusted))
      }
      return try Self.page(answering: request, from: books)
    }
    return try page.sealed(with: key)
  }

  private static func page(
    answering request: HistoryRequest, from books: any RegistryReader
  ) throws -> HistoryPage {
    let (station, epoch) = (request.station, request.asked)
    let asked = try books.enrolledStation(station, epoch: epoch)
    let last = asked.cursor.sequence
    let start = min(request.after, last)
    var events: [ArraySlice<UInt8>] = []
    var byteCount = 0
    if request.wantsEvents {
      try books.forEachEvent(of: station, epoch: epoch, after: start) { stored in
        byteCount += stored.bytes.count
        guard events.count < HistoryPage.eventLimit,
          events.isEmpty || byteCount <= HistoryPage.eventBytes
        else { return false }
        events.append(stored.bytes[...])
        return true
      }
    }
    return HistoryPage(
      station: station, start: try books.position(of: station, epoch: epoch, sequence: start),
      events: events, cursor: asked.cursor,
      end: asked.closing?.end)
  }
}

extension RegistryReader {
  /// A station as enrolled for an epoch; refuses one that nobody enrolled, and names the latest
  /// epoch that is known.
  func enrolledStation(_ station: StationID, epoch: Epoch) throws -> EnrolledStation {
    if let enrolled = try self.station(station, epoch: epoch) { return enrolled }
    guard let latest = try stations().first(where: { $0.enrolment.station == station }) else {
      throw ExchangeError.unknownStation(station)
    }
    throw ExchangeError.wrongEpoch(expected: latest.cursor)
  }

  /// The position of an event that was applied; 0 stands for the beginning.
  func position(of station: StationID, epoch: Epoch, sequence: Int64) throws -> Position {
    guard sequence > 0 else { return .start(of: station, epoch: epoch) }
    let event = EventReference(station: station, epoch: epoch, sequence: sequence)
    guard let hash = try hash(of: event) else { throw RegistryError.damaged("event \(event)") }
    return Position(epoch: epoch, sequence: sequence, hash: hash)
  }
}
