package import Exchange
package import Ledger

/// What a letter from a stick came to.
package struct StickOutcome: Sendable {
  package let station: StationID
  /// The reply as it is written back to the stick.
  package let reply: [UInt8]
  package let newCount: Int
  package let knownCount: Int
  /// Entries of the feed in the reply.
  package let feedCount: Int
  /// Why the host stopped, where it did.
  package let refusal: ExchangeError?
}

extension GroupRegistry {
  /// The key to which stations encrypt what they send on a stick.
  package var stickKey: StickKey {
    get throws(ExchangeError) { try key.stickKey }
  }

  /// Applies the batches of a letter one after the other, and answers with receipts and the feed.
  ///
  /// A batch that is refused ends the letter, since those after it go on from it; the reply says
  /// why. The same letter again changes nothing and is answered again.
  /// - Throws: `ExchangeError` for a letter that can't be read, `RegistryError` for a store that
  ///   fails.
  package func answer(_ letter: [UInt8]) async throws -> StickOutcome {
    let letter = try StickLetter.open(letter, with: key)
    var receipts: [[UInt8]] = []
    var (newCount, knownCount) = (0, 0)
    var refusal: ExchangeError?
    do {
      for batch in letter.batches {
        guard try SealedBatch(batch).station == letter.station else {
          throw ExchangeError.eventOfAnother(sequence: 0)
        }
        let application = try await apply(batch)
        receipts.append(application.sealedReceipt)
        newCount += application.receipt.newCount
        knownCount += application.receipt.knownCount
      }
    } catch let error as ExchangeError {
      refusal = error
    }
    var (pages, feedCount): ([[UInt8]], Int) = ([], 0)
    do {
      (pages, feedCount) = try await feedPages(answering: letter)
    } catch let error as ExchangeError {
      refusal = refusal ?? error
    }
    let reply = StickReply(
      station: letter.station, receipts: receipts, pages: pages, refusal: refusal)
    return StickOutcome(
      station: letter.station, reply: try reply.sealed(with: key), newCount: newCount,
      knownCount: knownCount, feedCount: feedCount, refusal: refusal)
  }

  /// All pages of the feed that the station lacks, as far as a reply holds them.
  private func feedPages(
    answering letter: StickLetter
  ) async throws -> (pages: [[UInt8]], entryCount: Int) {
    let sealed = try SealedFeedRequest(letter.feedRequest)
    guard sealed.station == letter.station else { throw ExchangeError.pageOfAnother }
    let request = try await openFeedRequest(sealed)
    var (pages, entryCount): ([[UInt8]], Int) = ([], 0)
    var checkpoint = request.checkpoint
    repeat {
      let page = try await feedPage(answering: request, from: checkpoint)
      pages.append(try page.sealed(with: key))
      entryCount += page.run.entries.count
      checkpoint = page.run.checkpoint
      if page.run.isLast { break }
    } while pages.count < StickLimits.pages
    return (pages, entryCount)
  }
}
