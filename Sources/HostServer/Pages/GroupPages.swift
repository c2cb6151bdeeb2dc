import Circulation
import Credentials
import Exchange
import Hummingbird
import Labels
import Registry

/// The group: who belongs to it, what each shares, and what they have agreed upon.
struct GroupPages: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  private static let path = "/nhom"

  func add(to router: Router<HostContext>) {
    router.get("/nhom") { request, context in try await show(request, context, nil) }
    router.post("/nhom/thanh-vien") { request, context in
      try await change(request, context) { form, author in
        try await registry.setMember(try member(form), by: author)
      }
    }
    router.post("/nhom/roi-nhom") { request, context in
      try await change(request, context) { form, author in
        try await registry.memberLeaves(try library(form), by: author)
      }
    }
    router.post("/nhom/thoa-thuan") { request, context in
      try await change(request, context) { form, author in
        guard let day = try? SchoolDay(form.text("day")) else { throw FormError.badField("day") }
        try await registry.writeAgreement(
          title: try form.text("title", upTo: Agreement.longestTitle),
          body: try form.text("body", upTo: Agreement.longestBody), inForce: day, by: author)
      }
    }
  }

  private func library(_ form: HostForm) throws(FormError) -> LibraryCode {
    guard let code = try? LibraryCode(form.text("library")) else {
      throw .badField("library")
    }
    return code
  }

  private func member(_ form: HostForm) throws(FormError) -> MemberChange {
    guard let audience = ShareAudience(rawValue: form.text("audience")) else {
      throw .badField("audience")
    }
    return MemberChange(
      library: try library(form), name: try form.text("name", upTo: Member.longestName),
      shares: Set(form.all("shares").compactMap { SharedThing(rawValue: $0) }),
      audience: audience)
  }

  private func change(
    _ request: Request, _ context: HostContext,
    _ work: (HostForm, String) async throws -> Void
  ) async throws -> Response {
    guard let author = context.account else { throw RoleNeeded() }
    let form = try await HostForm(request)
    do {
      try await work(form, author.name.text)
      return .redirect(to: Self.path, type: .normal)
    } catch let error as FormError {
      return try await show(request, context, error)
    } catch let error as RegistryError where error.isAboutWriting {
      return try await show(request, context, error)
    }
  }

  private func show(
    _ request: Request, _ context: HostContext, _ problem: (any Error)?
  ) async throws -> Response {
    let group = try await registry.groupPapers(agreementLimit: HostLimits.agreements)
    let visit = Visit(request, account: context.account, groupName: group.name)
    let words = pages.words(in: visit.language)
    let refusal = problem.map { HostRefusal($0) }
    let agreements = group.agreements.map { agreement($0, words) }
    return pages.response(
      "group", for: visit,
      [
        "members": group.members.map { member($0, words) }, "hasMembers": !group.members.isEmpty,
        "agreement": agreements.prefix(1).map(\.self), "older": agreements.dropFirst().map(\.self),
        "hasOlder": agreements.count > 1,
        "mayChange": context.account?.role == .coordinator,
        "things": SharedThing.allCases.map {
          Choice.content($0.rawValue, words.term("share-\($0.rawValue)"), chosen: $0 != .digital)
        },
        "audiences": ShareAudience.allCases.map {
          Choice.content(
            $0.rawValue, words.term("audience-\($0.rawValue)"), chosen: $0 == .group)
        },
        "problems": refusal.map { [$0.message.advice(in: visit.language)] } ?? [],
      ], status: refusal?.status ?? .ok)
  }

  private func member(_ member: Member, _ words: HostWords) -> [String: Any] {
    let shares = SharedThing.allCases.filter { member.shares.contains($0) }
      .map { words.term("share-\($0.rawValue)") }
    return [
      "library": member.library.text, "name": member.name,
      "joined": SchoolDay(unixMilliseconds: member.joinedMilliseconds).vietnameseText,
      "left": member.leftMilliseconds.map {
        [SchoolDay(unixMilliseconds: $0).vietnameseText]
      } ?? [],
      "isMember": member.leftMilliseconds == nil,
      "shares": shares.isEmpty ? words.term("shares-nothing") : shares.joined(separator: ", "),
      "audience": words.term("audience-\(member.audience.rawValue)"),
    ]
  }

  private func agreement(_ agreement: Agreement, _ words: HostWords) -> [String: Any] {
    [
      "number": "\(agreement.number)", "title": agreement.title,
      "inForce": SchoolDay(number: agreement.inForceDay).vietnameseText,
      "account": agreement.account, "written": words.moment(agreement.writtenMilliseconds),
      "paragraphs": agreement.body.split(whereSeparator: \.isNewline).map { String($0) },
    ]
  }
}
