import Circulation
import Desk
import Journal
import Ledger

/// The bodies that the API takes; labels come as text, and the desk reads them.
enum Posted {
  struct Scan: Decodable {
    let text: String
  }

  struct SignIn: Decodable {
    let name: String
    let password: String
  }

  /// A person is at the page that got this number in its event `hello`.
  struct Attention: Decodable {
    let listener: Int
  }

  struct Search: Decodable {
    let words: String
  }

  struct Checkout: Decodable {
    let operation: String
    let device: String?
    let item: String
    let card: String
    let overrideReason: String?
    /// The set that is handed out to a class, where one is.
    let set: String?
  }

  struct Renewal: Decodable {
    let operation: String
    let device: String?
    let item: String
    let overrideReason: String?
  }

  /// What a body has that carries nothing but its operation, or whose rest is read elsewhere.
  struct Named: ActRequest {
    let operation: String
    let device: String?
  }

  /// A checkin, a loss or a find.
  struct ItemAct: Decodable {
    let operation: String
    let device: String?
    let item: String
  }

  /// Takes back the act of an operation.
  struct Undo: Decodable {
    let operation: String
    let device: String?
    let undone: String
  }

  struct Note: Decodable {
    let operation: String
    let device: String?
    let item: String
    let condition: String?
    let text: String?
  }

  struct Discovery: Decodable {
    let operation: String
    let device: String?
    let item: String
    let homeLibrary: String?
  }

  struct NewLabel: Decodable {
    let operation: String
    let device: String?
    let item: String
    let label: String
  }

  struct NewCard: Decodable {
    let operation: String
    let device: String?
    let card: String
    let newCard: String
  }

  struct OnSiteReading: Decodable {
    let operation: String
    let device: String?
    let item: String?
    let kind: String?
    let schoolClass: String?
    /// 1 where it is left out.
    let count: Int?
  }
}

/// A body that stands for an act: its name, so that it may be repeated, and what the desk does.
protocol ActRequest: Decodable {
  var operation: String { get }
  var device: String? { get }
}

extension Posted.Checkout: ActRequest {}
extension Posted.Renewal: ActRequest {}
extension Posted.ItemAct: ActRequest {}
extension Posted.OnSiteReading: ActRequest {}
extension Posted.Undo: ActRequest {}
extension Posted.Note: ActRequest {}
extension Posted.Discovery: ActRequest {}
extension Posted.NewLabel: ActRequest {}
extension Posted.NewCard: ActRequest {}

extension ActRequest {
  /// The act's name in the journal.
  func named() throws(RequestError) -> NamedOperation {
    guard let id = OperationID(operation) else { throw .badOperation }
    if let device, device.utf8.count > Event.longestDevice {
      throw .fieldTooLong("device", limitBytes: Event.longestDevice)
    }
    return NamedOperation(id: id, device: device)
  }
}

extension Posted.Checkout {
  func deskRequest() -> DeskRequest {
    set.map { .checkoutOfSet(item: item, card: card, set: $0) }
      ?? .checkout(item: item, card: card, overrideReason: overrideReason)
  }
}

extension Posted.Undo {
  func deskRequest() throws(RequestError) -> DeskRequest {
    guard let id = OperationID(undone) else { throw .badOperation }
    return .undo(operation: id)
  }
}

extension Posted.Note {
  func deskRequest() throws(RequestError) -> DeskRequest {
    guard let condition else { return .note(item: item, condition: nil, text: text) }
    guard let known = NotedCondition(rawValue: condition) else { throw .badField("condition") }
    return .note(item: item, condition: known, text: text)
  }
}

extension Posted.OnSiteReading {
  func deskRequest() throws(RequestError) -> DeskRequest {
    let material: MaterialKind?
    if let kind {
      guard let known = MaterialKind(rawValue: kind) else { throw .unknownKind(kind) }
      material = known
    } else {
      material = nil
    }
    return .readOnSite(item: item, kind: material, schoolClass: schoolClass, count: count ?? 1)
  }
}
