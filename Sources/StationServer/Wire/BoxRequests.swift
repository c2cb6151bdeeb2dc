import Desk
import Ledger
import Rotation

/// The bodies about boxes that the API takes.
extension Posted {
  struct BoxOpening: ActRequest {
    let operation: String
    let device: String?
    let box: String
    /// The library that the box will go to.
    let to: String
    /// The stage of a rota; the only one that sends anything there where it is left out.
    let stage: String?
  }

  struct Packing: ActRequest {
    let operation: String
    let device: String?
    let box: String
    let item: String
    let despiteWarnings: Bool?
  }

  /// An item that is taken out of a box.
  struct BoxItem: ActRequest {
    let operation: String
    let device: String?
    let box: String
    let item: String
    /// At receiving: good, worn or damaged; good where it is left out.
    let condition: String?
  }

  struct Dispatch: ActRequest {
    let operation: String
    let device: String?
    let box: String
    /// Where a box goes that came here and is passed on.
    let to: String?
  }

  struct Arrival: ActRequest {
    let operation: String
    let device: String?
    let box: String
    let from: String?
  }

  struct Slip: ActRequest {
    let operation: String
    let device: String?
    /// The box in hand, where its label was scanned.
    let box: String?
    /// All codes of the slip that were read so far.
    let texts: [String]
    /// Takes a box whose slip names another library.
    let acceptsOthers: Bool?
  }

  struct BoxAct: ActRequest {
    let operation: String
    let device: String?
    let box: String
  }
}

extension Posted.BoxOpening {
  /// The word for a box outside any rota: no stage can have that name.
  private static let noStage = "none"

  var boxStage: BoxStage {
    switch stage {
    case nil: .usual
    case Self.noStage: .none
    case .some(let name): .named(name)
    }
  }
}

extension Posted.BoxItem {
  func itemCondition() throws(RequestError) -> ItemCondition {
    guard let condition else { return .good }
    guard let known = ItemCondition.allCases.first(where: { "\($0)" == condition }) else {
      throw .badField("condition")
    }
    return known
  }
}
