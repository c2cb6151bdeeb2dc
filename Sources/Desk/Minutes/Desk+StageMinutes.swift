import Journal
import Labels
import Ledger
package import Rotation

extension Desk {
  /// What minutes of a stage say: at the sender all boxes that are sealed or sent, at the receiver
  /// all that are received to the end.
  ///
  /// Each box is read as it stood when it was sealed or its receipt confirmed, so that a reprint
  /// says the same until a box more is sealed, received or taken out; only titles of other
  /// libraries' books are those that the host has told of by now. Reads all of the station's
  /// events.
  /// - Throws: `DeskError` where there is nothing to draw up, or too much for one document.
  package func handoverCopy(
    of stage: StageReference, by way: StageWay
  ) async throws -> StageHandoverCopy {
    let (name, offsetMinutes) = (journal.libraryName, settings.offsetMinutes)
    let isReceipt = way.to == library
    guard isReceipt || way.from == library else { throw DeskError.nothingHandedOver(stage, way) }
    return try await journal.read { view in
      var writer = StageWriter(
        stage: stage, way: way, isReceipt: isReceipt, libraryName: name,
        offsetMinutes: offsetMinutes)
      try view.forEachEvent { event in
        writer.take(event)
        return true
      }
      return try writer.copy(naming: view.toldTitle)
    }
  }
}

/// Keeps what minutes of each box of a stage say, event by event.
private struct StageWriter {
  let stage: StageReference
  let way: StageWay
  let isReceipt: Bool
  let libraryName: String
  let offsetMinutes: Int
  private var accounts = Accounts()
  private var boxes: [BoxStep: HandoverCopy] = [:]
  private var last: Event?

  init(
    stage: StageReference, way: StageWay, isReceipt: Bool, libraryName: String, offsetMinutes: Int
  ) {
    self.stage = stage
    self.way = way
    self.isReceipt = isReceipt
    self.libraryName = libraryName
    self.offsetMinutes = offsetMinutes
  }

  mutating func take(_ event: Event) {
    accounts.apply(event)
    guard case .box(let fact) = event.fact, let box = fact.box else { return }
    for change in fact.tripChanges(of: event, leaving: accounts.boxes[box]) {
      switch change {
      case .begun(let trip) where !isReceipt: note(trip, of: event)
      case .done(let name, _) where isReceipt && name.isInbound:
        if let trip = accounts.stageTrips[name] { note(trip, of: event) }
      case .void(let name) where name.isInbound == isReceipt:
        if boxes.removeValue(forKey: name.step) != nil { last = event }
      case .begun, .done, .void: break
      }
    }
  }

  private mutating func note(_ trip: StageTrip, of event: Event) {
    guard trip.stage == stage, trip.way == way, trip.isInbound == isReceipt else { return }
    boxes[trip.slip.step] = HandoverWriter(
      accounts: accounts, event: event, offsetMinutes: offsetMinutes
    ).copy(of: trip.slip.manifest.box, libraryName: libraryName)
    last = event
  }

  func copy(naming title: (ItemID) throws -> String) throws -> StageHandoverCopy {
    guard let last, !boxes.isEmpty else { throw DeskError.nothingHandedOver(stage, way) }
    guard boxes.count <= StageHandoverCopy.mostBoxes else {
      throw DeskError.tooManyBoxes(stage, limit: StageHandoverCopy.mostBoxes)
    }
    return StageHandoverCopy(
      libraryName: libraryName, stage: stage, way: way, isReceipt: isReceipt,
      boxes: try boxes.values.sorted { ($0.box, $0.seal) < ($1.box, $1.seal) }
        .map { try $0.naming(by: title) },
      wallMilliseconds: last.moment.wallMilliseconds, event: EventMark(last))
  }
}
