package import Ledger

/// A run of a station's events on the way to the host: complete, in order, chained.
///
/// A batch begins at a position of the station's chain and ends at one. The hash at its end speaks
/// for every event up to there, so two batches that end at the same position tell the same story.
package struct Batch: Hashable, Sendable {
  package let station: StationID
  /// The position before the first event.
  package let start: Position
  /// Each event's bytes, exactly as they stand in the station's journal.
  package let events: [ArraySlice<UInt8>]
  /// The chain's hash after each event.
  package let hashes: [ChainHash]

  /// The position of the last event.
  package var end: Position {
    Position(
      epoch: start.epoch, sequence: start.sequence + Int64(events.count),
      hash: hashes.last ?? start.hash)
  }

  package var epoch: Epoch { start.epoch }

  /// Chains events to a position; at least one, at most `ExchangeLimits.eventsPerBatch`.
  package init(
    station: StationID, start: Position, events: [ArraySlice<UInt8>]
  ) throws(ExchangeError) {
    guard !events.isEmpty else { throw .emptyBatch }
    guard events.count <= ExchangeLimits.eventsPerBatch else {
      throw .tooManyEvents(limit: ExchangeLimits.eventsPerBatch)
    }
    var hashes: [ChainHash] = []
    hashes.reserveCapacity(events.count)
    var hash = start.hash
    for event in events {
      hash = hash.link(event)
      hashes.append(hash)
    }
    self.station = station
    self.start = start
    self.events = events
    self.hashes = hashes
  }

  /// The chain's hash at a sequence number within the batch, its start included.
  package func hash(at sequence: Int64) -> ChainHash? {
    let offset = sequence - start.sequence
    guard offset != 0 else { return start.hash }
    guard (1...Int64(hashes.count)).contains(offset) else { return nil }
    return hashes[Int(offset) - 1]
  }

  /// Reads the events after a sequence number; each must be the one that its place says.
  ///
  /// A host that has applied the first ones before need not read them again: the hash at that
  /// number has vouched for them.
  package func decodedEvents(after sequence: Int64) throws(ExchangeError) -> [Event] {
    let known = min(max(sequence - start.sequence, 0), Int64(events.count))
    var decoded: [Event] = []
    decoded.reserveCapacity(events.count - Int(known))
    for offset in Int(known)..<events.count {
      decoded.append(try decodedEvent(at: offset))
    }
    return decoded
  }

  private func decodedEvent(at offset: Int) throws(ExchangeError) -> Event {
    let sequence = start.sequence + Int64(offset) + 1
    let event: Event
    do throws(CBORError) {
      event = try Event(encoded: events[offset])
    } catch {
      throw .unreadableEvent(sequence: sequence, error)
    }
    guard event.station == station, event.epoch == epoch, event.sequence == sequence else {
      throw .eventOfAnother(sequence: sequence)
    }
    return event
  }
}
