package import Labels

extension Box {
  /// The first rule that stands against an act by a library, or nothing, which means yes.
  package func refusal(of act: BoxAct, by library: LibraryCode) -> BoxRefusal? {
    do throws(BoxRefusal) {
      try refuseWhenInAnotherState(act)
      try refuseWhenAtAnotherLibrary(act, library)
      try refuseWhenAddressedToItself(act, library)
      try refuseWhenContentsForbid(act)
      return nil
    } catch {
      return error
    }
  }

  private func refuseWhenInAnotherState(_ act: BoxAct) throws(BoxRefusal) {
    guard act.states.contains(state) else {
      throw .wrongState(number, state: state, act: act.name)
    }
  }

  /// Refuses a library that has no business with the box: neither its holder nor its destination.
  private func refuseWhenAtAnotherLibrary(
    _ act: BoxAct, _ library: LibraryCode
  ) throws(BoxRefusal) {
    switch act {
    case .lose, .find: return
    case .receive, .finishReceiving, .refuse:
      if to != library { throw .addressedElsewhere(number, to: to) }
    case .pack, .unpack, .address, .seal, .reopen, .dispatch, .sendOn, .sendBack:
      // A box on its way is in the hands of the library that it has just reached.
      let holder = holder ?? to
      if holder != library { throw .heldElsewhere(number, at: holder) }
    }
  }

  private func refuseWhenAddressedToItself(
    _ act: BoxAct, _ library: LibraryCode
  ) throws(BoxRefusal) {
    let destination: LibraryCode? =
      switch act {
      case .seal: to
      case .address(let destination), .sendOn(let destination): destination
      case .sendBack: origin
      default: nil
      }
    if destination == library { throw .addressedToItself(number) }
  }

  private func refuseWhenContentsForbid(_ act: BoxAct) throws(BoxRefusal) {
    switch act {
    case .pack(let item):
      if items.contains(item) { throw .alreadyPacked(item) }
      if items.count >= Self.mostItems { throw .full(number, limit: Self.mostItems) }
    case .unpack(let item):
      if !items.contains(item) { throw .notPacked(item) }
    case .seal:
      if items.isEmpty { throw .empty(number) }
    default: return
    }
  }
}
