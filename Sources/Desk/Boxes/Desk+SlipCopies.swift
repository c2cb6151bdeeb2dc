import Circulation
import Journal
package import Labels
package import Ledger
import Rotation

/// What a slip is printed from: the sealed manifest, and what the station knows beside it.
package struct SlipCopy: Hashable, Sendable {
  package let slip: SealedSlip
  package let libraryName: String
  package let titles: [ItemID: String]
  /// When the box was sealed, by the station's wall clock.
  package let sealedMilliseconds: Int64
}

extension Desk {
  /// The slip of a box that was sealed here, for as long as it is not opened again; each time the
  /// same.
  ///
  /// - Throws: `BoxRefusal` where the box is not sealed or was sealed elsewhere,
  ///   `DeskError.noSuchBox`.
  package func slip(ofBox text: String) async throws -> SlipCopy {
    let lookup = lookup
    let reporter = BoxReporter(lookup: lookup, offsetMinutes: settings.offsetMinutes)
    let libraryName = journal.libraryName
    return try await journal.read { view in
      let record = try reporter.record(of: lookup.box(text), in: view)
      guard let slip = record.slip, let event = try view.sealing(of: record) else {
        throw BoxRefusal.wrongState(record.box.number, state: record.box.state, act: "slip")
      }
      var titles: [ItemID: String] = [:]
      for item in slip.manifest.items {
        titles[item] = try view.holding(item).flatMap { try view.record(of: $0)?.title }
      }
      return SlipCopy(
        slip: slip, libraryName: libraryName, titles: titles,
        sealedMilliseconds: event.moment.wallMilliseconds)
    }
  }
}
