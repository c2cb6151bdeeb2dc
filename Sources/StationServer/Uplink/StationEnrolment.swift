package import Exchange
package import Journal
package import Ledger

/// Enrols a station at a host with a one-time code, and takes what the host has of it already.
///
/// A machine that takes the place of another, whose disk was lost, gets the library's state and
/// its events; what was recorded on it before is carried over into the epoch that begins. Every
/// step may be repeated: a run that was cut short is finished by the same command.
package struct StationEnrolment: Sendable {
  private let journal: Journal
  private let keys: StationKeys
  private let url: String
  private let link: any HostLink

  package init(journal: Journal, keys: StationKeys, url: String, link: any HostLink) {
    self.journal = journal
    self.keys = keys
    self.url = url
    self.link = link
  }

  /// What an enrolment came to.
  package struct Report: Hashable, Sendable {
    package let epoch: Epoch
    package let groupName: String
    package let hostKey: VerifyingKey
    /// Events of this station that came from the host.
    package let historyCount: Int64
  }

  /// Enrols the station under a code.
  ///
  /// - Throws: `UplinkError` or `JournalError`; nothing is lost, and the same code goes on.
  package func enrol(with code: EnrolmentCode) async throws -> Report {
    let key = try keys.enrolmentKey(for: code)
    let answer = try await ask(with: code, key)
    let settings = try UplinkSettings(url: url, hostKey: answer.hostKey)
    let host = HostClient(link: link, hostKey: answer.hostKey)
    let copy = HistoryCopy(journal: journal, host: host, signer: (answer.epoch, key))
    var historyCount: Int64 = 0
    for number in 1..<max(1, answer.epoch.number) {
      guard let epoch = Epoch(number) else { continue }
      let end = try await copy.hostEnd(of: epoch)
      historyCount += end.page.cursor.sequence
      try await copy.complete(epoch, upTo: end)
    }
    let isRepeat = try await hasBegun(answer.epoch, asking: copy)
    if !isRepeat {
      try keys.installEnrolmentKey(for: code, as: answer.epoch)
      try await begin(answer.epoch)
    }
    try await settings.save(to: journal)
    try await StickExchange(journal: journal).trust(answer.stickKey)
    return Report(
      epoch: answer.epoch, groupName: answer.groupName, hostKey: answer.hostKey,
      historyCount: historyCount)
  }

  /// Whether the code was used long ago: the host has events of the epoch that it was for.
  private func hasBegun(_ epoch: Epoch, asking copy: HistoryCopy) async throws -> Bool {
    let page = try await copy.hostEnd(of: epoch).page
    return page.cursor.sequence > 0 || page.end != nil
  }

  /// Begins the epoch; what was recorded here in later ones, which a restored host does not know,
  /// is carried over into it.
  private func begin(_ epoch: Epoch) async throws {
    if try await journal.epoch() > epoch {
      try await journal.adopt([], after: .start(of: journal.station, epoch: epoch))
    }
    try await journal.begin(epoch)
  }

  private func ask(
    with code: EnrolmentCode, _ key: SigningKey
  ) async throws -> EnrolmentAnswer {
    let request = try EnrolmentRequest(
      station: journal.station, libraryName: journal.libraryName, key: key.verifyingKey
    ).sealed(with: key, proving: code.secret)
    let bytes = try await HostClient.post(
      request, as: ExchangeMediaType.enrolment, to: ExchangePath.enrolments,
      answerLimitBytes: ExchangeLimits.enrolmentBytes, over: link)
    do throws(ExchangeError) {
      let answer = try EnrolmentAnswer.open(bytes, provenBy: code.secret, answering: request)
      guard answer.station == journal.station else { throw .pageOfAnother }
      return answer
    } catch {
      throw UplinkError.badReceipt(error)
    }
  }
}
