import Registry

extension HostRole {
  /// Whether somebody may decide conflicts of a kind.
  func decides(_ kind: ConflictKind?) -> Bool {
    switch self {
    case .coordinator: true
    case .cataloguer: kind?.isForCataloguers == true
    case .auditor: false
    }
  }

  /// Whether somebody may have all open conflicts looked at once more.
  var replays: Bool { self != .auditor }
}
