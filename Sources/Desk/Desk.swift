package import Circulation
package import Journal
package import Labels
package import Ledger

/// The workflow at a station: what was scanned, what may be done, what is recorded.
///
/// A desk keeps nothing between two calls, so a station that is killed and started again goes on
/// where it was.
package struct Desk: Sendable {
  package let journal: Journal
  /// Which overrides are open to the person at the desk.
  package var overrideRight = OverrideRight.administrator
  /// Signs slips and knows others'; without it nothing can be sealed and no slip be read.
  package var slipSigner: SlipSigner?
  private let current: CurrentSettings

  package init(journal: Journal, settings: DeskSettings) {
    self.journal = journal
    current = CurrentSettings(settings)
  }

  /// The settings as they are now; a change holds for every copy of this desk at once.
  package var settings: DeskSettings { current.value }

  /// Keeps other settings with the station, and goes by what is kept from now on.
  ///
  /// A change that comes again under its operation's name is done already, and a later one stays.
  package func change(to settings: DeskSettings, as operation: OperationID) async throws {
    let isNew = try await settings.save(to: journal, as: operation)
    current.value = isNew ? settings : try await DeskSettings(of: journal)
  }

  /// Goes by other settings that are kept already.
  func replaceSettings(by settings: DeskSettings) { current.value = settings }

  package var library: LibraryCode { journal.station.library }

  /// Today at the school.
  package var today: SchoolDay {
    SchoolDay(
      unixMilliseconds: journal.clock.now().wallMilliseconds,
      offsetMinutes: settings.offsetMinutes)
  }

  package func state() async throws -> DeskState {
    let today = today
    let (station, libraryName) = (journal.station, journal.libraryName)
    let settings = settings
    let isOpenToday = settings.calendar(on: today).isOpen(today)
    let now = journal.clock.now().wallMilliseconds
    return try await journal.read { view in
      let epoch = try view.epoch(of: station)
      return DeskState(
        station: station, libraryName: libraryName, today: today, isOpenToday: isOpenToday,
        head: try view.head(of: station, epoch: epoch),
        pendingCount: try view.pendingCount(of: station),
        balances: try view.balances(),
        patronCount: try view.patronCount(), classes: try view.classes(),
        overdueCount: try view.overdueCount(on: today),
        readingsToday: try view.readings(on: today),
        warnings: try DeskWarning.all(at: now, today, settings, in: view, epoch: epoch))
    }
  }
}

// MARK: - Looking up

extension Desk {
  /// Says what a scanned code is; changes nothing.
  package func recognise(_ code: ScannedCode) async throws -> Recognition {
    let lookup = lookup
    let label = settings.labels.read(code)
    return try await journal.read { try lookup.recognise(label, in: $0) }
  }

  /// Titles that match typed words, each with its copies here.
  package func titles(
    matching words: String, limit: Int = 20
  ) async throws -> [(record: BibliographicRecord, copies: [ItemSummary])] {
    let lookup = lookup
    return try await journal.read { view in
      try view.records(matching: words, limit: limit).map { record in
        (record, try view.holdings(of: record.id).map { try lookup.summary(of: $0, in: view) })
      }
    }
  }

  /// Items as a screen shows them; those that are not known are left out.
  package func summaries(of items: [ItemID]) async throws -> [ItemSummary] {
    let lookup = lookup
    return try await journal.read { view in
      try items.compactMap { try view.holding($0) }.map { try lookup.summary(of: $0, in: view) }
    }
  }

  /// What was written about the one item that a text stands for, latest first.
  ///
  /// - Throws: `DeskError` where the text stands for several items or is none's label,
  ///   `Refusal.unknownItem` where nobody has registered it.
  package func notes(
    on text: String
  ) async throws -> (item: ItemSummary, notes: [NoteOnItem]) {
    let lookup = lookup
    return try await journal.read { view in
      let holding = try lookup.item(text, in: view)
      return (try lookup.summary(of: holding, in: view), try view.notes(on: holding.item))
    }
  }

  var lookup: DeskLookup {
    DeskLookup(labels: settings.labels, policy: settings.policy, today: today)
  }
}
