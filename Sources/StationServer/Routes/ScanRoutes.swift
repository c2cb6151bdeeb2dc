import Desk
import FoundationEssentials
import Hummingbird
import Journal
package import Labels
import Serving

/// Reads the codes in the bytes of a picture.
package typealias PictureReader = @Sendable (_ bytes: [UInt8]) async throws -> [ScannedCode]

/// What is it? Answers about codes, pictures of codes, and words of titles; changes nothing.
struct ScanRoutes: Sendable {
  let desk: Desk
  let readPicture: PictureReader
  private let budget = ByteBudget(StationLimits.picturesBytes)

  init(desk: Desk, readPicture: @escaping PictureReader) {
    self.desk = desk
    self.readPicture = readPicture
  }

  private static let pictureTypes: Set<String> = [
    "image/png", "image/jpeg", "application/octet-stream",
  ]

  func add(to group: RouterGroup<StationContext>) {
    group.post("scan") { request, context in
      try await scan(request, seenBy: context.role)
    }
    group.post("scan/image") { request, context in
      try await scanPicture(request, seenBy: context.role)
    }
    group.post("search") { request, _ in try await search(request) }
    group.post("notes/search") { request, _ in try await notes(request) }
  }

  private func scan(_ request: Request, seenBy role: Role) async throws -> Response {
    let posted = try await JSON.body(Posted.Scan.self, of: request)
    let found = try await desk.recognise(ScannedCode(reported: posted.text))
    return try JSONAnswer.response(Answer.Recognition(found, seenBy: role))
  }

  private func scanPicture(
    _ request: Request, seenBy role: Role
  ) async throws -> Response {
    let mediaType = request.mediaType
    guard Self.pictureTypes.contains(mediaType) else { throw RequestError.notAPicture(mediaType) }
    let length = request.headers[.contentLength].flatMap { Int($0) }
    let bytes = try await budget.spending(length ?? StationLimits.pictureBytes) {
      let body = try await request.body(
        upTo: StationLimits.pictureBytes, within: StationLimits.pictureTime)
      return Array(body.readableBytesView)
    }
    let codes = try await readPicture(bytes)
    var answers: [Answer.PictureCode] = []
    for code in codes.prefix(StationLimits.codesPerPicture) {
      let recognition = Answer.Recognition(
        try await desk.recognise(code), seenBy: role)
      answers.append(
        Answer.PictureCode(
          text: code.text, symbology: code.symbology?.name, recognition: recognition))
    }
    return try JSONAnswer.response(
      Answer.Picture(codes: answers, words: Words { Self.words(for: answers.count, in: $0) }))
  }

  private func search(_ request: Request) async throws -> Response {
    let words = try await JSON.body(Posted.Search.self, of: request).words
    guard words.utf8.count <= StationLimits.searchBytes else {
      throw RequestError.fieldTooLong("words", limitBytes: StationLimits.searchBytes)
    }
    let titles = try await desk.titles(matching: words, limit: StationLimits.titles)
    return try JSONAnswer.response(
      Answer.Titles(titles: titles.map { Answer.Title($0.record, copies: $0.copies) }))
  }

  private func notes(_ request: Request) async throws -> Response {
    let posted = try await JSON.body(Posted.NotesOf.self, of: request)
    let (item, notes) = try await desk.notes(on: posted.item)
    return try JSONAnswer.response(
      Answer.Notes(item, notes: notes, offsetMinutes: desk.settings.offsetMinutes))
  }

  private static func words(for count: Int, in language: Language) -> String {
    switch (count, language) {
    case (0, .vietnamese): "Không thấy mã nào trong ảnh. Hãy chụp gần hơn, đủ sáng, không nghiêng."
    case (0, .english): "No code was found in the photo. Go closer, with more light, held straight."
    case (_, .vietnamese): "Đã đọc \(count) mã trong ảnh."
    case (1, .english): "1 code was read from the photo."
    case (_, .english): "\(count) codes were read from the photo."
    }
  }
}
