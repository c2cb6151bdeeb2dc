import Circulation
import Desk
import Exchange
import Foundation
import Journal
import Labels
import Ledger
import Registry
import Rotation

/// One school of a simulated term: its real station, and where each of its books really is.
///
/// The books know only what is recorded; what nobody records, a book that is put on a wrong shelf
/// or carried off, happens here alone and has to come out at the count.
final class SimulatedSchool {
  let library: LibraryCode
  let name: String
  private(set) var journal: Journal
  private(set) var desk: Desk
  /// The register is there before the term begins: on 20 August 2026.
  let clock = TestClock(SchoolDay(number: 20_685))
  let key = SigningKey()
  private let slipKey: SigningKey
  private let group: SlipGroup
  private let parent: TemporaryFolder
  private var generator: SeededGenerator
  private var operations: UInt64 = 0
  private var cursor: Position

  /// What really stands on the shelves, each book on its own or on a wrong one.
  private(set) var shelf = BookPile()
  private(set) var misplaced: Set<ItemID> = []
  /// What has been carried off without a word.
  private(set) var gone: Set<ItemID> = []
  private(set) var reportedLost: Set<ItemID> = []
  /// What left in a box and has not come back.
  private(set) var away: Set<ItemID> = []
  private(set) var loans: [ItemID: SimulatedLoan] = [:]
  private let cards: [String]
  private var load: [String: Int] = [:]
  private(set) var loanCount = 0
  private(set) var powerCuts = 0
  private(set) var batches = 0

  init(
    _ code: String, named name: String, items: Int, pupils: Int, seed: UInt64, in group: SlipGroup,
    slipKey: SigningKey
  ) async throws {
    library = try LibraryCode(code)
    self.name = name
    self.group = group
    self.slipKey = slipKey
    generator = SeededGenerator(seed: seed)
    parent = try TemporaryFolder(in: TemporaryFolder.memory)
    let library = library
    cards = try (1...pupils).map { try CardNumber(library: library, serial: $0).label }
    journal = try Journal.create(
      in: DataFolder(path: parent.file("station").path), station: StationID(library: library),
      libraryName: name, clock: clock.clock)
    desk = Desk(journal: journal, settings: DeskSettings())
    cursor = .start(of: journal.station, epoch: .first)
    desk.slipSigner = group.signer(slipKey)
    try await register(items: items, pupils: pupils)
  }

  private func register(items: Int, pupils: Int) async throws {
    var facts: [Fact] = []
    for number in 0..<items {
      let title = number / 6
      let prefix = title % 5 < 3 ? "TN" : "TK"
      let record = RecordID("\(library).\(title)") ?? .unknownTitle
      if number % 6 == 0 {
        facts.append(
          .recordDescribed(
            BibliographicRecord(
              id: record, title: "Nhan đề \(title + 1) của \(library)",
              kind: prefix == "TN" ? .children : .reference)))
      }
      let digits = String(100_000 + number + 1).dropFirst()
      let item = try ItemID("\(library).\(prefix).\(digits)")
      facts.append(
        .itemRegistered(ItemRegistration(item: item, record: record, library: library)))
      shelf.insert(item)
    }
    try await journal.recordAll(facts.map { (operation().id, $0) })
    let library = library
    try await journal.register(
      try (1...pupils).map { serial in
        PatronRegistration(
          patron: Patron(
            card: try CardNumber(library: library, serial: serial), kind: .pupil,
            schoolClass: SchoolClass("\(1 + serial % 5)\(["A", "B", "C"][serial % 3])")),
          name: "Bạn đọc \(serial)")
      })
  }

  /// A name for an act, the same in every run.
  func operation() -> NamedOperation {
    operations += 1
    let high = UInt64(library.text.utf8.reduce(7) { $0 * 31 + Int($1) })
    return NamedOperation(id: OperationID(high: high, low: operations), device: "simulation")
  }

  func random(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

  private func perform(_ request: DeskRequest) async throws {
    _ = try await desk.perform(request, as: operation())
  }

  private func perform(_ request: BoxRequest) async throws -> BoxOutcome {
    try await desk.perform(request, as: operation())
  }
}

/// A book that a pupil has, and the day on which it comes back; nothing where it stays away.
struct SimulatedLoan {
  let card: String
  let returns: SchoolDay?
}

// MARK: - A day

extension SimulatedSchool {
  func begin(_ day: SchoolDay) {
    clock.setWall(milliseconds: Int64(day.number) * 86_400_000 + 3_600_000)
  }

  /// Lends books that really stand there, to pupils who may have one more.
  ///
  /// Where the power fails, it does so while they are being lent, and all are asked for again.
  func lend(
    _ count: Int, on day: SchoolDay, calendar: SchoolCalendar, returning: Bool,
    powerFails: Bool = false
  ) async throws {
    var acts: [SimulatedAct] = []
    for _ in 0..<count {
      guard let item = shelf.random(using: &generator),
        let card = cards.randomElement(using: &generator), load[card, default: 0] < 2
      else { continue }
      acts.append(SimulatedAct(item: item.label, card: card, operation: operation()))
      shelf.remove(item)
      misplaced.remove(item)
      load[card, default: 0] += returning ? 1 : 2
      let back = calendar.openDay(onOrAfter: day.adding(days: random(1..<7)))
      loans[item] = SimulatedLoan(card: card, returns: returning ? back : nil)
      loanCount += 1
    }
    let answered = powerFails ? try await lendUntilPowerFails(acts) : 0
    for (number, act) in acts.enumerated() {
      let outcome = try await desk.perform(act.request, as: act.operation)
      // What was answered before the power failed must be there.
      if number < answered, !outcome.isRepeat { throw SimulationProblem.actForgotten }
    }
  }

  /// Takes back what is brought; a few are reported lost in its place.
  func takeBack(on day: SchoolDay, all: Bool = false) async throws {
    let due = loans.filter { loan in
      loan.value.returns.map { all || $0 <= day } ?? false
    }.keys.sorted()
    for item in due {
      guard let loan = loans.removeValue(forKey: item) else { continue }
      load[loan.card, default: 1] -= 1
      if random(0..<400) == 0 {
        try await perform(.reportLost(item: item.label))
        reportedLost.insert(item)
      } else {
        try await perform(.checkin(item: item.label))
        shelf.insert(item)
      }
    }
  }

  /// Moves a book where nobody records it: to a wrong shelf, or away.
  func misplaceOne() {
    guard let item = shelf.random(using: &generator) else { return }
    if Bool.random(using: &generator) {
      misplaced.insert(item)
    } else {
      shelf.remove(item)
      misplaced.remove(item)
      gone.insert(item)
    }
  }

  /// Lends in a process of its own, which is killed in the middle of it; gives how many acts it had
  /// answered.
  ///
  /// The station goes on from the files as they lie then, with half a write at the end of the log,
  /// as a disk may have it that lost its power.
  private func lendUntilPowerFails(_ acts: [SimulatedAct]) async throws -> Int {
    powerCuts += 1
    let folder = journal.folder
    try journal.close()
    let input = try parent.write(Array(SimulatedAct.text(of: acts).utf8), to: "acts-\(powerCuts)")
    let output = try parent.write([], to: "answers-\(powerCuts)")
    let moment = clock.clock.now()
    let process = try SpawnedProcess(
      BuiltProduct.url(of: "TermSimulation"),
      ["lend", folder.path, "\(moment.wallMilliseconds)"], input: input, output: output,
      errors: try parent.write([], to: "errors-\(powerCuts)"))
    let enough = random(1..<max(acts.count / 2, 2))
    _ = try await process.find(in: output) { text in
      text.utf8.count { $0 == UInt8(ascii: "\n") } >= enough ? text : nil
    }
    process.send(SIGKILL)
    guard await process.end() == -SIGKILL else { throw SimulationProblem.powerDidNotFail }
    let answered = try String(contentsOf: output, encoding: .utf8).utf8
      .count { $0 == UInt8(ascii: "\n") }
    let log = URL(filePath: folder.database + "-wal")
    var bytes = (try? Data(contentsOf: log)) ?? Data()
    bytes.append(contentsOf: (0..<random(1..<5_000)).map { UInt8(truncatingIfNeeded: $0 * 7) })
    try bytes.write(to: log)
    try? FileManager.default.removeItem(atPath: folder.database + "-shm")
    journal = try Journal(folder: folder, clock: clock.clock)
    desk = Desk(journal: journal, settings: DeskSettings())
    desk.slipSigner = group.signer(slipKey)
    guard try await journal.verify().passed else { throw SimulationProblem.booksBroken }
    return answered
  }

  /// Sends what is new to the host.
  func deliver(to host: GroupRegistry) async throws {
    while true {
      let range = try await journal.events(
        after: cursor, countLimit: 5_000, byteLimit: ExchangeLimits.payloadBytes / 2)
      guard !range.events.isEmpty else { return }
      let batch = try Batch(
        station: journal.station, start: cursor, events: range.events.map { $0[...] })
      _ = try await host.apply(batch.sealed(with: key))
      batches += 1
      cursor = range.end
    }
  }

  var enrolment: Enrolment {
    Enrolment(
      station: journal.station, epoch: .first, libraryName: name, key: key.verifyingKey)
  }
}

/// What must never happen in a simulated term.
enum SimulationProblem: Error {
  /// An act that was answered is not there any more.
  case actForgotten
  case noSuchStage
  /// The process that was to be killed had ended by itself.
  case powerDidNotFail
  /// After the power failed, the tables and the events differ.
  case booksBroken
}

// MARK: - Boxes and the count

extension SimulatedSchool {
  /// Packs books that really stand here into a box for a stage, seals it and sends it off.
  func send(
    _ items: [ItemID], in box: BoxNumber, to other: LibraryCode, stage: StageReference
  ) async throws -> SentBox {
    let box = box.label
    _ = try await perform(.open(box: box, to: other.text, stage: .named(stage.description)))
    for item in items {
      _ = try await perform(.pack(item: item.label, box: box, despiteWarnings: false))
      shelf.remove(item)
      misplaced.remove(item)
      away.insert(item)
    }
    let sealed = try await perform(.seal(box: box))
    _ = try await perform(.send(box: box, to: nil))
    let slip = sealed.summary.record.slip
    return SentBox(box: box, items: items, codes: try slip.map(BoxSite.codes) ?? [])
  }

  /// What stands here of another library's books, which go home now.
  func visitors(of home: LibraryCode) -> [ItemID] {
    shelf.items.filter { $0.library == home }.sorted()
  }

  /// Some of a library's books that stand here.
  func pick(_ count: Int, of home: LibraryCode) -> [ItemID] {
    var picked = shelf.items.filter { $0.library == home }.sorted()
    picked.shuffle(using: &generator)
    return Array(picked.prefix(count))
  }

  /// Receives a box by its slip; what fell out on the way is not there.
  func receive(_ sent: SentBox, without missing: Set<ItemID>) async throws {
    _ = try await desk.readSlip(
      sent.codes, of: sent.box, acceptsOthers: false, as: operation())
    for item in sent.items where !missing.contains(item) {
      _ = try await perform(.receive(item: item.label, box: sent.box, condition: .good))
      shelf.insert(item)
      away.remove(item)
    }
    _ = try await perform(.confirm(box: sent.box))
  }

  /// Counts every shelf, 500 numbers of a register at a time, each book where it really stands.
  func count(items: Int) async throws {
    for start in stride(from: 1, through: items, by: 500) {
      for prefix in ["TN", "TK"] {
        let text = "\(prefix).\(start)-\(start + 499)"
        guard let range = StockRange(text) else { continue }
        let here = shelf.items.filter(range.contains).sorted()
        let session = try await desk.openStockTaking(of: text, as: operation()).id
        for item in here.filter({ !misplaced.contains($0) }) + strays(outside: range) {
          _ = try await desk.scanStock(item.label, for: session, as: operation())
        }
        _ = try await desk.closeStockTaking(session, settling: [], as: operation())
      }
    }
  }

  /// Books of other shelves that stand here by mistake, each met on one shelf.
  private func strays(outside range: StockRange) -> [ItemID] {
    let found = misplaced.filter { !range.contains($0) }.sorted()
    misplaced.subtract(found)
    return found
  }
}

/// A box on its way.
struct SentBox {
  let box: String
  let items: [ItemID]
  let codes: [String]
}

/// Books of which one is picked at random, the same one in every run.
struct BookPile {
  private(set) var items: [ItemID] = []
  private var places: [ItemID: Int] = [:]

  mutating func insert(_ item: ItemID) {
    guard places[item] == nil else { return }
    places[item] = items.count
    items.append(item)
  }

  mutating func remove(_ item: ItemID) {
    guard let place = places.removeValue(forKey: item), let last = items.popLast() else { return }
    guard last != item else { return }
    items[place] = last
    places[last] = place
  }

  func random(using generator: inout SeededGenerator) -> ItemID? {
    items.randomElement(using: &generator)
  }
}
