import Circulation
import Desk
import Journal
import Labels
import Ledger
import Rotation
import Serving

/// The bodies about boxes that the API answers with.
extension Answer {
  struct Box: Encodable, Sendable {
    let box: String
    /// What is printed on the box, check character and all.
    let label: String
    let state: String
    let words: Words
    let origin: String
    let from: String
    let to: String
    /// The library where it stands; left out on the way and while it is lost.
    let holder: String?
    let seal: Int
    let stage: String?
    /// It came from another library, and is or was counted here.
    let inbound: Bool
    let slip: Bool
    let items: Int
    let counted: Int
  }

  /// A box that the host says is on its way here.
  struct ComingBox: Encodable, Sendable {
    let box: String
    let label: String
    let from: String
    /// Its signed manifest has come before it.
    let slip: Bool
  }

  struct Boxes: Encodable, Sendable {
    let boxes: [Box]
    let coming: [ComingBox]
  }

  /// One item of a box that came: what its slip says and what was found.
  struct BoxLine: Encodable, Sendable {
    let item: String
    let label: String
    let heading: String
    let words: Words
    let packed: Bool?
    let said: Bool?
    let found: String?
    let condition: String?
    let otherBox: String?
  }

  struct BoxReport: Encodable, Sendable {
    let box: Box
    /// What was packed here.
    let items: [Item]
    /// Of a box that came: packed, said and found against each other.
    let difference: [BoxLine]
    /// How many items, by heading.
    let counts: [String: Int]
    /// What the rota says otherwise since the box was opened; left out where it says the same.
    let amendment: Amendment?
  }

  /// An act on a box; also told live to every page that is open.
  struct BoxAct: Encodable, Sendable {
    let operation: String
    let repeated: Bool
    /// Left out where there was nothing to record.
    let act: String?
    let words: Words
    let box: Box
    let item: Item?
  }

  struct SlipReading: Encodable, Sendable {
    let codes: Int?
    let missing: [Int]
    let damaged: [Int]
    let others: [Int]
    let words: Words
    let act: BoxAct?
  }
}

extension Answer.Box {
  init(_ summary: BoxSummary) {
    let box = summary.record.box
    self.box = box.number.text
    label = box.number.label
    state = box.state.rawValue
    words = Words { "\(box.number) \(box.state.words(in: $0))" }
    origin = box.origin.text
    from = box.from.text
    to = box.to.text
    holder = box.holder?.text
    seal = box.seal
    stage = summary.record.stage?.description
    inbound = summary.record.isInbound
    slip = summary.hasSlip
    items = summary.itemCount
    counted = summary.countedCount
  }
}

extension Answer.ComingBox {
  init(_ coming: ComingBox) {
    box = coming.number.text
    label = coming.number.label
    from = coming.from.text
    slip = coming.hasSlip
  }
}

extension Answer.BoxLine {
  init(_ line: ReceivingLine) {
    item = line.item.text
    label = line.item.label
    heading = line.heading.rawValue
    words = Words { line.heading.words(in: $0) }
    packed = line.packed
    said = line.said
    found = line.finding?.day.description
    condition = line.finding.map { "\($0.condition)" }
    otherBox = line.otherBox?.text
  }
}

extension Answer.BoxReport {
  init(_ report: BoxReport) {
    let lines = report.difference?.lines ?? []
    box = Answer.Box(report.summary)
    items = report.items.map { Answer.Item($0) }
    difference = lines.map { Answer.BoxLine($0) }
    counts = Dictionary(grouping: lines, by: \.heading.rawValue).mapValues(\.count)
    amendment = report.amendment.map { Answer.Amendment($0) }
  }
}

extension Answer.BoxAct {
  init(_ outcome: BoxOutcome, operation: String) {
    self.operation = operation
    repeated = outcome.isRepeat
    act = outcome.event?.fact.name
    words = Words { language in
      outcome.event.map { $0.fact.words(in: language) } ?? Self.nothingNew(in: language)
    }
    box = Answer.Box(outcome.summary)
    item = outcome.item.map { Answer.Item($0) }
  }

  private static func nothingNew(in language: Language) -> String {
    switch language {
    case .vietnamese: "Đã ghi từ trước."
    case .english: "Noted before."
    }
  }
}

extension Answer.SlipReading {
  init(_ reading: SlipReading, operation: String) {
    codes = reading.count
    missing = reading.missing
    damaged = reading.damaged
    others = reading.others
    act = reading.outcome.map { Answer.BoxAct($0, operation: operation) }
    words = act?.words ?? Words { reading.words(in: $0) }
  }
}

extension SlipReading {
  /// What is still to be read, for the person who scans.
  fileprivate func words(in language: Language) -> String {
    guard damaged.isEmpty else {
      let numbers = damaged.map(String.init).joined(separator: ", ")
      return language == .vietnamese
        ? "Mã số \(numbers) bị hỏng hoặc đọc sai. Hãy quét lại mã ấy, hoặc nhận không cần phiếu."
        : "Code \(numbers) is damaged or was misread. Scan it again, or receive without the slip."
    }
    return ManifestError.partsMissing(missing).words(in: language)
  }
}
