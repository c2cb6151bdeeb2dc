import Ledger

/// The bodies about classes, sets and stock-taking that the API takes.
extension Posted {
  struct Roster: Decodable {
    let schoolClass: String
    /// The set whose missing titles are told.
    let set: String?
  }

  struct SetOfTitles: Decodable {
    let operation: String
    let device: String?
    let id: String
    let name: String
    let records: [String]
  }

  struct SetRemoval: Decodable {
    let operation: String
    let device: String?
    let id: String
  }

  struct StockTaking: Decodable {
    let operation: String
    let device: String?
    let range: String
  }

  struct StockScan: Decodable {
    let operation: String
    let device: String?
    let session: String
    let text: String
  }

  struct StockPause: Decodable {
    let operation: String
    let device: String?
    let session: String
    let paused: Bool
  }

  struct StockClosing: Decodable {
    let operation: String
    let device: String?
    let session: String
    /// Items that the librarian settles, each by its label.
    let settle: [String]?
  }
}

extension Posted {
  struct Promotion: Decodable {
    let operation: String
    let device: String?
  }
}

extension Posted.Promotion: ActRequest {}
extension Posted.SetOfTitles: ActRequest {}
extension Posted.SetRemoval: ActRequest {}
extension Posted.StockTaking: ActRequest {}

/// A body that is about one stock-taking.
protocol StockRequest: ActRequest {
  var session: String { get }
}

extension Posted.StockScan: StockRequest {}
extension Posted.StockPause: StockRequest {}
extension Posted.StockClosing: StockRequest {}

extension StockRequest {
  /// The operation that opened the stock-taking.
  func stockTaking() throws(RequestError) -> OperationID {
    guard let id = OperationID(session) else { throw .badField("session") }
    return id
  }
}
