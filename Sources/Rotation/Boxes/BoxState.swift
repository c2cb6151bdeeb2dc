package import Labels

/// Where a transfer box is in its life.
package enum BoxState: String, Hashable, Sendable, CaseIterable {
  /// Being packed; items come and go.
  case open
  /// Closed, with its manifest fixed and signed.
  case sealed
  /// On the way.
  case dispatched
  /// Some of its items are taken out at the receiving library; the rest is counted another day.
  case receivedInPart = "received-in-part"
  /// Emptied and confirmed.
  case received
  /// Turned away unopened; it stands at the library that did so.
  case refused
  /// Nobody knows where it is.
  case lost
  /// Turned up again, at whichever library has it.
  case found
}

/// What somebody does to a box.
package enum BoxAct: Hashable, Sendable {
  case pack(ItemID)
  case unpack(ItemID)
  /// Says to whom an open box will go.
  case address(to: LibraryCode)
  case seal
  /// Opens a box again: what was sealed, half emptied, emptied, refused or found.
  case reopen
  case dispatch
  /// Takes items out; they may be others than the slip says.
  case receive([ItemID])
  /// Says that all that was in the box has been taken out.
  case finishReceiving
  case refuse
  case lose
  case find
  /// Passes a closed box on to a third library.
  case sendOn(to: LibraryCode)
  /// Returns a closed box to the library that packed it.
  case sendBack

  /// The states in which the act makes sense.
  package var states: Set<BoxState> {
    switch self {
    case .pack, .unpack, .address, .seal: [.open]
    case .reopen: [.sealed, .receivedInPart, .received, .refused, .found]
    case .dispatch: [.sealed]
    case .receive: [.dispatched, .receivedInPart, .found]
    case .finishReceiving: [.dispatched, .receivedInPart, .found]
    case .refuse: [.dispatched, .found]
    case .lose: [.sealed, .dispatched, .receivedInPart, .refused, .found]
    case .find: [.lost]
    case .sendOn: [.dispatched, .refused, .found]
    case .sendBack: [.refused, .found]
    }
  }

  /// The act's name: stable, for programs, tables and translations.
  package var name: String {
    switch self {
    case .pack: "pack"
    case .unpack: "unpack"
    case .address: "address"
    case .seal: "seal"
    case .reopen: "reopen"
    case .dispatch: "dispatch"
    case .receive: "receive"
    case .finishReceiving: "finish-receiving"
    case .refuse: "refuse"
    case .lose: "lose"
    case .find: "find"
    case .sendOn: "send-on"
    case .sendBack: "send-back"
    }
  }
}
