import Circulation
import Labels
import Ledger
import Rotation

extension Fact {
  /// What a fact notes on how worn an item is: a librarian's note, or what a receiver found.
  ///
  /// That a book came in order takes no earlier note back, as at the station.
  var notedCondition: (item: ItemID, condition: NotedCondition)? {
    switch self {
    case .noted(let note): note.condition.map { (note.item, $0) }
    case .box(.received(let finding)):
      finding.condition.noted.map { (finding.move.item, $0) }
    default: nil
    }
  }
}

extension NotedCondition {
  /// As a planner takes it: what can't be used any more travels as little as what is damaged.
  var planned: ItemCondition {
    switch self {
    case .good: .good
    case .worn: .worn
    case .damaged, .unusable: .damaged
    }
  }
}

/// How worn items are, the same in both databases.
///
/// Of what several stations note, what comes last counts: an item is with one of them, and only
/// that one has it to look at. Loans write nothing here.
extension CommonSQL {
  func save(_ conditions: [ItemID: NotedCondition]) throws {
    for (item, condition) in conditions.sorted(by: { $0.key < $1.key }) {
      try run(
        """
        INSERT INTO item_conditions (library, accession, condition) VALUES ($1, $2, $3)
        ON CONFLICT (library, accession) DO UPDATE SET condition = excluded.condition
        """,
        [
          .text(item.library.text), .text(item.accession.text), .text(condition.rawValue),
        ])
    }
  }

  func conditions() throws -> [ItemID: NotedCondition] {
    let rows = try rows("SELECT library, accession, condition FROM item_conditions", []) { row in
      guard let item = try? ItemID("\(row.string(0)).\(row.string(1))"),
        let condition = NotedCondition(rawValue: row.string(2))
      else { throw RegistryError.damaged("table item_conditions") }
      return (item, condition)
    }
    return Dictionary(rows, uniquingKeysWith: { $1 })
  }
}

extension RegistryTransaction {
  /// Keeps what earlier events have noted, for books of a version that kept nothing of it.
  func fillConditions() throws {
    for enrolled in try enrolments() {
      var conditions: [ItemID: NotedCondition] = [:]
      let (station, epoch) = (enrolled.enrolment.station, enrolled.enrolment.epoch)
      try forEachEvent(of: station, epoch: epoch, after: 0) { stored in
        // What can't be read the verifier shows; a host must start.
        let noted = (try? Event(encoded: stored.bytes))?.fact.notedCondition
        if let noted { conditions[noted.item] = noted.condition }
        return true
      }
      try save(conditions)
    }
  }
}

/// What the planner of rotas asks of titles and copies beside where they are, in both databases.
enum PlanningSchema {
  static let sqlite = """
    ALTER TABLE records ADD COLUMN subjects TEXT NOT NULL DEFAULT '';
    CREATE TABLE item_conditions (
      library TEXT NOT NULL,
      accession TEXT NOT NULL,
      condition TEXT NOT NULL,
      PRIMARY KEY (library, accession)
    ) STRICT, WITHOUT ROWID;
    """

  static let postgres = """
    ALTER TABLE records ADD COLUMN subjects text NOT NULL DEFAULT '';
    CREATE TABLE item_conditions (
      library text COLLATE "C" NOT NULL,
      accession text COLLATE "C" NOT NULL,
      condition text COLLATE "C" NOT NULL,
      PRIMARY KEY (library, accession)
    );
    """

  /// Each table that a database spreads, and by which of its columns.
  static let distribution = [("item_conditions", "library")]
}
