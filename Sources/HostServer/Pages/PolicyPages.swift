import Circulation
import Credentials
import FoundationEssentials
import Hummingbird
import Labels
import Registry

/// The group's loan rules and calendar: what holds, what held before, and the document to change.
struct PolicyPages: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  private static let path = "/quy-dinh"

  func add(to router: Router<HostContext>) {
    router.get("/quy-dinh") { request, context in try await show(request, context, nil) }
    router.post("/quy-dinh") { request, context in try await change(request, context) }
  }

  private func change(_ request: Request, _ context: HostContext) async throws -> Response {
    guard let account = context.account?.name.text else { throw RoleNeeded() }
    let form = try await HostForm(request)
    if form.text("act") == "withdraw" {
      try await registry.publish(nil, by: account)
      return .redirect(to: Self.path, type: .normal)
    }
    let text = form.text("document")
    do {
      try await registry.publish(try PolicyText.document(text), by: account)
      return .redirect(to: Self.path, type: .normal)
    } catch let error as BadSettings {
      return try await show(request, context, (text, error))
    }
  }

  private func show(
    _ request: Request, _ context: HostContext, _ problem: (text: String, error: BadSettings)?
  ) async throws -> Response {
    let versions = try await registry.policies(limit: HostLimits.agreements)
    let visit = Visit(
      request, account: context.account, groupName: try await registry.groupName())
    let words = pages.words(in: visit.language)
    let latest = versions.first
    let rules = latest?.document
    // That the rules were given up is told among the versions; there is nothing else to show.
    let older = rules == nil ? versions[...] : versions.dropFirst()
    let shown = PolicyWords(words: words)
    let document = try problem?.text ?? PolicyText.text(of: rules ?? .standard)
    let problems = problem?.error.advice(in: visit.language).split(separator: "\n") ?? []
    return pages.response(
      "policy", for: visit,
      [
        "inForce": rules.map { document in
          [
            [
              "number": "\(latest?.number ?? 0)", "account": latest?.account ?? "",
              "written": words.moment(latest?.writtenMilliseconds ?? 0),
              "patrons": shown.patrons(of: document), "calendar": shown.calendar(of: document),
            ]
          ]
        } ?? [],
        "older": older.map { version in
          [
            "number": "\(version.number)", "account": version.account,
            "written": words.moment(version.writtenMilliseconds),
            "isEmpty": version.document == nil,
          ] as [String: Any]
        },
        "hasOlder": !older.isEmpty,
        "mayChange": context.account?.role == .coordinator,
        "document": document,
        "problems": problems.map { String($0) }, "hasProblems": !problems.isEmpty,
      ],
      status: problem == nil ? .ok : .unprocessableContent)
  }
}

/// Rules as the document that a person edits.
enum PolicyText {
  static func text(of document: PolicyDocument) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  static func document(_ text: String) throws(BadSettings) -> PolicyDocument {
    do {
      return try JSONDecoder().decode(PolicyDocument.self, from: Data(text.utf8))
    } catch {
      throw BadSettings(problems: [SettingsProblem(field: "JSON", rule: .notADocument)])
    }
  }
}

/// Rules in words, as a table shows them.
struct PolicyWords: Sendable {
  let words: HostWords

  func patrons(of document: PolicyDocument) -> [[String: Any]] {
    PatronKind.allCases.compactMap { kind in
      document.patrons[kind.rawValue].map { patrons in
        [
          "name": words.term("patrons-\(kind.rawValue)"), "limit": "\(patrons.itemLimit)",
          "blocks": words.term(patrons.blocksWhenOverdue ? "blocks" : "blocks-not"),
          "right": words.term("right-\(patrons.overriddenBy)"),
          "rules": [rule(patrons.usual, named: words.term("usual"))]
            + MaterialKind.allCases.compactMap { material in
              patrons.kinds[material.rawValue].map {
                rule($0, named: words.material(material.rawValue))
              }
            },
        ]
      }
    }
  }

  private func rule(_ rule: PolicyDocument.Rule, named name: String) -> [String: String] {
    [
      "kind": name, "period": period(rule.period), "renewals": "\(rule.renewals)",
      "limit": rule.itemLimit.map { "\($0)" } ?? "–",
    ]
  }

  private func period(_ text: String) -> String {
    switch LoanPeriod(text) {
    case .days(let count): words.language == .vietnamese ? "\(count) ngày" : "\(count) days"
    case .semester: words.term("period-semester")
    case .schoolYear: words.term("period-school-year")
    case .until(let day):
      words.language == .vietnamese
        ? "đến \(day.vietnameseText)" : "until \(day.vietnameseText)"
    case .onSiteOnly: words.term("period-on-site")
    case nil: text
    }
  }

  func calendar(of document: PolicyDocument) -> [[String: String]] {
    guard let calendar = document.calendar else { return [] }
    func day(_ text: String) -> String { (try? SchoolDay(text))?.vietnameseText ?? text }
    let weekdays = calendar.closedWeekdays.map { words.term("weekday-\($0)") }
    return [
      [
        "terms": calendar.semesters.map { "\(day($0.first)) – \(day($0.last))" }
          .joined(separator: "; "),
        "weekdays": weekdays.joined(separator: ", "),
        "days": calendar.closedDays.map(day).joined(separator: ", "),
      ]
    ]
  }
}
