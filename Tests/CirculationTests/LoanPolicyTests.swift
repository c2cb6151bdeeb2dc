import Circulation
import Labels
import Testing

@Suite struct LoanPolicyTests {
  private let policy = LoanPolicy.standard
  private let today = SchoolDay(number: 20_710)

  private func request(
    _ kind: MaterialKind, by patron: PatronKind = .pupil, having loans: [Loan] = [],
    onSiteOnly: Bool = false
  ) throws -> CheckoutRequest {
    let id = try #require(RecordID("TT.1"))
    return CheckoutRequest(
      item: try ItemID("TT1.TN.00001"),
      record: BibliographicRecord(
        id: id, title: "Dế Mèn phiêu lưu ký", kind: kind, isOnSiteOnly: onSiteOnly),
      patron: Patron(
        card: try CardNumber(library: try LibraryCode("TT1"), serial: 1), kind: patron),
      loans: loans, day: today)
  }

  private func loan(
    _ kind: MaterialKind = .children, dueIn days: Int = 3, renewals: Int = 0
  ) throws -> Loan {
    Loan(
      item: try ItemID("TT1.TN.00002"), kind: kind, due: today.adding(days: days),
      renewals: renewals)
  }

  @Test("lends a pupil two items and no third")
  func pupilsLimit() throws {
    #expect(policy.refusals(of: try request(.children, having: [try loan()])) == [])
    #expect(
      policy.refusals(of: try request(.children, having: [try loan(), try loan()]))
        == [.itemLimitReached(limit: 2)])
  }

  @Test("leaves the year's textbooks out of the limit")
  func textbooksDoNotCount() throws {
    let textbooks = try (0..<6).map { _ in try loan(.textbook, dueIn: 200) }
    #expect(policy.refusals(of: try request(.children, having: textbooks)) == [])
    let full = [try loan(), try loan()]
    #expect(policy.refusals(of: try request(.textbook, having: full)) == [])
  }

  @Test("lends no more of a kind than its own limit, however many others there are")
  func limitOfKind() throws {
    var policy = policy
    policy.pupil.itemLimit = 4
    policy.pupil.rules[.picture] = LoanRule(period: .days(3), renewalLimit: 0, itemLimit: 1)
    let picture = try loan(.picture)
    #expect(policy.refusals(of: try request(.picture, having: [try loan(), try loan()])) == [])
    #expect(
      policy.refusals(of: try request(.picture, having: [picture])) == [
        .kindLimitReached(limit: 1)
      ])
    #expect(policy.refusals(of: try request(.children, having: [picture])) == [])
  }

  @Test("lends nothing while a loan is overdue, and says how many are")
  func overdue() throws {
    let loans = [try loan(dueIn: -1), try loan(dueIn: 0)]
    let refusals = policy.refusals(of: try request(.children, having: loans))
    #expect(refusals.first == .overdueLoans(count: 1))
  }

  @Test(
    "keeps periodicals and dictionaries in the library", arguments: PatronKind.allCases)
  func onSiteOnly(patron: PatronKind) throws {
    let item = try ItemID("TT1.TN.00001")
    #expect(policy.refusals(of: try request(.periodical, by: patron)) == [.onSiteOnly(item)])
    #expect(
      policy.refusals(of: try request(.reference, by: patron, onSiteOnly: true))
        == [.onSiteOnly(item)])
  }

  @Test("renews once")
  func renewals() throws {
    let patron = try request(.children).patron
    let fresh = try loan()
    let renewed = try loan(renewals: 1)
    #expect(
      policy.refusals(ofRenewing: fresh, by: patron, having: [fresh], on: today) == [])
    #expect(
      policy.refusals(ofRenewing: renewed, by: patron, having: [renewed], on: today)
        == [.renewalLimitReached(limit: 1)])
  }
}

@Suite struct RefusalWordsTests {
  private let refusals: [Refusal]

  init() throws {
    let samples = try RefusalSamples()
    refusals = Array(sequence(first: samples.first) { samples.next(after: $0) })
  }

  @Test("says every refusal to everybody in both languages")
  func words() {
    for refusal in refusals {
      for audience in Audience.allCases {
        for language in Language.allCases {
          #expect(!refusal.words(for: audience, in: language).isEmpty, "\(refusal)")
        }
      }
    }
  }

  @Test("gives every rule a name and a librarian words of its own")
  func names() {
    // Two rules come in two shades each.
    #expect(Set(refusals.map(\.rule)).count == refusals.count - 2)
    #expect(!refusals.contains { $0.rule.isEmpty })
    for language in Language.allCases {
      let words = refusals.map { $0.words(for: .librarian, in: language) }
      #expect(Set(words).count == refusals.count)
    }
  }

  @Test("never speaks to a child of a debt")
  func noDebts() {
    for refusal in refusals {
      let vietnamese = refusal.words(for: .child, in: .vietnamese).lowercased()
      let english = refusal.words(for: .child, in: .english).lowercased()
      for word in ["quá hạn", "nợ", "mất", "phạt"] {
        #expect(!vietnamese.contains(word), "\(refusal)")
      }
      for word in ["overdue", "owe", "lost", "fine", "missing"] {
        #expect(!english.contains(word), "\(refusal)")
      }
    }
  }
}

/// One refusal of each case, as a chain that a switch holds: a new case does not compile before it
/// has its place.
private struct RefusalSamples {
  private let item: ItemID
  private let library: LibraryCode
  private let box: BoxNumber

  init() throws {
    item = try ItemID("TT1.TN.00001")
    library = try LibraryCode("TT")
    box = try BoxNumber(library: library, serial: 7)
  }

  var first: Refusal { .alreadyOnLoan(item, toSamePatron: true) }

  func next(after refusal: Refusal) -> Refusal? {
    switch refusal {
    case .alreadyOnLoan(_, toSamePatron: true): .alreadyOnLoan(item, toSamePatron: false)
    case .alreadyOnLoan: .notOnLoan(item)
    case .notOnLoan: .alreadyOnShelf(item)
    case .alreadyOnShelf: .onSiteOnly(item)
    case .onSiteOnly: .overdueLoans(count: 2)
    case .overdueLoans: .itemLimitReached(limit: 2)
    case .itemLimitReached: .kindLimitReached(limit: 1)
    case .kindLimitReached: .renewalLimitReached(limit: 1)
    case .renewalLimitReached: .renewalGainsNothing(item)
    case .renewalGainsNothing: .inBox(item, box: box)
    case .inBox: .atAnotherLibrary(item, library: library)
    case .atAnotherLibrary: .withdrawn(item)
    case .withdrawn: .alreadyMissing(item)
    case .alreadyMissing: .notMissing(item)
    case .notMissing: .unknownItem("TK.1")
    case .unknownItem: .unknownCard
    case .unknownCard: .cardBlocked
    case .cardBlocked: .overrideWithoutReason
    case .overrideWithoutReason: .nothingToUndo
    case .nothingToUndo: .alreadyUndone
    case .alreadyUndone: .movedSince(item)
    case .movedSince: .notUndoable
    case .notUndoable: .alreadyRegistered(item)
    case .alreadyRegistered: .labelInUse("P.TT1.00001")
    case .labelInUse: .notInSet(item)
    case .notInSet: .hasTitleAlready(item)
    case .hasTitleAlready: .noStockTaking
    case .noStockTaking: .stockTakingPaused
    case .stockTakingPaused: .stockTakingClosed
    case .stockTakingClosed: .overrideNotAllowed(needed: .administrator)
    case .overrideNotAllowed(needed: .administrator): .overrideNotAllowed(needed: .nobody)
    case .overrideNotAllowed: nil
    }
  }
}
