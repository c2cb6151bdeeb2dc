import Circulation
import Credentials
package import Desk
package import Foundation
package import Journal
import Labels
import Ledger

/// A station of library TT1, or of another, in a folder of its own, with a few titles, items and
/// patrons.
///
/// Items: `TT1.TN.00001` to `TT1.TN.00010` and `TT.TN.00001` (children's books), `TT1.SGK.00001`
/// (textbook), `TT1.BTC.00001` (periodical), `TT1.STK.00001` (dictionary). Patrons:
/// `P.TT1.00001` (Nguyễn Thị Hoa, 3B), `P.TT1.00002` (Trần Văn Đức, 3B), `P.TT1.00009` (teacher).
package final class StationFixture: Sendable {
  package let folder: DataFolder
  package let journal: Journal
  package let desk: Desk
  package let clock: TestClock
  /// Cookies of an administrator who has signed in: by the fixture's clock, and by the machine's.
  package let cookie: String
  package let processCookie: String

  /// Makes the station in a new folder: in `parent`, or among the temporary files.
  package init(
    clock: TestClock = TestClock(), of library: String = "TT1", in parent: URL? = nil
  ) async throws {
    self.clock = clock
    let library = try LibraryCode(library)
    let parent = parent ?? FileManager.default.temporaryDirectory
    folder = DataFolder(path: parent.appending(path: "lienthong-test-\(UUID().uuidString)").path)
    journal = try Journal.create(
      in: folder, station: StationID(library: library),
      libraryName: "Trường Tiểu học Tân Tập 1", clock: clock.clock)
    desk = Desk(journal: journal, settings: DeskSettings())
    let account = try Account(name: "quan-tri", role: .administrator)
    let name = "session-\(journal.station.text)="
    cookie = name + (try await journal.openSession(of: account).text)
    let now = StationClock.live().now().wallMilliseconds
    processCookie = name + (try await journal.openSession(of: account, at: now).text)
    try await journal.recordAll(Self.catalogue(of: library))
    try await journal.register(Self.patrons(of: library))
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder.path)
  }

  /// Opens the same folder again, as after a restart.
  package func reopened() throws -> Desk {
    let journal = try Journal(folder: folder, clock: clock.clock)
    return Desk(journal: journal, settings: DeskSettings())
  }

  /// A new name for an operation.
  package static func operation() -> NamedOperation {
    var generator = SystemRandomNumberGenerator()
    return NamedOperation(
      id: .make(unixMilliseconds: 1_789_000_000_000, using: &generator), device: "test")
  }

  /// Performs a request under a new operation.
  @discardableResult
  package func perform(_ request: DeskRequest) async throws -> Outcome {
    try await desk.perform(request, as: Self.operation())
  }

  private static func catalogue(
    of library: LibraryCode
  ) throws -> [(id: OperationID, fact: Fact)] {
    var facts: [Fact] = []
    func add(
      _ recordID: String, _ title: String, _ kind: MaterialKind, onSiteOnly: Bool = false,
      isbn: String? = nil, items: [String]
    ) throws {
      guard let id = RecordID(recordID) else { return }
      facts.append(
        .recordDescribed(
          BibliographicRecord(
            id: id, title: title, kind: kind, isOnSiteOnly: onSiteOnly, isbn: isbn)))
      for item in items {
        facts.append(
          .itemRegistered(
            ItemRegistration(item: try ItemID(item), record: id, library: library)))
      }
    }
    try add(
      "TT.1", "Dế Mèn phiêu lưu ký", .children, isbn: "9786042112345".withCheck,
      items: (1...10).map { "\(library).TN.000" + ($0 < 10 ? "0\($0)" : "\($0)") }
        + ["TT.TN.00001"])
    try add("TT.2", "Tiếng Việt 3, tập một", .textbook, items: ["\(library).SGK.00001"])
    try add("TT.3", "Nhi đồng", .periodical, items: ["\(library).BTC.00001"])
    try add(
      "TT.4", "Từ điển tiếng Việt", .reference, onSiteOnly: true, items: ["\(library).STK.00001"])
    return facts.enumerated().map { (OperationID(high: 7, low: UInt64($0.offset)), $0.element) }
  }

  private static func patrons(of library: LibraryCode) throws -> [PatronRegistration] {
    [
      PatronRegistration(
        patron: Patron(
          card: try CardNumber(library: library, serial: 1), kind: .pupil,
          schoolClass: SchoolClass("3B")),
        name: "Nguyễn Thị Hoa"),
      PatronRegistration(
        patron: Patron(
          card: try CardNumber(library: library, serial: 2), kind: .pupil,
          schoolClass: SchoolClass("3B")),
        name: "Trần Văn Đức"),
      PatronRegistration(
        patron: Patron(card: try CardNumber(library: library, serial: 9), kind: .teacher),
        name: "Lê Thị Mai"),
    ]
  }
}

extension String {
  /// A 13-digit number with its last digit made right.
  fileprivate var withCheck: String {
    let digits = String(prefix(12))
    return digits + String(ISBNCheck.checkDigit13(for: digits))
  }
}
