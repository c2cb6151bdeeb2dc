import Circulation
import Desk
import Hummingbird
import Serving

/// Whole classes: their lists, the sets they get, and what they read in the library.
struct ClassRoutes: Sendable {
  let desk: Desk

  func add(to group: RouterGroup<StationContext>) {
    group.post("rosters") { request, _ in try await roster(request) }
    group.post("patrons/search") { request, _ in try await search(request) }
    group.get("sets") { _, _ in try await sets() }
    group.post("sets") { request, _ in
      let posted = try await JSON.body(Posted.SetOfTitles.self, of: request)
      try await desk.save(
        set: posted.id, name: posted.name, records: posted.records, as: try posted.named())
      return try await sets()
    }
    group.post("sets/removals") { request, _ in
      let posted = try await JSON.body(Posted.SetRemoval.self, of: request)
      try await desk.remove(set: posted.id, as: try posted.named())
      return try await sets()
    }
    group.get("readings") { _, _ in try await readings() }
  }

  private func roster(_ request: Request) async throws -> Response {
    let posted = try await JSON.body(Posted.Roster.self, of: request)
    let entries = try await desk.roster(of: posted.schoolClass, set: posted.set)
    return try JSONAnswer.response(
      Answer.Roster(
        schoolClass: posted.schoolClass, pupils: entries.map { Answer.Pupil($0) }))
  }

  private func search(_ request: Request) async throws -> Response {
    let words = try await JSON.body(Posted.Search.self, of: request).words
    guard words.utf8.count <= StationLimits.searchBytes else {
      throw RequestError.fieldTooLong("words", limitBytes: StationLimits.searchBytes)
    }
    let found = try await desk.patrons(matching: words)
    return try JSONAnswer.response(
      Answer.FoundPatrons(patrons: found.map { Answer.FoundPatron($0) }))
  }

  private func sets() async throws -> Response {
    let sets = try await desk.titleSets()
    return try JSONAnswer.response(
      Answer.Sets(sets: sets.map { Answer.SetOfTitles($0.set, titles: $0.titles) }))
  }

  private func readings() async throws -> Response {
    let readings = try await desk.readingsToday()
    return try JSONAnswer.response(
      Answer.Readings(
        day: desk.today.description,
        readings: readings.map { Answer.ReadingCount($0.key, count: $0.count) }))
  }
}
