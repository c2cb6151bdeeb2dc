import Circulation
import Labels
import Ledger
import Registry
import Rotation

/// A sum over the group in the words of its page.
struct TermView {
  let group: GroupReconciliation
  let pair: LibraryPair?
  let names: [LibraryCode: String]
  let words: HostWords

  private var sum: Reconciliation { group.reconciliation }

  /// Broken trails that the page shows; the file has all.
  private static let brokenRows = 25

  /// What is open, between the two libraries where two are named.
  var differences: [GroupDifference] {
    guard let pair else { return group.differences }
    return group.differences(between: pair)
  }

  var content: [String: Any] {
    let waiting = sum.waitingFor
    let broken = pair.map(group.brokenTrails(between:)) ?? group.brokenTrails
    return [
      "term": "\(group.term)", "terms": terms, "firsts": choices(pair?.one),
      "seconds": choices(pair?.other), "hasWaiting": !waiting.isEmpty,
      "waiting": waiting.map(name).joined(separator: ", "),
      "closing": group.closing.map { [row(for: $0)] } ?? [],
      "deviation": group.closingDeviation.map { [row(for: $0)] } ?? [],
      "leftOut": leftOut,
      "obstacle": group.closingObstacle.map { [$0.words(in: words.language)] } ?? [],
      "libraries": pair == nil ? libraryRows : [], "total": pair == nil ? [totalRow] : [],
      "pairRows": pair == nil ? [] : pairRows, "ways": ways, "headings": headings,
      "plot": BarPlot(bars: bars).svg, "items": "\(sum.itemCount)",
      "unlisted": group.unlistedWords(in: words.language).map { [$0] } ?? [],
      "broken": broken.prefix(Self.brokenRows).map { row(for: $0, [:]) },
      "hasBroken": !broken.isEmpty,
      "statements": statements.prefix(HostLimits.rowsPerReport).map(row),
      "isPair": pair != nil, "pairName": pair.map { ["\(name($0.one)) – \(name($0.other))"] } ?? [],
    ]
  }

  func name(_ library: LibraryCode) -> String { names[library] ?? library.text }

  private var terms: [[String: Any]] {
    let all = Set(group.closedTerms + [group.term]).sorted(by: >)
    return all.map { Choice.content("\($0)", "\($0)", chosen: $0 == group.term) }
  }

  private func choices(_ chosen: LibraryCode?) -> [[String: Any]] {
    group.libraries.map { Choice.content($0.text, name($0), chosen: $0 == chosen) }
  }
}

// MARK: - The sums

extension TermView {
  static let columns = [
    "opening", "received", "registered", "found", "sent", "withdrawn", "lost", "expected",
    "counted",
  ]

  private func row(
    named name: String, code: String, _ numbers: [Int], isKnown: Bool
  ) -> [String: Any] {
    var row: [String: Any] = Dictionary(
      uniqueKeysWithValues: zip(Self.columns, numbers.map { "\($0)" }))
    let difference = numbers[8] - numbers[7]
    row["difference"] = difference > 0 ? "+\(difference)" : "\(difference)"
    if !isKnown { (row["counted"], row["difference"]) = ("…", "…") }
    row["name"] = name
    row["code"] = code
    return row
  }

  private func added(_ rows: [StockRow]) -> [Int] {
    rows.reduce([Int](repeating: 0, count: Self.columns.count)) { sum, row in
      zip(sum, row.columns).map { $0 + $1 }
    }
  }

  /// The libraries whose books and counts are farthest apart, where there are too many for a page;
  /// the rest is summed.
  private var libraryRows: [[String: Any]] {
    let byLibrary = Dictionary(grouping: sum.rows, by: \.library)
    var shown = sum.libraries.indices.filter {
      byLibrary[$0] != nil || sum.knowledge[$0].isCovered
    }
    var rest: [StockRow] = []
    if shown.count > HostLimits.rowsPerReport {
      let ordered = shown.sorted { weight(byLibrary[$0] ?? []) > weight(byLibrary[$1] ?? []) }
      rest = ordered.dropFirst(HostLimits.rowsPerReport).flatMap { byLibrary[$0] ?? [] }
      shown = ordered.prefix(HostLimits.rowsPerReport).sorted()
    }
    let rows = shown.map { library in
      row(
        named: name(sum.libraries[library]), code: sum.libraries[library].text,
        added(byLibrary[library] ?? []),
        // Nobody has counted the shelves of a library that has no station any more.
        isKnown: sum.knowledge[library].hasCounted && sum.knowledge[library].isCovered)
    }
    guard !rest.isEmpty else { return rows }
    return rows + [
      row(named: words.term("rest"), code: "", added(rest), isKnown: sum.waitingFor.isEmpty)
    ]
  }

  private func weight(_ rows: [StockRow]) -> Int {
    rows.map { abs($0.difference) }.reduce(0, +)
  }

  private var totalRow: [String: Any] {
    row(named: "", code: "", added(sum.rows), isKnown: sum.waitingFor.isEmpty)
  }

  /// What each of two libraries has of the other's, by kind.
  private var pairRows: [[String: Any]] {
    guard let pair else { return [] }
    return sum.between(pair.one, pair.other).rows.map { stock in
      let library = sum.libraries[stock.library]
      let kind = words.material(stock.kind.rawValue)
      return row(
        named: "\(name(library)) ← \(name(sum.libraries[stock.home])), \(kind)",
        code: library.text, stock.columns, isKnown: sum.knowledge[stock.library].hasCounted)
    }
  }

  private var ways: [[String: String]] {
    let traffic = pair.map { sum.between($0.one, $0.other).traffic } ?? sum.traffic
    // The page shows where most is still on its way; the program's answer has all.
    let shown =
      traffic.count > HostLimits.rowsPerReport
      ? Array(traffic.sorted { $0.onTheWay > $1.onTheWay }.prefix(HostLimits.rowsPerReport))
      : traffic
    return shown.map { way in
      [
        "from": name(sum.libraries[way.from]), "to": name(sum.libraries[way.to]),
        "before": "\(way.onTheWayBefore)", "sent": "\(way.sent)", "received": "\(way.received)",
        "misdirected": "\(way.misdirected)", "ended": "\(way.ended)",
        "onTheWay": "\(way.onTheWay)",
      ]
    }
  }

  private var headings: [[String: String]] {
    Heading.allCases.compactMap { heading in
      sum.headings[heading].map { ["name": heading.words(in: words.language), "count": "\($0)"] }
    }
  }

  /// The open headings alone: beside what is in order they would not be seen.
  private var bars: [BarPlot.Bar] {
    Heading.allCases.filter(\.isOpen).compactMap { heading in
      sum.headings[heading].map {
        BarPlot.Bar(name: heading.words(in: words.language), count: $0)
      }
    }
  }
}

// MARK: - What is open, and what was closed

extension TermView {
  private var statements: [GroupStatement] {
    group.statements.filter { said in
      pair.map { $0.contains(said.station.library) } ?? true
    }
  }

  /// A difference, each of its events in words where they were looked up.
  func row(for open: GroupDifference, _ events: [Registry.EventReference: Event]) -> [String: Any] {
    let sentences = EventWords(words: words)
    return [
      "item": open.item.text,
      "title": open.title.isEmpty ? words.term("title-unknown") : open.title,
      "name":
        "\(open.difference.since) · \(open.difference.firstHeading.words(in: words.language))",
      "heading": open.difference.heading.words(in: words.language), "place": place(open.place),
      "first": open.difference.library.map(name) ?? "",
      "hasEvents": !open.events.isEmpty, "eventCount": "\(open.events.count)",
      "events": open.events.map { reference in
        ["text": events[reference].map(sentences.sentence) ?? reference.description]
      },
      "breaks": open.breaks.map(\.description).joined(separator: ", "),
    ]
  }

  private func place(_ place: BooksPlace) -> String {
    let library = { (number: Int) in name(sum.libraries[number]) }
    switch (place, words.language) {
    case (.nowhere, _): return words.term("nowhere")
    case (.at(let number), _): return library(number)
    case (.onTheWay(let from, let to), _): return "\(library(from)) → \(library(to))"
    case (.lost(let number), .vietnamese): return "Mất, \(library(number))"
    case (.lost(let number), .english): return "Lost, \(library(number))"
    case (.withdrawn(let number), .vietnamese): return "Đã thanh lý, \(library(number))"
    case (.withdrawn(let number), .english): return "Withdrawn, \(library(number))"
    }
  }

  private func row(for said: GroupStatement) -> [String: Any] {
    let signers = said.signatures.filter(\.isValid).map { signature in
      let exceptions = signature.exceptions.count
      let without = words.language == .vietnamese ? "trừ" : "but for"
      return name(signature.library) + (exceptions > 0 ? " (\(without) \(exceptions))" : "")
    }
    let own = said.ownSignature == .valid ? [] : [(said.station.text, said.ownSignature)]
    let unverified =
      own + said.signatures.filter { !$0.isValid }.map { (name($0.library), $0.verdict) }
    return [
      "library": said.statement.libraryName, "station": said.station.text,
      "day": said.statement.day.vietnameseText, "hash": "\(said.hash)",
      "short": String("\(said.hash)".prefix(16)) + "…",
      "signers": signers.isEmpty ? words.term("nobody") : signers.joined(separator: ", "),
      "unverified": unverified.map { ["text": "\($0.0): \($0.1.words(in: words.language))"] },
      "open": "\(said.statement.open.count)",
      "deviations": said.deviations.map { deviation in
        [
          "text": "\(words.material(deviation.kind.rawValue)), \(deviation.home), "
            + "\(words.term("column-\(Self.columns[deviation.column])")): "
            + "\(deviation.stated) ≠ \(deviation.summed)"
        ]
      },
      "agrees": said.deviations.isEmpty,
    ]
  }

  func row(for passage: DisputedPassage) -> [String: String] {
    [
      "item": passage.item.text, "from": name(passage.from), "to": name(passage.to),
      "said": name(passage.saidBy), "event": passage.event.description,
      "what": words.term(passage.saidBy == passage.from ? "sent-not-come" : "come-not-sent"),
    ]
  }
}
