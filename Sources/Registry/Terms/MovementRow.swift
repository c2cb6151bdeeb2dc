import Ledger

/// A row of the table `movements` as it lies there: of a million rows, only what is told is read
/// into the ledger's terms.
package struct MovementRow: Sendable {
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

  static let columns = """
    library, accession, number, station, epoch, sequence, wall, step, at, box, record
    """
}
