import Circulation
package import Labels
package import Rotation

/// A rota as people write and read it: a line for each thing that it says.
///
/// ```
/// rota 2026-TT
/// libraries TT TT1
/// set Truyện thiếu nhi
///   kinds TN
///   grades 3-5
///   subjects văn, toán
///   stays
/// set Sách thi đọc
///   items TT.TN.00001 TT.TN.00002
/// stage 1 2026-2027/1
///   send Truyện thiếu nhi from TT to TT1 up to 50
/// ```
///
/// A set without `stays` goes home before it travels again. What follows `#` is left out.
package enum RotaText {
  /// Bytes that a rota's text may have.
  package static let longest = 480 * 1_024

  /// The text of a rota; reading it gives the same rota.
  package static func text(of rota: Rota) -> String {
    var lines = ["rota \(rota.id)"]
    lines.append("libraries " + rota.libraries.sorted().map(\.text).joined(separator: " "))
    for set in rota.sets { lines += Self.lines(of: set) }
    for stage in rota.stages {
      lines.append("stage \(stage.number) \(stage.term)")
      lines += stage.routes.map { route in
        "  send \(route.set) from \(route.from) to \(route.to)"
          + (route.limit.map { " up to \($0)" } ?? "")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of set: ItemSet) -> [String] {
    var lines = ["set \(set.name)"]
    switch set.contents {
    case .listed(let items):
      // Ten to a line, so that a person can read it.
      let texts = items.sorted().map(\.text)
      for start in stride(from: 0, to: texts.count, by: 10) {
        let run = texts[start..<min(start + 10, texts.count)]
        lines.append("  items " + run.joined(separator: " "))
      }
      if items.isEmpty { lines.append("  items") }
    case .chosen(let criteria):
      if !criteria.kinds.isEmpty {
        let kinds = criteria.kinds.map(\.rawValue).sorted()
        lines.append("  kinds " + kinds.joined(separator: " "))
      }
      if let grades = criteria.grades {
        lines.append("  grades \(grades.lowerBound)-\(grades.upperBound)")
      }
      if !criteria.subjects.isEmpty {
        lines.append("  subjects " + criteria.subjects.sorted().joined(separator: ", "))
      }
    }
    if !set.goesHome { lines.append("  stays") }
    return lines
  }

  /// Reads a rota; it may still have conflicts.
  package static func rota(_ text: String) throws(RotaTextError) -> Rota {
    guard text.utf8.count <= longest else { throw .tooLong }
    var reader = RotaReader()
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let first = words.first else { continue }
      guard reader.take(String(first), words.dropFirst().map(String.init)) else {
        throw .badLine(index + 1)
      }
    }
    guard let rota = reader.rota else { throw .incomplete }
    return rota
  }
}

/// Why a text is no rota.
package enum RotaTextError: Error, Hashable, Sendable {
  case badLine(Int)
  /// Its name is missing.
  case incomplete
  case tooLong

  /// What to change, for the coordinator.
  package func words(in language: Language) -> String {
    switch (self, language) {
    case (.badLine(let line), .vietnamese):
      "Dòng \(line) chưa hiểu được. Xem cách ghi: lienthong help rota"
    case (.badLine(let line), .english):
      "Line \(line) is not understood. See how to write it: lienthong help rota"
    case (.incomplete, .vietnamese): "Thiếu dòng đầu, như: rota 2026-TT"
    case (.incomplete, .english): "The first line is missing, such as: rota 2026-TT"
    case (.tooLong, .vietnamese): "Kế hoạch dài quá. Hãy chia thành nhiều kế hoạch."
    case (.tooLong, .english): "The rota is too long. Divide it into several."
    }
  }
}

/// Puts a rota together, line by line.
private struct RotaReader {
  private var id: RotaID?
  private var libraries: Set<LibraryCode> = []
  private var sets: [DraftSet] = []
  private var stages: [Stage] = []
  /// Whether lines speak of the last set.
  private var isInSet = false

  private struct DraftSet {
    let name: String
    var criteria = SetCriteria()
    var items: Set<ItemID>?
    var hasCriteria = false
    var goesHome = true

    var set: ItemSet {
      ItemSet(
        name: name, contents: items.map { .listed($0) } ?? .chosen(criteria), goesHome: goesHome)
    }
  }

  var rota: Rota? {
    id.map { Rota(id: $0, libraries: libraries, sets: sets.map(\.set), stages: stages) }
  }

  /// Takes a line; false where it has no meaning.
  mutating func take(_ word: String, _ rest: [String]) -> Bool {
    switch word {
    case "rota": return takeName(rest)
    case "libraries":
      for text in rest {
        guard let library = try? LibraryCode(text) else { return false }
        libraries.insert(library)
      }
      return !rest.isEmpty
    case "set":
      guard !rest.isEmpty else { return false }
      sets.append(DraftSet(name: rest.joined(separator: " ")))
      isInSet = true
      return true
    case "stage": return takeStage(rest)
    case "send": return takeRoute(rest)
    default: return isInSet && takeRule(word, rest)
    }
  }

  private mutating func takeName(_ rest: [String]) -> Bool {
    guard id == nil, rest.count == 1, let id = RotaID(rest[0]) else { return false }
    self.id = id
    return true
  }

  private mutating func takeRule(_ word: String, _ rest: [String]) -> Bool {
    guard var set = sets.popLast() else { return false }
    defer { sets.append(set) }
    switch word {
    case "stays":
      set.goesHome = false
      return rest.isEmpty
    case "items":
      guard !set.hasCriteria else { return false }
      let items = rest.compactMap { try? ItemID($0) }
      set.items = (set.items ?? []).union(items)
      return items.count == rest.count
    case "kinds":
      let kinds = rest.compactMap { MaterialKind(rawValue: $0) }
      set.criteria.kinds.formUnion(kinds)
      set.hasCriteria = true
      return set.items == nil && kinds.count == rest.count && !rest.isEmpty
    case "grades":
      let ends = rest.first?.split(separator: "-").compactMap { Int($0) } ?? []
      guard set.items == nil, rest.count == 1, let first = ends.first, let last = ends.last,
        ends.count <= 2, FactLimits.grade.contains(first), FactLimits.grade.contains(last),
        first <= last
      else { return false }
      set.criteria.grades = first...last
      set.hasCriteria = true
      return true
    case "subjects":
      let subjects = rest.joined(separator: " ").split(separator: ",").map {
        String($0).split(separator: " ").joined(separator: " ")
      }
      set.criteria.subjects.formUnion(subjects.map(VietnameseText.folded))
      set.hasCriteria = true
      return set.items == nil && !subjects.isEmpty
    default: return false
    }
  }

  private mutating func takeStage(_ rest: [String]) -> Bool {
    guard rest.count == 2, let number = Int(rest[0]), let term = Term(rest[1]) else {
      return false
    }
    stages.append(Stage(number: number, term: term, routes: []))
    isInSet = false
    return true
  }

  private mutating func takeRoute(_ rest: [String]) -> Bool {
    var words = rest
    var limit: Int?
    if let number = words.last.flatMap({ Int($0) }), words.dropLast().suffix(2) == ["up", "to"] {
      limit = number
      words.removeLast(3)
    }
    guard let stage = stages.last, words.count >= 5, words[words.count - 4] == "from",
      words[words.count - 2] == "to", let from = try? LibraryCode(words[words.count - 3]),
      let to = try? LibraryCode(words[words.count - 1])
    else { return false }
    let set = words.dropLast(4).joined(separator: " ")
    stages[stages.count - 1] = Stage(
      number: stage.number, term: stage.term,
      routes: stage.routes + [Route(set: set, from: from, to: to, limit: limit)])
    return true
  }
}
