import Hummingbird
import NIOCore

/// The style sheet of all pages.
enum HostStyle {
  static func response() -> Response {
    Response(
      status: .ok,
      headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "no-cache"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.host_css)))
  }
}
