import Circulation
package import Desk
package import Exchange
import Foundation
package import Journal
package import Labels
package import Ledger
import Rotation
import Synchronization

/// The keys of a group whose stations know each other's slips.
package final class SlipGroup: Sendable {
  private let keyring = Mutex(SlipKeyring())

  package init() {}

  /// A new key of a library, which all of the group trust.
  package func key(of library: LibraryCode) throws -> SigningKey {
    let key = SigningKey()
    try keyring.withLock { try $0.add(key.verifyingKey, of: library) }
    return key
  }

  /// Lets all of the group that are made from now on trust a key.
  package func trust(_ key: VerifyingKey, of library: LibraryCode) throws {
    try keyring.withLock { try $0.add(key, of: library) }
  }

  /// What a station signs with, and how it knows others.
  package func signer(_ key: SigningKey) -> SlipSigner {
    let keyring = keyring.withLock(\.self)
    return SlipSigner(sign: { try key.slipSignature(for: $0) }) {
      { library, message, signature in
        keyring.verdict(on: signature, for: message, of: library)
      }
    }
  }
}

/// A library's station that packs and receives boxes, with ten children's books of its own.
package final class BoxSite: Sendable {
  package let library: LibraryCode
  package let journal: Journal
  package let desk: Desk
  package let clock = TestClock()
  private static let counter = Mutex<UInt64>(0)

  /// Sets a station up; it knows the slips of those of the group that were made before.
  package init(_ library: String, key: SigningKey, in group: SlipGroup) async throws {
    self.library = try LibraryCode(library)
    let parent = FileManager.default.temporaryDirectory
    let folder = DataFolder(path: parent.appending(path: "lienthong-test-\(UUID())").path)
    journal = try Journal.create(
      in: folder, station: StationID(library: self.library), libraryName: "Trường \(library)",
      clock: clock.clock)
    var desk = Desk(journal: journal, settings: DeskSettings())
    desk.slipSigner = group.signer(key)
    self.desk = desk
    let maker = try FactMaker(library)
    let items = try (1...10).map { try maker.item($0) }
    for fact in [maker.description()] + items.map(maker.registration) {
      try await journal.recordAll([(Self.operation().id, fact)])
    }
    try await journal.register([
      PatronRegistration(
        patron: Patron(
          card: try CardNumber(library: self.library, serial: 1), kind: .pupil,
          schoolClass: SchoolClass("3B")), name: "Nguyễn Thị Hoa")
    ])
  }

  deinit {
    try? journal.close()
    try? FileManager.default.removeItem(atPath: journal.folder.path)
  }

  /// Stations of a group, each of which knows all others' slips.
  package static func group(_ libraries: [String]) async throws -> [BoxSite] {
    let group = SlipGroup()
    let keys = try libraries.map { try group.key(of: LibraryCode($0)) }
    var sites: [BoxSite] = []
    for (library, key) in zip(libraries, keys) {
      sites.append(try await BoxSite(library, key: key, in: group))
    }
    return sites
  }

  package static func operation() -> NamedOperation {
    let number = counter.withLock { counter in
      counter += 1
      return counter
    }
    return NamedOperation(id: OperationID(high: 77, low: number), device: "test")
  }

  package func item(_ serial: Int) throws -> ItemID { try FactMaker(library.text).item(serial) }

  /// The text of a box of this library.
  package func box(_ serial: Int = 1) throws -> String {
    try BoxNumber(library: library, serial: serial).label
  }

  @discardableResult
  package func perform(_ request: BoxRequest) async throws -> BoxOutcome {
    try await desk.perform(request, as: Self.operation())
  }

  @discardableResult
  package func perform(_ request: DeskRequest) async throws -> Outcome {
    try await desk.perform(request, as: Self.operation())
  }

  /// Counts the shelves: these items and no others are seen.
  package func count(_ items: [ItemID], of range: String = "") async throws {
    let id = try await desk.openStockTaking(of: range, as: Self.operation()).id
    for item in items {
      _ = try await desk.scanStock(item.label, for: id, as: Self.operation())
    }
    _ = try await desk.closeStockTaking(id, settling: [], as: Self.operation())
  }

  /// Opens a box, packs items, seals it and sends it off; gives the codes of its slip.
  package func send(_ items: [ItemID], in box: String, to: String) async throws -> [String] {
    try await perform(.open(box: box, to: to))
    for item in items {
      try await perform(.pack(item: item.label, box: box, despiteWarnings: true))
    }
    let codes = try await seal(box)
    try await perform(.send(box: box, to: nil))
    return codes
  }

  /// Seals an open box and gives the codes of its slip.
  package func seal(_ box: String) async throws -> [String] {
    let outcome = try await perform(.seal(box: box))
    return try outcome.summary.record.slip.map(Self.codes) ?? []
  }

  /// What the codes of a slip hold.
  package static func codes(of slip: SealedSlip) throws -> [String] {
    try ManifestPart.parts(of: slip.signed).map(\.text)
  }

  @discardableResult
  package func read(
    _ codes: [String], box: String? = nil, acceptsOthers: Bool = false
  ) async throws -> SlipReading {
    try await desk.readSlip(
      codes, of: box, acceptsOthers: acceptsOthers, as: Self.operation())
  }

  /// Counts items out of a box.
  package func receive(_ items: [ItemID], from box: String) async throws {
    for item in items {
      try await perform(.receive(item: item.label, box: box, condition: .good))
    }
  }

  package func place(of item: ItemID) async throws -> Place? {
    try await journal.read { try $0.holding(item)?.place }
  }
}
