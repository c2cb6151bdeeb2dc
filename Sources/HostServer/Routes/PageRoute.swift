import Hummingbird
import Labels
import NIOCore
import Registry

/// The coordinator's page, made anew for each request, and its style sheet.
struct PageRoute: Sendable {
  let registry: GroupRegistry
  let page: HostPage

  func add(to router: Router<HostContext>) {
    router.get("/") { request, _ in
      let chosen = request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
      let language = chosen ?? .vietnamese
      let html = page.html(of: try await registry.overview(), in: language)
      return Response(
        status: .ok,
        headers: [
          .contentType: "text/html; charset=utf-8", .contentLanguage: language.rawValue,
          .cacheControl: "no-store",
        ],
        body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
    router.get("/assets/host.css") { _, _ in
      Response(
        status: .ok,
        headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "max-age=3600"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.host_css)))
    }
  }
}
