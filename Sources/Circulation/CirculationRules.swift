package import Labels

/// A loan asked for at the desk, with all that the rules look at.
package struct CheckoutRequest: Sendable {
  package var item: ItemID
  package var record: BibliographicRecord
  package var patron: Patron
  /// What the patron has already.
  package var loans: [Loan]
  package var day: SchoolDay

  package init(
    item: ItemID, record: BibliographicRecord, patron: Patron, loans: [Loan], day: SchoolDay
  ) {
    self.item = item
    self.record = record
    self.patron = patron
    self.loans = loans
    self.day = day
  }
}

extension LoanPolicy {
  /// The first rule that a checkout would break, or `nil` when it may go ahead.
  package func refusal(of request: CheckoutRequest) -> Refusal? {
    let policy = policy(for: request.patron.kind)
    do throws(Refusal) {
      try refuseWhenOnSiteOnly(request, policy)
      try refuseWhenOverdue(request.loans, policy, on: request.day)
      try refuseWhenAtLimit(request, policy)
      return nil
    } catch {
      return error
    }
  }

  /// The first rule that a renewal would break, or `nil` when it may go ahead.
  package func refusal(
    ofRenewing loan: Loan, by patron: Patron, having loans: [Loan], on day: SchoolDay
  ) -> Refusal? {
    let policy = policy(for: patron.kind)
    do throws(Refusal) {
      try refuseWhenRenewedOut(loan, policy)
      try refuseWhenOverdue(loans, policy, on: day)
      return nil
    } catch {
      return error
    }
  }
}

/// Refuses what is read in the library only: dictionaries, periodicals, what the policy says.
private func refuseWhenOnSiteOnly(
  _ request: CheckoutRequest, _ policy: PatronPolicy
) throws(Refusal) {
  let rule = policy.rule(for: request.record.kind)
  if request.record.isOnSiteOnly || rule.period == .onSiteOnly {
    throw .onSiteOnly(request.item)
  }
}

/// Refuses a patron who still has an overdue loan, where the policy blocks for that.
private func refuseWhenOverdue(
  _ loans: [Loan], _ policy: PatronPolicy, on day: SchoolDay
) throws(Refusal) {
  let overdue = loans.count { $0.isOverdue(on: day) }
  if policy.blocksWhenOverdue, overdue > 0 { throw .overdueLoans(count: overdue) }
}

/// Refuses one item too many; loans that do not count towards the limit are left out.
private func refuseWhenAtLimit(
  _ request: CheckoutRequest, _ policy: PatronPolicy
) throws(Refusal) {
  guard policy.rule(for: request.record.kind).countsTowardsLimit else { return }
  let counted = request.loans.count { policy.rule(for: $0.kind).countsTowardsLimit }
  if counted >= policy.itemLimit { throw .itemLimitReached(limit: policy.itemLimit) }
}

/// Refuses a renewal beyond the number that the policy allows.
private func refuseWhenRenewedOut(_ loan: Loan, _ policy: PatronPolicy) throws(Refusal) {
  let limit = policy.rule(for: loan.kind).renewalLimit
  if loan.renewals >= limit { throw .renewalLimitReached(limit: limit) }
}
