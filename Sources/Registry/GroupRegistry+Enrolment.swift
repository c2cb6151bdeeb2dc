package import Exchange
package import Labels
package import Ledger

extension GroupRegistry {
  private static let millisecondsPerDay: Int64 = 86_400_000

  /// Makes a one-time code for a station of a library, good for some days.
  package func invite(
    _ library: LibraryCode, days: Int = Invitation.usualDays
  ) async throws -> EnrolmentCode {
    var generator = SystemRandomNumberGenerator()
    let code = EnrolmentCode.make(using: &generator)
    let days = min(max(days, Invitation.days.lowerBound), Invitation.days.upperBound)
    let now = nowMilliseconds()
    let invitation = Invitation(
      library: library, secret: code.secret,
      expiresMilliseconds: now + Int64(days) * Self.millisecondsPerDay)
    try await store.write { books in
      try books.save(invitation)
      try books.write(
        .invited, by: AuditEntry.console, on: library.text, detail: "\(days)",
        atMilliseconds: now)
    }
    return code
  }

  /// Enrols the station that knows a code, and gives the sealed answer.
  ///
  /// The station's key is pinned to a new epoch; the one before ends where its events end. The same
  /// request may come again, as an answer may be lost: it gets the same answer.
  /// - Throws: `ExchangeError` for a request that is refused.
  package func enrol(_ bytes: [UInt8]) async throws -> [UInt8] {
    let sealed = try SealedEnrolmentRequest(bytes)
    let request = sealed.request
    let now = nowMilliseconds()
    return try await store.write { books in
      let library = request.station.library
      guard let invitation = try books.invitation(of: library, id: sealed.secretID) else {
        throw ExchangeError.wrongCode
      }
      try sealed.refuseWhenUnproven(by: invitation.secret)
      let epoch = try invitation.epochOfRepeat(request, at: now) ?? begin(request, in: books)
      let use = Invitation.Use(station: request.station, epoch: epoch, key: request.key)
      try books.save(invitation.used(by: use))
      let answer = EnrolmentAnswer(
        station: request.station, epoch: epoch, groupName: try books.groupName(),
        hostKey: verifyingKey, stickKey: try key.stickKey)
      return try answer.sealed(with: key, proving: invitation.secret, answering: bytes)
    }
  }

  /// Pins the key to the station's next epoch, and ends the one before.
  private func begin(
    _ request: EnrolmentRequest, in books: any RegistryTransaction
  ) throws -> Epoch {
    let latest = try books.stations().first { $0.enrolment.station == request.station }
    var epoch = Epoch.first
    if let latest {
      guard latest.enrolment.key != request.key || latest.closing != nil else {
        return latest.enrolment.epoch
      }
      guard let next = latest.enrolment.epoch.next else {
        throw ExchangeError.wrongEpoch(expected: latest.cursor)
      }
      epoch = next
      if latest.closing == nil {
        try books.close(
          request.station, epoch: latest.enrolment.epoch,
          EpochClosing(end: .replaced, lastTrusted: latest.cursor.sequence))
      }
    }
    try books.enrol(
      Enrolment(
        station: request.station, epoch: epoch, libraryName: request.libraryName,
        key: request.key))
    return epoch
  }

  /// Ends the trust in a station's key after a sequence number, or after all that is here.
  ///
  /// Events that come later are kept aside. Events after the number that were applied before stay
  /// in the books, since what happened has happened, and each is noted for somebody to look at.
  /// - Returns: the last trusted position.
  package func revoke(
    _ station: StationID, lastTrusted: Int64? = nil
  ) async throws -> Position {
    let now = nowMilliseconds()
    return try await store.write { books in
      guard let latest = try books.stations().first(where: { $0.enrolment.station == station })
      else { throw RegistryError.noSuchStation(station) }
      let epoch = latest.enrolment.epoch
      let last = lastTrusted ?? latest.cursor.sequence
      guard (0...latest.cursor.sequence).contains(last) else {
        throw RegistryError.notReached(latest.cursor)
      }
      try books.close(station, epoch: epoch, EpochClosing(end: .revoked, lastTrusted: last))
      try books.note(
        try Self.conflicts(after: last, of: station, epoch, in: books), atMilliseconds: now)
      try books.write(
        .revoked, by: AuditEntry.console, on: station.text, detail: "\(epoch).\(last)",
        atMilliseconds: now)
      return try books.position(of: station, epoch: epoch, sequence: last)
    }
  }

  private static func conflicts(
    after sequence: Int64, of station: StationID, _ epoch: Epoch, in books: any RegistryReader
  ) throws -> [Conflict] {
    var conflicts: [Conflict] = []
    try books.forEachEvent(of: station, epoch: epoch, after: sequence) { stored in
      let event = EventReference(station: station, epoch: epoch, sequence: stored.sequence)
      let act = (try? Event(encoded: stored.bytes).fact.name) ?? ""
      conflicts.append(Conflict(event: event, name: "after-revocation", act: act, item: nil))
      return true
    }
    return conflicts
  }

  /// The latest events that were kept aside, and how many there are.
  package func quarantine() async throws -> (events: [QuarantinedEvent], count: Int) {
    try await store.read { books in
      (try books.quarantined(limit: GroupOverview.longestList), try books.quarantineCount())
    }
  }
}

extension Invitation {
  /// The epoch that the same request got before, or `nil` where the code is still unused.
  fileprivate func epochOfRepeat(
    _ request: EnrolmentRequest, at now: Int64
  ) throws(ExchangeError) -> Epoch? {
    if let use {
      guard use.station == request.station, use.key == request.key else { throw .usedCode }
      return use.epoch
    }
    guard now <= expiresMilliseconds else { throw .expiredCode }
    return nil
  }
}
