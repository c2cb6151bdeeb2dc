import Circulation
import Labels
import Ledger

/// A row of the table `movements` as it lies there: of a million rows, only what is told is read
/// into the ledger's terms.
package struct MovementRow: Hashable, Sendable {
  let library: String
  let accession: String
  let number: Int
  let station: String
  let epoch: Int
  let sequence: Int64
  let wallMilliseconds: Int64
  let step: Int
  let at: String
  let box: String?
  let record: String?

  /// The event that gave the row, or `nil` where what is kept names none.
  var event: EventReference? {
    guard let station = StationID(station), let epoch = Epoch(epoch) else { return nil }
    return EventReference(station: station, epoch: epoch, sequence: sequence)
  }

  static let columns = """
    library, accession, number, station, epoch, sequence, wall, step, at, box, record
    """
}

extension MovementRow {
  /// The row that a movement is kept in.
  init(_ movement: Movement) {
    self.init(
      library: movement.item.library.text, accession: movement.item.accession.text,
      number: movement.number, station: movement.event.station.text,
      epoch: movement.event.epoch.number, sequence: movement.event.sequence,
      wallMilliseconds: movement.wallMilliseconds, step: movement.step.rawValue,
      at: movement.at.text, box: movement.box?.text, record: movement.record?.text)
  }
}
