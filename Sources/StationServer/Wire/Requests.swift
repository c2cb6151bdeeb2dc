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
  }

  struct Renewal: Decodable {
    let operation: String
    let device: String?
    let item: String
    let overrideReason: String?
  }

  /// A checkin, a loss or a find.
  struct ItemAct: Decodable {
    let operation: String
    let device: String?
    let item: String
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
