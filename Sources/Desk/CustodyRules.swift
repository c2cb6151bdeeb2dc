import Circulation
import Journal
import Labels
import Ledger
import Rotation

/// Refuses to lend what custody says can't be on this library's desk.
///
/// A book recorded as missing is evidently found when it lies on the desk, so it may be lent.
func refuseWhenNotHere(_ holding: Holding, at library: LibraryCode) throws(Refusal) {
  switch holding.place {
  case .shelf(library), .patron(library), .missing(library), .box: return
  case .shelf(let other), .patron(let other), .missing(let other):
    throw .atAnotherLibrary(holding.item, library: other)
  case .withdrawn, .outside: throw .withdrawn(holding.item)
  }
}

/// Refuses what lies in a box that is closed here: it can't be in anybody's hand.
///
/// What was packed into a box that is still open, or that has left, is evidently not in it when it
/// lies on the desk.
func refuseWhenBoxedUp(_ holding: Holding, in view: JournalView) throws {
  guard let number = holding.place.box, let record = try view.box(number) else { return }
  if record.box.state == .sealed || record.isBeingReceived {
    throw Refusal.inBox(holding.item, box: number)
  }
}

/// Refuses to take back what is on the shelf already or withdrawn.
///
/// What another library has on its books may come back here: the move is recorded, and the host
/// shows both sides.
func refuseWhenNotReturnable(_ holding: Holding, to library: LibraryCode) throws(Refusal) {
  switch holding.place {
  case .shelf(library): throw .alreadyOnShelf(holding.item)
  case .withdrawn, .outside: throw .withdrawn(holding.item)
  case .shelf, .patron, .missing, .box: return
  }
}
