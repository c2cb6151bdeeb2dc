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
  /// Every rule that a checkout would break, in the order in which a person should hear of them.
  package func refusals(of request: CheckoutRequest) -> [Refusal] {
    let policy = policy(for: request.patron.kind)
    return [
      refusal { () throws(Refusal) in try refuseWhenOnSiteOnly(request, policy) },
      refusal { () throws(Refusal) in
        try refuseWhenOverdue(request.loans, policy, on: request.day)
      },
      refusal { () throws(Refusal) in try refuseWhenAtLimit(request, policy) },
      refusal { () throws(Refusal) in try refuseWhenAtLimitOfKind(request, policy) },
    ].compactMap(\.self)
  }

  /// Every rule that a renewal would break, in the order in which a person should hear of them.
  package func refusals(
    ofRenewing loan: Loan, by patron: Patron, having loans: [Loan], on day: SchoolDay
  ) -> [Refusal] {
    let policy = policy(for: patron.kind)
    return [
      refusal { () throws(Refusal) in try refuseWhenRenewedOut(loan, policy) },
      refusal { () throws(Refusal) in try refuseWhenOverdue(loans, policy, on: day) },
    ].compactMap(\.self)
  }

  /// For how long an item of a title is lent to a kind of patron.
  ///
  /// A title that is marked so is read in the library, whatever the rule of its kind says.
  package func period(of record: BibliographicRecord, for patron: PatronKind) -> LoanPeriod {
    record.isOnSiteOnly ? .onSiteOnly : policy(for: patron).rule(for: record.kind).period
  }
}

/// What a rule throws, as a value.
private func refusal(_ rule: () throws(Refusal) -> Void) -> Refusal? {
  do throws(Refusal) {
    try rule()
    return nil
  } catch {
    return error
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

/// Refuses one item too many of a kind that has a limit of its own.
private func refuseWhenAtLimitOfKind(
  _ request: CheckoutRequest, _ policy: PatronPolicy
) throws(Refusal) {
  guard let limit = policy.rule(for: request.record.kind).itemLimit else { return }
  let sameKind = request.loans.count { $0.kind == request.record.kind }
  if sameKind >= limit { throw .kindLimitReached(limit: limit) }
}

/// Refuses a renewal beyond the number that the policy allows.
private func refuseWhenRenewedOut(_ loan: Loan, _ policy: PatronPolicy) throws(Refusal) {
  let limit = policy.rule(for: loan.kind).renewalLimit
  if loan.renewals >= limit { throw .renewalLimitReached(limit: limit) }
}
