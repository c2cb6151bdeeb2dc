import Circulation
import Credentials
import Exchange
import HTTPTypes
import Hummingbird
import Labels
import Mustache
import NIOCore
import Registry
import Serving

/// A page of the host: where it is and who finds it in the menu.
struct HostPage: Sendable {
  /// The name of its template and of its section in `words.json`.
  let name: String
  let path: String
  let roles: Set<HostRole>

  init(_ name: String, at path: String, for roles: Set<HostRole> = Set(HostRole.allCases)) {
    self.name = name
    self.path = path
    self.roles = roles
  }

  /// In the order of the menu.
  static let all = [
    HostPage("overview", at: "/"), HostPage("conflicts", at: "/viec-can-xem"),
    HostPage("quarantine", at: "/de-rieng"), HostPage("items", at: "/sach"),
    HostPage("reports", at: "/thong-ke"), HostPage("reconciliation", at: "/doi-chieu"),
    HostPage("group", at: "/nhom"),
    HostPage("policy", at: "/quy-dinh"),
    HostPage("audit", at: "/nhat-ky", for: [.coordinator, .auditor]),
    HostPage("accounts", at: "/tai-khoan", for: [.coordinator]),
  ]
}

/// What every page is made with: who looks, and in which language.
struct Visit: Sendable {
  let language: Language
  /// The language was chosen with this request, and is to be kept.
  let hasChosen: Bool
  let account: HostAccount?
  let groupName: String

  init(_ request: Request, account: HostAccount?, groupName: String) {
    let chosen = request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
    let kept = request.cookies[HostPages.languageCookie].flatMap { Language(rawValue: $0.value) }
    language = chosen ?? kept ?? .vietnamese
    hasChosen = chosen != nil
    self.account = account
    self.groupName = groupName
  }
}

/// Makes the host's pages anew for each request, from templates and words.
struct HostPages: Sendable {
  private let library: MustacheLibrary
  private let table: PageWords

  static let languageCookie = "lang"
  /// Pages about one of a list, by the page of that list.
  private static let leaves = ["conflict": "conflicts", "quarantined": "quarantine"]
  private static let languageSeconds = 365 * 86_400

  init() throws {
    let templates = [
      "layout": PackageResources.layout_mustache, "signin": PackageResources.signin_mustache,
      "overview": PackageResources.overview_mustache,
      "conflicts": PackageResources.conflicts_mustache,
      "conflict": PackageResources.conflict_mustache,
      "quarantine": PackageResources.quarantine_mustache,
      "quarantined": PackageResources.quarantined_mustache,
      "catalogue": PackageResources.catalogue_mustache,
      "policy": PackageResources.policy_mustache, "items": PackageResources.items_mustache,
      "reports": PackageResources.reports_mustache, "group": PackageResources.group_mustache,
      "accounts": PackageResources.accounts_mustache, "audit": PackageResources.audit_mustache,
      "message": PackageResources.message_mustache,
      "reconciliation": PackageResources.reconciliation_mustache,
    ]
    library = MustacheLibrary(
      templates: try templates.mapValues {
        try MustacheTemplate(string: String(decoding: $0, as: UTF8.self))
      })
    table = try PageWords(json: PackageResources.words_json)
  }

  func words(in language: Language) -> HostWords {
    HostWords(language: language, terms: table.words(of: "terms", in: language))
  }

  /// A page with its content; what a template finds in neither is in the shell.
  func response(
    _ name: String, for visit: Visit, _ content: [String: Any],
    status: HTTPResponse.Status = .ok
  ) -> Response {
    var context = shell(of: name, for: visit)
    context.merge(content) { $1 }
    let html = library.render(context, withTemplate: name) ?? ""
    var response = Response(
      status: status,
      headers: [
        .contentType: "text/html; charset=utf-8", .contentLanguage: visit.language.rawValue,
        .cacheControl: "no-store",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    if visit.hasChosen {
      response.setCookie(
        Cookie(
          name: Self.languageCookie, value: visit.language.rawValue,
          maxAge: Self.languageSeconds, path: "/", httpOnly: true, sameSite: .strict))
    }
    return response
  }

  private func shell(of name: String, for visit: Visit) -> [String: Any] {
    let words = words(in: visit.language)
    let current = Self.leaves[name] ?? name
    let menu = HostPage.all.filter { page in
      visit.account.map { page.roles.contains($0.role) } ?? false
    }.map { page in
      [
        "path": page.path, "isCurrent": page.name == current,
        "title": table.words(of: page.name, in: visit.language)["title"] ?? page.name,
      ] as [String: Any]
    }
    let account = visit.account.map {
      ["name": $0.name.text, "role": words.role($0.role)]
    }
    return [
      "language": visit.language.rawValue, "isVietnamese": visit.language == .vietnamese,
      "group": visit.groupName, "words": table.words(of: name, in: visit.language),
      "pages": menu, "hasMenu": !menu.isEmpty, "visitor": account.map { [$0] } ?? [],
      "notice": [String](),
    ]
  }

  /// What a person reads in place of a page: the sign-in, where that is what lacks.
  func answer(to error: any Error, _ refusal: HostRefusal, _ request: Request) -> Response {
    if let error = error as? SignInNeeded {
      return .redirect(to: "/dang-nhap?tiep=\(error.path)", type: .normal)
    }
    let visit = Visit(request, account: nil, groupName: "LienThong")
    return response(
      "message", for: visit, ["advice": refusal.message.advice(in: visit.language)],
      status: refusal.status)
  }
}
