import Credentials
import Exchange
import Hummingbird
import Registry

/// Who may sign in at the host; for coordinators.
struct AccountPages: Sendable {
  let registry: GroupRegistry
  let pages: HostPages

  func add(to router: Router<HostContext>) {
    router.get("/tai-khoan") { request, context in try await show(request, context, nil) }
    router.post("/tai-khoan") { request, context in
      try await change(request, context) { form, author in
        guard let role = HostRole(rawValue: form.text("role")) else {
          throw FormError.badField("role")
        }
        let account = HostAccount(name: try AccountName(form.text("name")), role: role)
        try await registry.setAccount(account, password: form.exact("password"), by: author)
      }
    }
    router.post("/tai-khoan/xoa") { request, context in
      try await change(request, context) { form, author in
        try await registry.removeAccount(try AccountName(form.text("name")), by: author)
      }
    }
  }

  /// Does what a form asks; what is wrong with it is told on the page.
  private func change(
    _ request: Request, _ context: HostContext,
    _ work: (HostForm, String) async throws -> Void
  ) async throws -> Response {
    guard let author = context.account else { throw RoleNeeded() }
    let form = try await HostForm(request)
    do {
      try await work(form, author.name.text)
      return .redirect(to: "/tai-khoan", type: .normal)
    } catch let error as AccessError {
      return try await show(request, context, error)
    } catch let error as FormError {
      return try await show(request, context, error)
    }
  }

  private func show(
    _ request: Request, _ context: HostContext, _ problem: (any Error)?
  ) async throws -> Response {
    let accounts = try await registry.accounts()
    let visit = Visit(
      request, account: context.account, groupName: try await registry.groupName())
    let words = pages.words(in: visit.language)
    let refusal = problem.map { HostRefusal($0) }
    return pages.response(
      "accounts", for: visit,
      [
        "accounts": accounts.map { ["name": $0.name.text, "role": words.role($0.role)] },
        "roles": HostRole.allCases.map {
          Choice.content($0.rawValue, words.role($0), chosen: $0 == .cataloguer)
        },
        "problems": refusal.map { [$0.message.advice(in: visit.language)] } ?? [],
      ], status: refusal?.status ?? .ok)
  }
}
