import Exchange
import Journal
import Labels
import Ledger
import Registry
import StationServer
import Synchronization
import TestSupport

/// A link that keeps every answer that came over it, by path.
final class RecordingLink: HostLink {
  private let link: any HostLink
  private let kept = Mutex<[String: [HostAnswer]]>([:])

  init(_ link: any HostLink) {
    self.link = link
  }

  var answers: [String: [HostAnswer]] { kept.withLock(\.self) }

  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes: Int
  ) async throws(UplinkError) -> HostAnswer {
    let answer = try await link.post(
      bytes, as: mediaType, to: path, answerLimitBytes: answerLimitBytes)
    kept.withLock { $0[path, default: []].append(answer) }
    return answer
  }
}

/// A link on which one path always gives the same old answer.
struct ReplayingLink: HostLink {
  private let link: any HostLink
  private let path: String
  private let answer: HostAnswer

  init(_ link: any HostLink, at path: String, answer: HostAnswer) {
    self.link = link
    self.path = path
    self.answer = answer
  }

  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes: Int
  ) async throws(UplinkError) -> HostAnswer {
    guard path != self.path else { return answer }
    return try await link.post(
      bytes, as: mediaType, to: path, answerLimitBytes: answerLimitBytes)
  }
}

/// A link on which the station's other process takes the feed in before the first answer arrives.
final class OvertakenLink: HostLink {
  private let link: any HostLink
  private let overtake: @Sendable () async throws(UplinkError) -> Void
  private let isOvertaken = Mutex(false)

  init(_ link: any HostLink, overtake: @escaping @Sendable () async throws(UplinkError) -> Void) {
    self.link = link
    self.overtake = overtake
  }

  func post(
    _ bytes: [UInt8], as mediaType: String, to path: String, answerLimitBytes: Int
  ) async throws(UplinkError) -> HostAnswer {
    let answer = try await link.post(
      bytes, as: mediaType, to: path, answerLimitBytes: answerLimitBytes)
    let isFirst =
      path == ExchangePath.feed
      && isOvertaken.withLock { isOvertaken in
        defer { isOvertaken = true }
        return !isOvertaken
      }
    if isFirst { try await overtake() }
    return answer
  }
}

extension HostFixture {
  /// What a station without cards is told, of everything that has a number: one of this library, or
  /// of the first one.
  func told(at library: LibraryCode? = nil) async throws -> Set<FeedEntry> {
    try await store.read { books in
      guard let library = try library ?? books.stations().first?.enrolment.station.library
      else { return [] }
      var (told, last): (Set<FeedEntry>, Int64) = ([], 0)
      while true {
        let slice = try books.feed(after: last, seenBy: books.view(of: library))
        // What is taken back is told of to those who had it, and kept by nobody.
        told.formUnion(slice.entries.filter { $0.name.kind != FeedKind.takenBack })
        last = slice.last
        if slice.isAtEnd { return told }
      }
    }
  }
}

extension Machine {
  /// All that the host has told this station.
  func told() async throws -> Set<FeedEntry> {
    try await journal.read { view in
      var told: Set<FeedEntry> = []
      try view.forEachFeedEntry { told.insert($0) }
      return told
    }
  }
}
