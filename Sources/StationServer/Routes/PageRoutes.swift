import HTTPTypes
import Hummingbird
import Journal
import Labels
import NIOCore

/// The pages and the files that they load, all from this program.
struct PageRoutes: Sendable {
  let pages: PageSet
  let sessions: SessionCookies

  private static let cookieName = "lang"
  private static let cookieSeconds = 365 * 86_400

  func add(to router: Router<StationContext>) {
    for page in Page.all {
      for path in page.paths {
        router.get(RouterPath(path)) { request, _ in try await open(page, request) }
      }
    }
    for asset in Asset.all {
      router.get(RouterPath("/assets/\(asset.name)")) { request, _ in
        asset.response(to: request)
      }
    }
  }

  /// Shows a page to whom it is for, and leads anybody else to the sign-in.
  private func open(_ page: Page, _ request: Request) async throws -> Response {
    if page.role > .kiosk {
      let role = try await sessions.account(of: request)?.role ?? .kiosk
      guard role >= page.role else {
        return .redirect(to: "\(Page.signIn.paths[0])?tiep=\(page.paths[0])", type: .normal)
      }
    }
    return show(page, request)
  }

  /// The language in the address is kept in a cookie; without either it is Vietnamese.
  private func show(_ page: Page, _ request: Request) -> Response {
    let chosen = request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
    let kept = request.cookies[Self.cookieName].flatMap { Language(rawValue: $0.value) }
    let language = chosen ?? kept ?? .vietnamese
    var response = Response(
      status: .ok,
      headers: [
        .contentType: "text/html; charset=utf-8", .contentLanguage: language.rawValue,
        .cacheControl: "no-cache",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: pages.bytes(of: page, in: language))))
    if let chosen {
      response.setCookie(
        Cookie(
          name: Self.cookieName, value: chosen.rawValue, maxAge: Self.cookieSeconds, path: "/",
          httpOnly: true, sameSite: .strict))
    }
    return response
  }
}
