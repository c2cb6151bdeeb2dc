import Circulation
import Labels
import Ledger

/// Refuses to lend what custody says can't be on this library's desk.
///
/// A book recorded as missing is evidently found when it lies on the desk, so it may be lent.
func refuseWhenNotHere(_ holding: Holding, at library: LibraryCode) throws(Refusal) {
  switch holding.place {
  case .shelf(library), .patron(library), .missing(library): return
  case .shelf(let other), .patron(let other), .missing(let other):
    throw .atAnotherLibrary(holding.item, library: other)
  case .box(let box): throw .inBox(holding.item, box: box)
  case .withdrawn, .outside: throw .withdrawn(holding.item)
  }
}

/// Refuses to take back what is on the shelf already, in a closed box, or withdrawn.
///
/// What another library has on its books may come back here: the move is recorded, and the host
/// shows both sides.
func refuseWhenNotReturnable(_ holding: Holding, to library: LibraryCode) throws(Refusal) {
  switch holding.place {
  case .shelf(library): throw .alreadyOnShelf(holding.item)
  case .box(let box): throw .inBox(holding.item, box: box)
  case .withdrawn, .outside: throw .withdrawn(holding.item)
  case .shelf, .patron, .missing: return
  }
}
