import Labels
import Ledger
import Rotation

/// What a term over the group is added up by: libraries, stations, and what each has said.
struct TermFrame: Sendable {
  let term: Term
  /// In order; a library's number is its place here.
  let libraries: [LibraryCode]
  let knowledge: [LibraryCode: LibraryKnowledge]
  /// In order; a station's number is its place here.
  let scopes: [StationScope]
  /// By box and station: where the station said that the box goes, in its order.
  let routings: [RoutingKey: [BoxRouting]]
  /// What statements list, by item.
  let listings: [ItemID: [StatementListing]]
  private let numbers: [String: Int]
  private let stationNumbers: [String: Int]

  struct RoutingKey: Hashable, Sendable {
    let box: String
    let station: Int
  }

  /// Stations that one sum is about at most: what a reference to an event has room for.
  static let mostStations = 1 << 11
}

extension TermFrame {
  /// Reads the frame of a term.
  init(of term: Term, in books: any RegistryReader) throws {
    let enrolments = Dictionary(grouping: try books.enrolments(), by: \.enrolment.station)
    let stations = enrolments.keys.sorted()
    guard stations.count <= Self.mostStations else {
      throw RegistryError.tooManyStations(stations.count, limit: Self.mostStations)
    }
    let closings = Dictionary(grouping: try books.closings(), by: \.event.station)
    let lastDay = try books.lastDay(of: term)
    let scopes = try stations.map { station in
      let own = closings[station] ?? []
      let leftOut = try books.reasonToLeaveOut(
        station, enrolments[station] ?? [], of: term, endingOn: lastDay, own)
      return try StationScope(of: station, in: term, own, leftOut: leftOut) { closing in
        try books.text(of: closing).flatMap { try? TermStatement($0).withoutPassages }
      }
    }
    let stationNumbers = Dictionary(uniqueKeysWithValues: zip(stations.map(\.text), 0...))
    let routings = try books.routings()
    let moved = try books.movementLibraries().map { try LibraryCode($0) }
    let libraries = Set(moved).union(stations.map(\.library)).union(routings.map(\.to))
      .union(scopes.flatMap { $0.statement?.open.map(\.difference.item.library) ?? [] }).sorted()
    self.init(
      term: term, libraries: libraries, knowledge: Self.knowledge(of: libraries, scopes),
      scopes: scopes,
      routings: Dictionary(
        grouping: routings.filter { stationNumbers[$0.event.station.text] != nil },
        by: {
          RoutingKey(box: $0.box.text, station: stationNumbers[$0.event.station.text] ?? 0)
        }),
      listings: Self.listings(of: scopes),
      numbers: Dictionary(uniqueKeysWithValues: zip(libraries.map(\.text), 0...)),
      stationNumbers: stationNumbers)
  }

  /// A library has reported and counted once each of its stations has closed the term; of one
  /// without a station, or with none but such as are left out, nothing is waited for.
  private static func knowledge(
    of libraries: [LibraryCode], _ scopes: [StationScope]
  ) -> [LibraryCode: LibraryKnowledge] {
    let byLibrary = Dictionary(
      grouping: scopes.filter { $0.leftOut == nil }, by: \.station.library)
    return Dictionary(
      uniqueKeysWithValues: libraries.map { library in
        let own = byLibrary[library] ?? []
        let isClosed = own.allSatisfy { $0.statement != nil }
        return (
          library,
          LibraryKnowledge(
            hasReported: isClosed, hasCounted: isClosed, isCovered: !own.isEmpty)
        )
      })
  }

  private static func listings(of scopes: [StationScope]) -> [ItemID: [StatementListing]] {
    var listings: [ItemID: [StatementListing]] = [:]
    for (station, scope) in scopes.enumerated() {
      for open in scope.statement?.open ?? [] {
        listings[open.difference.item, default: []].append(
          StatementListing(open, of: scope, station: station))
      }
    }
    return listings
  }

  /// The same frame for one station, as if there were no other.
  func alone(_ station: Int) -> TermFrame {
    let scope = scopes[station]
    let own = routings.filter { $0.key.station == station }.map {
      (RoutingKey(box: $0.key.box, station: 0), $0.value)
    }
    return TermFrame(
      term: term, libraries: libraries, knowledge: knowledge, scopes: [scope],
      routings: Dictionary(uniqueKeysWithValues: own), listings: Self.listings(of: [scope]),
      numbers: numbers, stationNumbers: [scope.station.text: 0])
  }

  /// The stations that the term does not wait for, in order.
  var leftOut: [LeftOutStation] { scopes.compactMap(\.leftOut) }

  func number(of library: String) throws -> Int {
    guard let number = numbers[library] else { throw RegistryError.damaged("table movements") }
    return number
  }

  func station(_ name: String) throws -> Int {
    guard let number = stationNumbers[name] else { throw RegistryError.damaged("table movements") }
    return number
  }

  /// The number of a station's library.
  func library(ofStation station: Int) -> Int {
    numbers[scopes[station].station.library.text] ?? 0
  }
}

extension TermFrame {
  private static let sequenceBits: Int64 = 32
  private static let epochBits: Int64 = 20

  /// The number under which a reconciliation keeps an event.
  func reference(_ mark: EventMark, station: Int) -> Rotation.EventReference {
    Rotation.EventReference(
      (Int64(station) << Self.epochBits | Int64(mark.epoch.number)) << Self.sequenceBits
        | mark.sequence & (1 << Self.sequenceBits - 1))
  }

  /// The event that a reference stands for, or `nil`.
  func event(_ reference: Rotation.EventReference) -> EventReference? {
    let station = Int(reference.number >> (Self.sequenceBits + Self.epochBits))
    let epoch = Epoch(
      Int(reference.number >> Self.sequenceBits & (1 << Self.epochBits - 1)))
    guard scopes.indices.contains(station), let epoch else { return nil }
    return EventReference(
      station: scopes[station].station, epoch: epoch,
      sequence: reference.number & (1 << Self.sequenceBits - 1))
  }
}

extension TermStatement {
  /// The statement without what went between libraries item by item, which is most of it.
  fileprivate var withoutPassages: TermStatement {
    TermStatement(
      library: library, libraryName: libraryName, term: term, day: day, after: after,
      through: through, counts: [], rows: rows, ways: ways, headings: headings, passages: [],
      open: open)
  }
}
