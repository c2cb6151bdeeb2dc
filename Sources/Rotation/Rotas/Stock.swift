import Circulation
package import Labels

/// The libraries, sets and shares that a planner works with, by number.
package struct PlanningFrame: Sendable {
  /// In order; a library's number is its place here.
  package let libraries: [LibraryCode]
  /// A set's number is its place here.
  package let sets: [ItemSet]
  /// What each library's share of a set is measured by, such as its number of pupils.
  package let weights: [Int]

  /// Frames a rota's plan.
  ///
  /// `weight` is a library's weight; below zero counts as zero, which asks for nothing.
  package init(rota: Rota, weight: (LibraryCode) -> Int) {
    libraries = rota.libraries.sorted()
    sets = rota.sets
    weights = libraries.map { max(weight($0), 0) }
  }

  /// A library's number, or nothing for one outside the rota.
  package func number(of library: LibraryCode) -> Int? {
    // A binary search: a frame is made once, and asked a million times.
    var (low, high) = (0, libraries.count)
    while low < high {
      let middle = (low + high) / 2
      if libraries[middle] < library { low = middle + 1 } else { high = middle }
    }
    return low < libraries.count && libraries[low] == library ? low : nil
  }
}

/// The items that a planner looks at, as columns of numbers: a million take 14 MB.
package struct Stock: Sendable {
  /// Stands for a library outside the rota, for no library, and for no set.
  package static let none: Int32 = -1

  private(set) var homes: [Int32] = []
  private(set) var places: [Int32] = []
  private(set) var sets: [Int32] = []
  private(set) var conditions: [ItemCondition] = []
  private(set) var isFree: [Bool] = []

  package init(reservingCapacity capacity: Int = 0) {
    homes.reserveCapacity(capacity)
    places.reserveCapacity(capacity)
    sets.reserveCapacity(capacity)
    conditions.reserveCapacity(capacity)
    isFree.reserveCapacity(capacity)
  }

  /// How many items there are; an item's number is its place in the order of adding.
  package var count: Int { homes.count }

  /// Adds an item: the numbers of the library that owns it, of the one where it stands, and of its
  /// set.
  ///
  /// It is free where it may travel: neither on loan nor in a box.
  package mutating func add(
    home: Int?, place: Int?, set: Int?, condition: ItemCondition, isFree: Bool
  ) {
    homes.append(home.map(Int32.init) ?? Self.none)
    places.append(place.map(Int32.init) ?? Self.none)
    sets.append(set.map(Int32.init) ?? Self.none)
    conditions.append(condition)
    self.isFree.append(isFree)
  }
}

/// The items of each set at each library, found without a search.
struct StockShelves {
  private let order: [Int32]
  private let starts: [Int]
  private let libraries: Int

  /// Sorts by counting, so that items of a shelf stay in the order of their numbers.
  init(_ stock: Stock, frame: PlanningFrame) {
    libraries = frame.libraries.count
    let shelves = frame.sets.count * libraries
    var counts = [Int](repeating: 0, count: shelves + 1)
    func shelf(_ item: Int) -> Int? {
      let (set, place) = (Int(stock.sets[item]), Int(stock.places[item]))
      guard frame.sets.indices.contains(set), frame.libraries.indices.contains(place) else {
        return nil
      }
      return set * frame.libraries.count + place
    }
    for item in 0..<stock.count {
      if let shelf = shelf(item) { counts[shelf + 1] += 1 }
    }
    for index in 0..<shelves { counts[index + 1] += counts[index] }
    starts = counts
    var order = [Int32](repeating: 0, count: counts[shelves])
    for item in 0..<stock.count {
      guard let shelf = shelf(item) else { continue }
      order[counts[shelf]] = Int32(item)
      counts[shelf] += 1
    }
    self.order = order
  }

  /// The items of a set at a library, in the order of their numbers.
  func items(ofSet set: Int, at library: Int) -> ArraySlice<Int32> {
    let shelf = set * libraries + library
    return order[starts[shelf]..<starts[shelf + 1]]
  }
}
