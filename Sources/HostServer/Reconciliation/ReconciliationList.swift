import Circulation
import Labels
import Ledger
package import Registry
import Rotation

/// What is open at the end of a term, as a file that spreadsheets open.
package struct ReconciliationList: Sendable {
  private let group: GroupReconciliation
  private let pair: LibraryPair?

  package init(_ group: GroupReconciliation, pair: LibraryPair?) {
    self.group = group
    self.pair = pair
  }

  /// For example `doi-chieu-2026-2027-1.csv`.
  package var fileName: String {
    let term = "\(group.term)".replacing("/", with: "-")
    let libraries = pair.map { "-\($0.one)-\($0.other)" } ?? ""
    return "doi-chieu-\(term)\(libraries).csv"
  }

  private static let head = [
    "item", "title", "heading", "name", "place", "library", "events", "breaks",
  ]

  /// A line for each item that somebody must look into, or whose way has a break, with all its
  /// events; a last line without an item says how many there was no room for.
  package var csv: String {
    let open = pair.map(group.differences(between:)) ?? group.differences
    let broken = pair.map(group.brokenTrails(between:)) ?? group.brokenTrails
    let lines = (open + broken).map { difference in
      [
        difference.item.text, difference.title, difference.difference.heading.rawValue,
        difference.difference.name, group.text(of: difference.place),
        difference.difference.library?.text ?? "",
        difference.events.map(\.description).joined(separator: " "),
        difference.breaks.map(\.description).joined(separator: " "),
      ]
    }
    let rest = group.unlistedWords(in: .vietnamese).map { words in
      ["", words, "unlisted", "\(group.reconciliation.unlistedCount)", "", "", "", ""]
    }
    let rows = ([Self.head] + lines + (rest.map { [$0] } ?? [])).map {
      $0.map(CSVCell.text).joined(separator: ",") + "\r\n"
    }
    return "\u{FEFF}" + rows.joined()
  }
}

/// The sum of a term, for programs; what is open is told a page at a time.
struct ReconciliationAnswer: Encodable {
  struct Row: Encodable {
    let library: String
    let kind: String
    let home: String
    let opening, received, registered, found, sent, withdrawn, lost, expected, counted: Int
  }

  struct Way: Encodable {
    let from: String
    let to: String
    let before, sent, received, misdirected, ended, onTheWay: Int
  }

  struct Open: Encodable {
    let item: String
    let title: String
    let name: String
    let heading: String
    let place: String
    let library: String?
    let events: [String]
  }

  struct Statement: Encodable {
    let station: String
    let day: String
    let hash: String
    /// What the station's own signature is: `valid`, `wrong` or `unknown-key`.
    let signature: String
    /// Other libraries whose signature is good.
    let signers: [String]
    /// Other libraries whose signature is not good, or can't be checked, and which of it.
    let unverified: [String: String]
    let agrees: Bool
  }

  /// What the term was closed with, and what the sum has otherwise by now.
  struct Closing: Encodable {
    let hash: String
    let keptMilliseconds: Int64
    let agrees: Bool
    let waitingFor: [String]
    let goneCount, newCount: Int
    let gone: [String]
    let new: [String]
  }

  /// A station that is not waited for: since it was revoked, or began on a day after the term.
  struct LeftOut: Encodable {
    let station: String
    let reason: String
    let begun: String?
  }

  let term: String
  let waitingFor: [String]
  let leftOut: [LeftOut]
  let closingHash: String?
  let closing: Closing?
  let headings: [String: Int]
  let rows: [Row]
  let ways: [Way]
  let statements: [Statement]
  /// Items to look into that no list has room for, and what to do about them, by language.
  let unlistedCount: Int
  let unlistedAdvice: [String: String]?
  /// How many differences are listed; `open` is a page of them.
  let openCount: Int
  let open: [Open]

  init(_ group: GroupReconciliation, offset: Int, limit: Int) {
    let sum = group.reconciliation
    term = "\(sum.term)"
    waitingFor = sum.waitingFor.map(\.text)
    leftOut = group.leftOut.map { LeftOut($0) }
    closingHash = group.closingHash?.description
    closing = group.closing.map { Closing($0, group.closingDeviation) }
    headings = Dictionary(uniqueKeysWithValues: sum.headings.map { ($0.key.rawValue, $0.value) })
    rows = sum.rows.map { row in
      Row(
        library: sum.libraries[row.library].text, kind: row.kind.rawValue,
        home: sum.libraries[row.home].text, opening: row.opening, received: row.received,
        registered: row.registered, found: row.found, sent: row.sent, withdrawn: row.withdrawn,
        lost: row.lost, expected: row.expected, counted: row.counted)
    }
    ways = sum.traffic.map { way in
      Way(
        from: sum.libraries[way.from].text, to: sum.libraries[way.to].text,
        before: way.onTheWayBefore, sent: way.sent, received: way.received,
        misdirected: way.misdirected, ended: way.ended, onTheWay: way.onTheWay)
    }
    statements = group.statements.map { said in
      Statement(
        station: said.station.text, day: "\(said.statement.day)", hash: "\(said.hash)",
        signature: said.ownSignature.name,
        signers: said.signatures.filter(\.isValid).map(\.library.text),
        unverified: Dictionary(
          uniqueKeysWithValues: said.signatures.filter { !$0.isValid }
            .map { ($0.library.text, $0.verdict.name) }),
        agrees: said.deviations.isEmpty)
    }
    unlistedCount = sum.unlistedCount
    unlistedAdvice = group.unlistedWords(in: .vietnamese).map { words in
      ["vi": words, "en": group.unlistedWords(in: .english) ?? ""]
    }
    openCount = group.differences.count
    open = group.differences.dropFirst(offset).prefix(limit).map { difference in
      Open(
        item: difference.item.text, title: difference.title, name: difference.difference.name,
        heading: difference.difference.heading.rawValue, place: group.text(of: difference.place),
        library: difference.difference.library?.text,
        events: difference.events.map(\.description))
    }
  }
}

extension ReconciliationAnswer.Closing {
  init(_ kept: GroupClosing, _ deviation: ClosingDeviation?) {
    self.init(
      hash: kept.hash.description, keptMilliseconds: kept.keptMilliseconds,
      agrees: deviation == nil, waitingFor: deviation?.waitingFor.map(\.text) ?? [],
      goneCount: deviation?.goneCount ?? 0, newCount: deviation?.newCount ?? 0,
      gone: deviation?.gone ?? [], new: deviation?.new ?? [])
  }
}

extension ReconciliationAnswer.LeftOut {
  init(_ left: LeftOutStation) {
    switch left.reason {
    case .revoked: self.init(station: left.station.text, reason: "revoked", begun: nil)
    case .begunLater(let day):
      self.init(station: left.station.text, reason: "begun-later", begun: "\(day)")
    }
  }
}

extension SignedManifest.Verdict {
  /// The name that programs are told.
  var name: String {
    switch self {
    case .valid: "valid"
    case .wrong: "wrong"
    case .unknownLibrary: "unknown-key"
    }
  }
}
