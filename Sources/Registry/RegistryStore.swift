package import Circulation
package import Credentials
package import Exchange
package import Labels
package import Ledger
package import Rotation

/// Where a host keeps its books: the seam between what a batch means and how a database keeps it.
///
/// SQLite is behind it, and PostgreSQL with the same tables and the same tests. What an event does
/// is decided before it and once; a store only keeps rows. Several processes may use one database:
/// a write is isolated from every other one.
package protocol RegistryStore: Sendable {
  /// Reads one consistent state.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryReader) throws -> Value
  ) async throws -> Value

  /// Writes in one transaction: durable as a whole once this returns, or nothing is changed.
  ///
  /// A store may run `body` again, after it was outpaced or after a server that it can't ask any
  /// more whether it has committed. So `body` must find out by itself what is done already, as the
  /// cursor of a station says it.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any RegistryTransaction) throws -> Value
  ) async throws -> Value

  /// Gives up what the store holds open; nothing is read or written after it.
  func close() throws
}

/// What can be read of a host's books.
package protocol RegistryReader {
  func groupName() throws -> String
  /// A station as enrolled for an epoch, or `nil`.
  func station(_ station: StationID, epoch: Epoch) throws -> EnrolledStation?
  /// All stations in order, each in its latest epoch.
  func stations() throws -> [EnrolledStation]
  /// The chain's hash after an event that was applied, or `nil`.
  func hash(of event: EventReference) throws -> ChainHash?
  /// The items asked for, in the same order; `nil` stands for one that is not registered.
  func holdings(of items: [ItemID]) throws -> [HeldItem?]
  /// What was found wrong with a run of events, in order, up to a limit.
  func findings(
    of station: StationID, epoch: Epoch, in sequences: ClosedRange<Int64>, limit: Int
  ) throws -> [Receipt.Finding]
  /// How many items each place holds; places that hold none are left out.
  func balances() throws -> [Place: Int]
  /// The latest conflicts, newest first, up to a limit.
  func conflicts(limit: Int) throws -> [Conflict]
  func conflictCount() throws -> Int
  /// Readings in the library by library, over all days, classes and kinds.
  func readingCounts() throws -> [LibraryCode: Int]
  /// All stations in order, each in every epoch of its life.
  func enrolments() throws -> [EnrolledStation]
  /// Passes over a station's events of an epoch after a sequence number, in order, for as long as
  /// `body` gives true.
  func forEachEvent(
    of station: StationID, epoch: Epoch, after sequence: Int64,
    _ body: (StoredEvent) throws -> Bool
  ) throws
  /// What the database itself finds wrong with its file; nothing where a server looks after it.
  func fileProblems() throws -> [String]
  /// How many events all stations have sent.
  func eventCount() throws -> Int
  /// How many items each place holds, counted item by item.
  func countedItems() throws -> [Place: Int]
  /// The invitation of a library whose code has this name, or `nil`.
  func invitation(of library: LibraryCode, id: [UInt8]) throws -> Invitation?
  /// The latest events that were kept aside, newest first, up to a limit.
  func quarantined(limit: Int) throws -> [QuarantinedEvent]
  func quarantineCount() throws -> Int
  /// What was kept aside, an epoch a row, those that came last first; from an offset on.
  func quarantineRuns(offset: Int, limit: Int) throws -> [QuarantineRun]
  /// Events of an epoch that were kept aside, after a sequence number, in order of numbers.
  func keptAside(
    of station: StationID, epoch: Epoch, after sequence: Int64, offset: Int, limit: Int
  ) throws -> [KeptAside]
  /// Acts of a station that were released from what was kept aside of another epoch than this one.
  func releasedOperations(
    of station: StationID, besides epoch: Epoch
  ) throws -> Set<OperationID>
  /// Events of an epoch that were kept aside: all, or those about which nobody has decided.
  func quarantineCount(of station: StationID, epoch: Epoch, isOpen: Bool) throws -> Int
  /// Events that were kept aside and about which nobody has decided.
  func openQuarantineCount() throws -> Int
  /// What each library last said of each box on its last trip, in order of boxes and libraries.
  func sightings() throws -> [BoxSighting]
  /// What each library last said of these boxes, in order of boxes and libraries.
  func sightings(of boxes: [BoxNumber]) throws -> [BoxSighting]
  /// The last trip that is known of each box; a box that nobody spoke of is left out.
  func latestTrips(of boxes: [BoxNumber]) throws -> [BoxNumber: Int]
  /// Passes over every item that is registered, in order.
  func forEachHolding(_ body: (HeldItem) throws -> Void) throws
  /// Passes over every title with the library that described it, in order.
  func forEachRecord(_ body: (BibliographicRecord, LibraryCode) throws -> Void) throws
  /// What has changed after a number and has a number itself, as far as a library may see it; up to
  /// `FeedLimits.entriesPerPage` and `FeedLimits.bytesPerPage`.
  func feed(after sequence: Int64, seenBy view: GroupView) throws -> FeedSlice
  /// All rotas with all their revisions, in order.
  func rotas() throws -> [PublishedRota]
  /// How worn items are, as was noted last; an item that nobody noted anything of is left out.
  func conditions() throws -> [ItemID: NotedCondition]
  /// Boxes that were sealed for the stages of a rota, in order of stages.
  func stageBoxes(of rota: RotaID) throws -> [StageBox]
  /// What stations are told under a name, or `nil`.
  func feedEntry(_ name: FeedEntry.Name) throws -> FeedEntry?
  /// Who is told of an entry whatever its owner shares, in order.
  func addressees(of name: FeedEntry.Name) throws -> [LibraryCode]
  /// The checkpoint of a version, while the station may still stand there.
  func feedCheckpoint(of station: StationID, version: Int64) throws -> IssuedCheckpoint?
  /// The version of the last checkpoint that was issued to a station; 0 for none.
  func lastFeedVersion(of station: StationID) throws -> Int64
  /// What kind of material records are, as any library has described them.
  func kinds(of records: [RecordID]) throws -> [RecordID: MaterialKind]

  /// One conflict with what was decided last, or `nil`.
  func conflict(_ id: ConflictID) throws -> ListedConflict?
  /// Conflicts, newest first, from an offset on.
  func conflicts(_ filter: ConflictFilter, offset: Int, limit: Int) throws -> [ListedConflict]
  func conflictCount(_ filter: ConflictFilter) throws -> Int
  /// Open conflicts in the order of events, after one, so that all can be gone through.
  func openConflicts(after id: ConflictID?, limit: Int) throws -> [ListedConflict]
  /// Whether an event has raised a conflict that is still open.
  func hasOpenConflict(_ event: EventReference) throws -> Bool
  /// Decisions after a number, in order, up to a limit: what the feed carries.
  func decisions(after number: Int64, limit: Int) throws -> [Decision]
  /// What was decided about one conflict, in order.
  func decisions(on id: ConflictID) throws -> [Decision]

  /// How often each row's key was lent or read, in order of keys.
  func uses(_ count: UseCount, by grouping: UseGrouping, _ filter: UseFilter) throws -> [UseRow]
  /// Loans by library, over all days, classes and kinds.
  func loanCounts() throws -> [LibraryCode: Int]
  /// The titles of records, as one of these libraries has described them.
  func titles(of records: [RecordID], describedBy libraries: LibrarySet) throws
    -> [RecordID: String]
  /// Items that fit a search, in order of their labels, from an offset on.
  func items(_ search: ItemSearch, offset: Int, limit: Int) throws -> [ItemID]
  /// The last contact of each station in each epoch.
  func lastContacts() throws -> [KeptContact]
  /// How many starts of machines contacts have told of.
  func contactCount() throws -> Int
  /// When an event was, by the host's clock; `nil` where no contact tells.
  func interval(of event: EventReference, at moment: Moment) throws -> EventInterval?

  /// Passes over all that moved between libraries, item by item, in order.
  func forEachMovement(_ body: (MovementRow) throws -> Void) throws
  /// Where stations said that boxes go, in order of boxes, stations and events.
  func routings() throws -> [BoxRouting]
  /// Each library whose items have moved, and each at which one was.
  func movementLibraries() throws -> Set<String>
  /// What kind of material each record is, as any library has described it.
  func recordKinds() throws -> [String: MaterialKind]
  /// All terms that were closed, in order of stations and events.
  func closings() throws -> [KeptClosing]
  /// The text of a closed term, or `nil` where a part is missing or altered.
  func text(of closing: KeptClosing) throws -> String?
  /// The signatures under a statement, by signer and by who told of them.
  func signatures(under hash: StatementHash) throws -> [KeptSignature]
  /// All signatures, by who told of them.
  func allSignatures() throws -> [KeptSignature]
  /// Passes over the pieces of all statements, in order.
  func forEachPart(_ body: (KeptPart) throws -> Void) throws
  /// What a term over the group was closed with, or `nil`.
  func groupClosing(of term: Term) throws -> GroupClosing?
  /// The hash of what a term over the group was closed with, or `nil`.
  func groupClosingHash(of term: Term) throws -> StatementHash?
  /// Terms that were closed over the group, in order.
  func groupClosingTerms() throws -> [Term]
  /// The keys that each library was last known to sign with, as many as a keyring takes.
  func slipKeys() throws -> [LibraryCode: [VerifyingKey]]

  /// Acts on an item, in order of stations and events, up to a limit.
  func acts(
    on item: ItemID, limit: Int
  ) throws -> [(event: EventReference, ruling: ItemHistory.Ruling)]
  /// Items on which several stations have acted, in order, after one.
  func contestedItems(after last: ItemID?, limit: Int) throws -> [ItemID]
  /// Acts by the library that the item belongs to.
  func actCounts() throws -> [LibraryCode: Int]
  /// Events that were applied, each that this version can read, in no order.
  func events(_ references: [EventReference]) throws -> [Event]
  /// Conflicts about items of which a person has decided where they are.
  func decidedConflicts() throws -> [ListedConflict]
  /// Conflicts about an item, and which of them the host itself has closed.
  func conflicts(about item: ItemID) throws -> [SettledConflict]

  /// All accounts, in order of name.
  func keptAccounts() throws -> [KeptAccount]
  func keptAccount(_ name: AccountName) throws -> KeptAccount?
  func session(_ tokenHash: [UInt8]) throws -> KeptSession?
  /// What was done, newest first, before a number where one is given.
  func audit(before number: Int64?, limit: Int) throws -> [AuditEntry]
  /// All libraries that are or were in the group, in order.
  func members() throws -> [Member]
  /// Versions of the agreement, the latest first.
  func agreements(limit: Int) throws -> [Agreement]
  /// Versions of the group's rules, the latest first.
  func policies(limit: Int) throws -> [GroupPolicy]
  /// Libraries of which stations are told something of a kind.
  func feedLibraries(of kind: Int) throws -> Set<LibraryCode>
  /// What stations are told of a kind: of one library, or of all and of the group.
  func feedValues(of kind: Int, library: LibraryCode?) throws -> [FeedEntry.Name: [UInt8]]
}

/// What can be changed in a host's books, within one transaction.
package protocol RegistryTransaction: RegistryReader {
  func enrol(_ enrolment: Enrolment) throws
  /// Keeps an invitation, new or used.
  func save(_ invitation: Invitation) throws
  /// Ends an epoch of a station's life.
  func close(_ station: StationID, epoch: Epoch, _ closing: EpochClosing) throws
  /// Keeps events aside that came after their epoch's end; those that are there are passed over.
  func keepAside(_ events: [QuarantinedEvent], atMilliseconds: Int64) throws
  /// Notes what was decided about one event that was kept aside.
  func settle(_ event: QuarantinedEvent, _ decision: KeptAside.Decision) throws
  /// Notes that an act of an epoch was released, so that it is not done again when it comes again.
  func noteReleased(_ operation: OperationID, of station: StationID, epoch: Epoch) throws
  /// Notes what was decided about those of an epoch's events, from a sequence number on, about
  /// which nobody had decided.
  func leaveAside(
    of station: StationID, epoch: Epoch, from sequence: Int64, _ decision: KeptAside.Decision
  ) throws
  /// Adds a batch's events, as they came, from an offset of the batch on.
  func append(_ batch: Batch, from offset: Int) throws
  func save(_ holdings: [HeldItem]) throws
  func save(_ records: [BibliographicRecord], of library: LibraryCode) throws
  /// Keeps what was said of boxes; what is of an earlier trip than is known is passed over.
  func save(_ sightings: [BoxSighting]) throws
  /// Keeps how worn items are.
  func save(_ conditions: [ItemID: NotedCondition]) throws
  /// Keeps which boxes a library has sealed for stages, and lets go of those that it opened again.
  func save(_ changes: StageBoxChanges, of library: LibraryCode) throws
  /// Adds to the number of items at each place what a station of a library reports.
  ///
  /// Sums are kept by who reports, so that stations of two libraries never wait for each other.
  func post(_ balances: [Place: Int], reportedBy library: LibraryCode) throws
  /// Adds to the readings of a library.
  func count(_ readings: [ReadingKey: Int], at library: LibraryCode) throws
  /// Adds to the loans of a library, or takes away from them.
  func count(_ loans: [LoanKey: Int], at library: LibraryCode) throws
  /// Notes that a loan was taken back; `false` where that was noted before.
  func noteUndoneLoan(_ operation: OperationID, of station: StationID) throws -> Bool
  /// Forgets all loans, for those who count them anew.
  func clearLoans() throws
  /// Notes conflicts; those that are there are passed over.
  func note(_ conflicts: [Conflict], atMilliseconds: Int64) throws
  /// Moves a station's cursor to a position that has been applied.
  func move(_ station: StationID, to position: Position) throws
  /// Notes that a station was heard of, and keeps the receipt that it was given.
  func keep(
    _ receipt: [UInt8], for position: Position, of station: StationID, atMilliseconds: Int64
  ) throws
  /// Keeps what stations are told, each name once; a slip of an earlier sealing than is known is
  /// passed over, and so is what says nothing new.
  ///
  /// What is kept has no number yet: see `numberFeed`.
  func save(_ entries: [RankedFeedEntry]) throws
  /// Notes who is told of entries whatever their owners share; what is told to somebody new loses
  /// its number, so that it is told again.
  func address(_ addressees: [FeedAddressee]) throws
  /// Gives what was kept since the last time its numbers, up to a limit; says whether that was all.
  ///
  /// Numbers are given by one transaction after the other, and after what they number was
  /// committed. So a reader never sees a number before a smaller one.
  func numberFeed(limit: Int) throws -> Bool
  /// Keeps a rota's revision.
  func save(_ published: PublishedRota) throws
  /// Remembers a checkpoint that is issued to a station, and forgets those of earlier versions than
  /// `oldest`.
  func keep(_ issued: IssuedCheckpoint, of station: StationID, forgettingBefore oldest: Int64)
    throws
  /// Keeps what a station told of its clocks.
  func note(_ contact: KeptContact) throws
  /// Adds a decision under the next number, and settles its conflict or opens it again.
  func decide(
    _ id: ConflictID, item: String?, _ ruling: Ruling, reason: String, by account: String,
    atMilliseconds: Int64
  ) throws -> Decision
  /// Keeps acts under their items; what is there is passed over.
  func save(_ acts: [ItemAct]) throws
  /// Those of the items on which somebody has acted.
  func itemsWithActs(among items: [ItemID]) throws -> [ItemID]
  /// Notes what was ruled of an act.
  func rule(_ event: EventReference, on item: ItemID, _ ruling: ItemHistory.Ruling) throws
  /// Writes the sides of conflicts that are on the list anew.
  func amend(_ conflicts: [Conflict]) throws
  /// Lets those wait for each other who register items of a library and who act on items of it
  /// that nobody has registered.
  func holdRegister(of library: LibraryCode) throws
  /// Keeps what moved; what is there is passed over.
  func save(_ movements: [Movement]) throws
  func save(_ routing: BoxRouting) throws
  func save(_ closing: KeptClosing) throws
  func save(_ part: KeptPart) throws
  func save(_ signature: KeptSignature) throws
  /// Keeps what a term over the group was closed with; one that is there is passed over.
  func save(_ closing: GroupClosing) throws
  /// Keeps a key that a library signs statements with, the last ones of each library.
  func note(slipKey key: [UInt8], of library: LibraryCode, atMilliseconds: Int64) throws
  /// Keeps an account, new or changed.
  func save(_ account: KeptAccount) throws
  func removeAccount(_ name: AccountName) throws
  /// Keeps a session, and forgets those that were used longest ago where there are too many.
  func save(_ session: KeptSession) throws
  func removeSession(_ tokenHash: [UInt8]) throws
  func removeSessions(of name: AccountName) throws
  /// Adds to the audit trail under the next number.
  func write(
    _ act: AuditEntry.Act, by account: String, on subject: String, detail: String,
    atMilliseconds: Int64
  ) throws
  /// Keeps a member, new or changed.
  func save(_ member: Member) throws
  /// Adds an agreement under the next number, whatever number it has.
  func write(_ agreement: Agreement) throws
  /// Adds a version of the group's rules.
  func write(_ policy: PublishedPolicy, by account: String) throws
}
