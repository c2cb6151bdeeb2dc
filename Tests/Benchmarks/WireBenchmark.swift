import Circulation
import Exchange
import Labels
import Ledger
import TestSupport

/// Bytes on the wire for each loan of a school's day, in batches as a station sends them.
///
/// What makes a loan hard to pack is random here as it is in life: who borrows, which item, how
/// long after the last one, and the operation's name.
enum WireBenchmark {
  private static let loanCount = 2_000
  private static let pupilCount = 700
  private static let itemCount = 5_000

  static func run() async throws -> [Figure] {
    let station = StationID(library: try LibraryCode("TT1"))
    let key = SigningKey()
    let events = try loans(at: station)
    func bytesPerEvent(inBatchesOf count: Int) throws -> Double {
      var (bytes, position) = (0, Position.start(of: station, epoch: .first))
      for start in stride(from: 0, to: events.count, by: count) {
        let run = events[start..<min(start + count, events.count)]
        let batch = try Batch(station: station, start: position, events: run.map { $0[...] })
        bytes += try batch.sealed(with: key).count
        position = batch.end
      }
      return Double(bytes) / Double(events.count)
    }
    let plain = events.reduce(0) { $0 + $1.count } / events.count
    let small = try bytesPerEvent(inBatchesOf: 100)
    return [
      Figure(
        what: "bytes on the wire per loan, in a batch of 2,000", goal: 60,
        measured: try bytesPerEvent(inBatchesOf: 2_000), unit: "bytes",
        note: "\(Int(small.rounded())) in batches of 100; \(plain) as stored")
    ]
  }

  private static func loans(at station: StationID) throws -> [[UInt8]] {
    var generator = SeededGenerator(seed: 2026)
    let borrowers = (0..<pupilCount).compactMap { number -> Borrower? in
      let bytes = (0..<PatronCommitment.byteCount).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      return PatronCommitment(bytes: bytes).map {
        Borrower(commitment: $0, kind: .pupil, schoolClass: SchoolClass("\(1 + number % 5)B"))
      }
    }
    var milliseconds: Int64 = 1_789_347_600_000
    return try (1...loanCount).compactMap { number in
      milliseconds += Int64.random(in: 3_000...60_000, using: &generator)
      let serial = Int.random(in: 1...itemCount, using: &generator)
      guard let borrower = borrowers.randomElement(using: &generator) else { return nil }
      let move = ItemMove(
        item: try History.item(serial, of: station.library), from: .shelf(station.library),
        to: .patron(station.library), seen: 1 + number % 9)
      return Event(
        station: station, epoch: .first, sequence: Int64(number),
        moment: Moment(
          wallMilliseconds: milliseconds,
          monotonicMilliseconds: milliseconds - 1_789_340_000_000, boot: 0xB007_1234),
        operation: .make(unixMilliseconds: milliseconds, using: &generator), device: "page",
        fact: .checkout(
          Checkout(
            move: move, borrower: borrower, due: SchoolDay(number: 20_717 + number / 200)))
      ).encoded
    }
  }
}
