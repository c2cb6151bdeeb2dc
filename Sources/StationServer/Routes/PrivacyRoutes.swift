import Circulation
import Desk
import Hummingbird
import Journal
import Labels
import Ledger
import Serving

/// One patron's data: what is kept, what was agreed to, and its erasure.
///
/// Cards come in bodies, never in an address.
struct PrivacyRoutes: Sendable {
  let desk: Desk

  func add(to group: RouterGroup<StationContext>) {
    group.post("patrons/export") { request, _ in
      let card = try card(try await JSON.body(Posted.CardAct.self, of: request).card)
      return try JSONAnswer.response(try await data(of: card))
    }
    group.post("patrons/consents") { request, _ in
      let posted = try await JSON.body(Posted.ConsentAct.self, of: request)
      return try JSONAnswer.response(try await record(posted))
    }
    group.post("patrons/erase") { request, _ in
      let posted = try await JSON.body(Posted.Erasure.self, of: request)
      let acts = try await desk.journal.erase(try card(posted.card), as: try posted.named().id)
      return try JSONAnswer.response(Answer.Erased(acts: acts) { Self.erased(in: $0) })
    }
    group.post("patrons/unlink") { request, _ in
      let operation = try await JSON.body(Posted.Named.self, of: request).named().id
      let year = SchoolYear(containing: desk.today)
      let count = try await desk.journal.unlinkClosedLoans(before: year, as: operation)
      return try JSONAnswer.response(
        Answer.Erased(acts: count) { Self.unlinked(count, in: $0) })
    }
  }

  private func record(_ posted: Posted.ConsentAct) async throws -> Answer.PatronData {
    let card = try card(posted.card)
    guard let giver = Consent.Giver(rawValue: posted.giver) else {
      throw RequestError.badField("giver")
    }
    let (journal, operation) = (desk.journal, try posted.named().id)
    if posted.withdrawn ?? false {
      try await journal.withdrawConsent(of: card, to: posted.version, by: giver, as: operation)
    } else {
      try await journal.recordConsent(of: card, to: posted.version, by: giver, as: operation)
    }
    return try await data(of: card)
  }

  private func data(of card: CardNumber) async throws -> Answer.PatronData {
    let offset = desk.settings.offsetMinutes
    let data = try await desk.journal.read { try $0.data(of: card) }
    return Answer.PatronData(data, offsetMinutes: offset)
  }

  private func card(_ text: String) throws -> CardNumber {
    guard case .card(let card) = desk.settings.labels.read(ScannedCode(reported: text)) else {
      throw PrivacyError.unknownCard
    }
    return card
  }

  private static func erased(in language: Language) -> String {
    switch language {
    case .vietnamese: "Đã xóa. Không còn biết được ai đã mượn những cuốn đó."
    case .english: "Erased. Nobody can tell any more who had those books."
    }
  }

  private static func unlinked(_ count: Int, in language: Language) -> String {
    switch language {
    case .vietnamese: "Đã gỡ tên khỏi các lượt mượn năm học cũ của \(count) thẻ."
    case .english: "The closed loans of past years are unlinked from \(count) cards."
    }
  }
}

extension Posted {
  struct CardAct: Decodable {
    let card: String
  }

  struct Erasure: ActRequest {
    let operation: String
    let device: String?
    let card: String
  }

  struct ConsentAct: ActRequest {
    let operation: String
    let device: String?
    let card: String
    let version: String
    let giver: String
    /// Takes the consent back.
    let withdrawn: Bool?
  }
}

extension Answer {
  /// All that is kept of one patron; `openapi.json` describes it.
  struct PatronData: Encodable, Sendable {
    struct Consent: Encodable, Sendable {
      let version: String
      let giver: String
      let given: String
      let withdrawn: String?
    }

    struct Act: Encodable, Sendable {
      let time: String
      let act: String
      let item: String?
      let title: String?
      let due: String?
      let reason: String?
    }

    let card: String
    let name: String
    let kind: String
    let schoolClass: String?
    let otherCards: [String]
    let consents: [Consent]
    let acts: [Act]
  }

  struct Erased: Encodable, Sendable {
    let acts: Int
    let words: Words

    init(acts: Int, words: (Language) -> String) {
      self.acts = acts
      self.words = Words(words)
    }
  }
}

extension Answer.PatronData {
  init(_ data: PatronData, offsetMinutes: Int) {
    func text(_ milliseconds: Int64) -> String {
      RFC3339.text(unixMilliseconds: milliseconds, offsetMinutes: offsetMinutes)
    }
    card = data.patron.card.label
    name = data.name
    kind = data.patron.kind.rawValue
    schoolClass = data.patron.schoolClass?.text
    otherCards = data.otherCards
    consents = data.consents.map {
      Consent(
        version: $0.version, giver: $0.giver.rawValue, given: text($0.givenMilliseconds),
        withdrawn: $0.withdrawnMilliseconds.map(text))
    }
    acts = data.acts.map {
      Act(
        time: text($0.event.moment.wallMilliseconds), act: $0.event.fact.name,
        item: $0.event.fact.move?.item.text, title: $0.title,
        due: $0.event.fact.due?.description, reason: $0.reason)
    }
  }
}
