import Desk
import Foundation
import Journal
import Labels
import Ledger
import Rotation
import TestSupport

/// Scans into a box and out of a box, beside loans.
///
/// A box has 200 items, and the one that comes has a slip of 200, as boxes between schools do.
enum PackingBenchmark {
  private static let itemsInBox = 200
  private static let boxes = 2

  private struct Samples {
    var lent: [Double] = []
    var packed: [Double] = []
    var received: [Double] = []
  }

  /// An item lent, one scanned into a box, and one counted out of another box, in turn.
  static func run() async throws -> Figure {
    let folder = try BenchmarkFolder()
    let journal = try await folder.station(named: "boxes", itemCount: 2 * boxes * itemsInBox)
    let desk = Desk(journal: journal, settings: DeskSettings())
    var samples = Samples()
    for serial in 1...boxes {
      try await fillAndEmpty(serial, at: desk, of: journal, into: &samples)
    }
    let (lent, packed, received) = (
      Sampling.median(samples.lent), Sampling.median(samples.packed),
      Sampling.median(samples.received)
    )
    return Figure(
      what: "packing or receiving an item at the desk, the slower, p50, against a checkout",
      goal: 1.1, measured: max(packed, received) / lent, unit: "×",
      note: "\(packed.rounded(to: 2)) and \(received.rounded(to: 2)) ms against "
        + "\(lent.rounded(to: 2)) ms")
  }

  private static func fillAndEmpty(
    _ serial: Int, at desk: Desk, of journal: Journal, into samples: inout Samples
  ) async throws {
    let (here, other) = (journal.station.library, try LibraryCode("TT"))
    let box = try BoxNumber(library: here, serial: serial).label
    let come = try BoxNumber(library: other, serial: serial)
    let first = (serial - 1) * itemsInBox
    _ = try await desk.perform(.open(box: box, to: other.text), as: operation())
    let slip = try slip(of: come, from: other, to: here, firstItem: first)
    try await journal.recordAll([(operation().id, .box(.slipRead(slip)))])
    for number in first + 1...first + itemsInBox {
      let card = try CardNumber(library: here, serial: number / 10 % 30 + 1).label
      let item = try History.item(number, of: here).label
      let packed = try History.item(boxes * itemsInBox + number, of: here).label
      let received = try History.item(number, of: other).label
      samples.lent.append(
        try await milliseconds {
          _ = try await desk.perform(
            .checkout(item: item, card: card, overrideReason: nil), as: operation())
        })
      _ = try await desk.perform(.checkin(item: item), as: operation())
      samples.packed.append(
        try await milliseconds {
          _ = try await desk.perform(
            BoxRequest.pack(item: packed, box: box, despiteWarnings: false), as: operation())
        })
      samples.received.append(
        try await milliseconds {
          _ = try await desk.perform(
            BoxRequest.receive(item: received, box: come.label, condition: .good),
            as: operation())
        })
    }
  }

  /// A slip as the other library would have printed it; nobody asks for its signature here.
  private static func slip(
    of box: BoxNumber, from: LibraryCode, to: LibraryCode, firstItem: Int
  ) throws -> SealedSlip {
    let lines = try (firstItem + 1...firstItem + itemsInBox).map { number in
      ManifestLine(
        item: try History.item(number, of: from), title: "Dế Mèn phiêu lưu ký", version: 2)
    }
    let manifest = try Manifest(box: box, seal: 1, from: from, to: to, stage: nil, lines: lines)
    return try SealedSlip(SignedManifest(manifest) { _ in [UInt8](repeating: 7, count: 64) })
  }

  private static func milliseconds(_ work: () async throws -> Void) async throws -> Double {
    try await ContinuousClock().measure(work).milliseconds
  }

  private static func operation() -> NamedOperation {
    var generator = SystemRandomNumberGenerator()
    let now = Int64(Date().timeIntervalSince1970 * 1_000)
    return NamedOperation(id: .make(unixMilliseconds: now, using: &generator))
  }
}
