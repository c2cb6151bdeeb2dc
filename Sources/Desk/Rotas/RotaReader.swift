import Circulation
import Journal
import Labels
import Ledger
import Rotation

/// Reads the group's rotas against what stands here.
struct RotaReader: Sendable {
  let library: LibraryCode
  let lookup: DeskLookup
  /// The term that it is, or the next one.
  let term: Term?

  /// A stage with the revision of its rota that says so.
  struct PublishedStage {
    let rota: Rota
    let stage: Stage
    let reference: StageReference
    let revision: Int

    func routes(from library: LibraryCode, to destination: LibraryCode) -> [Route] {
      stage.routes.filter { $0.from == library && $0.to == destination }
    }
  }

  /// All stages of this term and later ones, in order of rotas and terms.
  private func stages(in view: JournalView) throws -> [PublishedStage] {
    try view.groupRotas().flatMap { published in
      published.rota.stages.filter { stage in term.map { stage.term >= $0 } ?? true }
        .sorted { $0.term < $1.term }
        .compactMap { stage in
          StageReference(rota: published.rota.id, number: stage.number).map {
            PublishedStage(
              rota: published.rota, stage: stage, reference: $0, revision: published.revision)
          }
        }
    }
  }

  /// The stages that count now: of each rota the first.
  private func presentStages(in view: JournalView) throws -> [PublishedStage] {
    var seen: Set<RotaID> = []
    return try stages(in: view).filter { seen.insert($0.rota.id).inserted }
  }

  /// Whether boxes of a term's stage may be packed now without asking: in that term, or before it.
  private func isNear(_ stageTerm: Term) -> Bool {
    term.map { stageTerm == $0 || stageTerm == $0.following } ?? true
  }

  /// A stage as its rota has it now, of whichever term.
  private func stage(_ reference: StageReference, in view: JournalView) throws -> PublishedStage? {
    try view.groupRotas().first { $0.rota.id == reference.rota }.flatMap { published in
      published.rota.stage(reference.number).map {
        PublishedStage(
          rota: published.rota, stage: $0, reference: reference, revision: published.revision)
      }
    }
  }

  /// The stage that a box to a library is opened for; nothing where it belongs to none.
  ///
  /// - Throws: `DeskError.noSuchStage` for a name by which no rota sends anything there.
  func stage(
    _ wished: BoxStage, to destination: LibraryCode, in view: JournalView
  ) throws -> PublishedStage? {
    switch wished {
    case .none: return nil
    case .usual:
      let fitting = try presentStages(in: view).filter {
        isNear($0.stage.term) && !$0.routes(from: library, to: destination).isEmpty
      }
      return fitting.count == 1 ? fitting.first : nil
    case .named(let text):
      let found = try StageReference(text).flatMap { try stage($0, in: view) }
      guard let found, !found.routes(from: library, to: destination).isEmpty else {
        throw DeskError.noSuchStage(text, to: destination)
      }
      return found
    }
  }

  /// Whether a set that a box's stage sends its way holds an item; nothing where the box travels
  /// outside any rota, or its stage sends nothing that way any more.
  func isInSet(_ holding: Holding, in box: BoxRecord, in view: JournalView) throws -> Bool? {
    guard let reference = box.stage, let stage = try stage(reference, in: view) else { return nil }
    let sets = stage.routes(from: box.box.from, to: box.box.to).map(\.set)
    guard !sets.isEmpty else { return nil }
    let set = stage.rota.set(of: holding.item, record: try lookup.record(of: holding, in: view))
    return set.map { sets.contains($0.name) } ?? false
  }

  /// What a rota says otherwise since a box was opened here for one of its stages; nothing where it
  /// says the same.
  func amendment(since box: BoxRecord, in view: JournalView) throws -> StageAmendment? {
    guard let reference = box.stage, let revision = box.revision,
      let published = try view.groupRotas().first(where: { $0.rota.id == reference.rota }),
      published.revision > revision
    else { return nil }
    let changes = try view.rota(reference.rota, revision: revision).map { earlier in
      published.rota.changes(
        ofStage: reference.number, since: earlier.rota,
        by: StageWay(from: box.box.from, to: box.box.to))
    }
    guard changes != [] else { return nil }
    return StageAmendment(
      box: box.box.number, stage: reference, openedUnder: revision, now: published.revision,
      reason: published.reason, changes: changes)
  }
}

// MARK: - The whole plan

extension RotaReader {
  func plan(in view: JournalView) throws -> RotaPlan {
    let (stages, boxes) = (try presentStages(in: view), try view.boxes())
    var books = RotaBooks(stages.map(\.rota))
    if stages.contains(where: { $0.stage.routes.contains { $0.from == library } }) {
      try view.forEachHolding(at: library) { holding in
        try books.add(holding, record: lookup.record(of: holding, in: view), in: view)
      }
    }
    for stage in stages { try count(stage, boxes, into: &books, in: view) }
    return RotaPlan(
      sending: try stages.flatMap { try tasks($0, books, in: view) },
      coming: try arrivals(stages, books, in: view), options: try options(in: view),
      handovers: try view.stageHandovers(),
      amendments: try boxes.filter { !$0.isInbound && $0.box.state != .received }
        .compactMap { try amendment(since: $0, in: view) })
  }

  /// Counts what is in the open boxes of a stage, and what its slips name.
  private func count(
    _ stage: PublishedStage, _ boxes: [BoxRecord], into books: inout RotaBooks,
    in view: JournalView
  ) throws {
    func tally(_ holdings: [Holding], _ place: RotaBooks.Progress, with library: LibraryCode) throws
    {
      for holding in holdings {
        books.count(
          holding, record: try lookup.record(of: holding, in: view), of: stage.reference, place,
          library)
      }
    }
    for box in boxes where box.stage == stage.reference && !box.isInbound && box.box.state == .open
    {
      try tally(view.packedItems(in: box), .packed, with: box.box.to)
    }
    for trip in try view.stageTrips(of: stage.reference) {
      let items = trip.isInbound ? try view.countedItems(of: trip) : trip.slip.manifest.items
      try tally(
        items.compactMap { try view.holding($0) },
        trip.isInbound ? .came : trip.done == nil ? .packed : .sent,
        with: trip.isInbound ? trip.way.from : trip.way.to)
    }
  }

  private func tasks(
    _ stage: PublishedStage, _ books: RotaBooks, in view: JournalView
  ) throws -> [RotaTask] {
    try stage.stage.routes.filter { $0.from == library }.map { route in
      let key = RotaBooks.Key(rota: stage.rota.id, set: route.set)
      let shelf = books.shelves[key] ?? []
      func count(_ progress: RotaBooks.Progress) -> Int {
        books.count(of: route.set, in: stage.reference, progress, with: route.to)
      }
      return RotaTask(
        stage: stage.reference, term: stage.stage.term, set: route.set, to: route.to,
        limit: route.limit,
        items: try shelf.prefix(RotaTask.longestList).map { try lookup.summary(of: $0, in: view) },
        shelfCount: shelf.count, packedCount: count(.packed), sentCount: count(.sent),
        loans: books.loans[key] ?? [:])
    }
  }

  private func arrivals(
    _ stages: [PublishedStage], _ books: RotaBooks, in view: JournalView
  ) throws -> [RotaArrival] {
    let slips = try view.comingBoxes(to: library).compactMap { $0.slip?.manifest }
    return stages.flatMap { stage in
      stage.stage.routes.filter { $0.to == library }.map { route in
        RotaArrival(
          stage: stage.reference, term: stage.stage.term, route: route,
          cameCount: books.count(of: route.set, in: stage.reference, .came, with: route.from),
          comingBoxCount: slips.count { $0.stage == stage.reference && $0.from == route.from })
      }
    }
  }

  private func options(in view: JournalView) throws -> [StageOption] {
    try stages(in: view).flatMap { stage in
      Set(stage.stage.routes.filter { $0.from == library }.map(\.to)).sorted().map {
        StageOption(stage: stage.reference, term: stage.stage.term, to: $0)
      }
    }
  }
}
