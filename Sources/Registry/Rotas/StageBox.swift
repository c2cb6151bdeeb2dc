import Labels
package import Ledger
package import Rotation

/// A box that a library has sealed for a stage of a rota: what has travelled, or is about to.
package struct StageBox: Hashable, Sendable {
  package let stage: StageReference
  package let way: StageWay
  /// Which box, under which sealing.
  package let step: BoxStep

  init(stage: StageReference, way: StageWay, step: BoxStep) {
    self.stage = stage
    self.way = way
    self.step = step
  }

  /// Takes what a slip says; nothing where its box belongs to no stage.
  init?(_ slip: SealedSlip) {
    let manifest = slip.manifest
    guard let stage = manifest.stage else { return nil }
    self.init(
      stage: stage, way: StageWay(from: manifest.from, to: manifest.to), step: slip.step)
  }
}

/// What a run of one station's events says of boxes for stages.
package struct StageBoxChanges {
  private(set) var sealed: [BoxStep: StageBox] = [:]
  /// Boxes that were opened again; where this library had sealed them, they have not travelled.
  private(set) var reopened: Set<BoxStep> = []

  mutating func take(_ fact: BoxFact) {
    switch fact {
    case .sealed(let slip):
      guard let box = StageBox(slip) else { return }
      sealed[box.step] = box
    case .reopened(let step):
      sealed[step] = nil
      reopened.insert(step)
    default: return
    }
  }
}

/// Boxes for stages, the same in both databases.
extension CommonSQL {
  func save(_ changes: StageBoxChanges, of library: LibraryCode) throws {
    for step in changes.reopened.sorted(by: { ($0.box, $0.seal) < ($1.box, $1.seal) }) {
      try run(
        "DELETE FROM stage_boxes WHERE library = $1 AND box = $2 AND seal = $3 AND sender = $4",
        [
          .text(step.box.library.text), .text(step.box.text), .int(step.seal),
          .text(library.text),
        ])
    }
    let boxes = changes.sealed.values
      .sorted { ($0.step.box, $0.step.seal) < ($1.step.box, $1.step.seal) }
    for box in boxes {
      try run(
        """
        INSERT INTO stage_boxes (library, box, seal, rota, stage, sender, destination)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
        """,
        [
          .text(box.step.box.library.text), .text(box.step.box.text), .int(box.step.seal),
          .text(box.stage.rota.text), .int(box.stage.number), .text(box.way.from.text),
          .text(box.way.to.text),
        ])
    }
  }

  func stageBoxes(of rota: RotaID) throws -> [StageBox] {
    try rows(
      """
      SELECT stage, box, seal, sender, destination FROM stage_boxes WHERE rota = $1
      ORDER BY stage, library, box, seal
      """, [.text(rota.text)]
    ) { row in
      guard let stage = StageReference(rota: rota, number: Int(row.int64(0))),
        let box = try? BoxNumber(row.string(1)), let from = try? LibraryCode(row.string(3)),
        let to = try? LibraryCode(row.string(4))
      else { throw RegistryError.damaged("table stage_boxes") }
      return StageBox(
        stage: stage, way: StageWay(from: from, to: to),
        step: BoxStep(box: box, seal: Int(row.int64(2))))
    }
  }
}

/// The table of boxes for stages, in both databases.
///
/// No event before it names a stage, so it begins empty.
enum StageSchema {
  static let sqlite = """
    CREATE TABLE stage_boxes (
      library TEXT NOT NULL,
      box TEXT NOT NULL,
      seal INTEGER NOT NULL,
      rota TEXT NOT NULL,
      stage INTEGER NOT NULL,
      sender TEXT NOT NULL,
      destination TEXT NOT NULL,
      PRIMARY KEY (library, box, seal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stage_boxes_by_stage ON stage_boxes (rota, stage);
    """

  static let postgres = """
    CREATE TABLE stage_boxes (
      library text COLLATE "C" NOT NULL,
      box text COLLATE "C" NOT NULL,
      seal bigint NOT NULL,
      rota text COLLATE "C" NOT NULL,
      stage bigint NOT NULL,
      sender text COLLATE "C" NOT NULL,
      destination text COLLATE "C" NOT NULL,
      PRIMARY KEY (library, box, seal)
    );
    CREATE INDEX stage_boxes_by_stage ON stage_boxes (rota, stage);
    """

  /// Each table that a database spreads, and by which of its columns.
  static let distribution = [("stage_boxes", "library")]
}
