import HTTPTypes
import Hummingbird
import NIOCore

/// A file that is built into the program and served as it is.
struct Asset: Sendable {
  let name: String
  let mediaType: String
  let bytes: [UInt8]
  /// Changes with the content, so that a browser asks again after an update and only then loads.
  let tag: String

  private init(_ name: String, _ mediaType: String, _ bytes: [UInt8]) {
    self.name = name
    self.mediaType = mediaType
    self.bytes = bytes
    tag = "\"\(String(Self.fingerprint(of: bytes), radix: 36))\""
  }

  static let openAPI = Asset("openapi.json", "application/json", PackageResources.openapi_json)

  static let all: [Asset] = {
    let script = "text/javascript; charset=utf-8"
    let style = "text/css; charset=utf-8"
    return [
      Asset("station.css", style, PackageResources.station_css),
      Asset("terms.css", style, PackageResources.terms_css),
      Asset("icon.svg", "image/svg+xml", PackageResources.icon_svg),
      Asset("self.js", script, PackageResources.self_js),
      Asset("desk.js", script, PackageResources.desk_js),
      Asset("classes.js", script, PackageResources.classes_js),
      Asset("stock.js", script, PackageResources.stock_js),
      Asset("boxes.js", script, PackageResources.boxes_js),
      Asset("rota.js", script, PackageResources.rota_js),
      Asset("terms.js", script, PackageResources.terms_js),
      Asset("lists.js", script, PackageResources.lists_js),
      Asset("sets.js", script, PackageResources.sets_js),
      Asset("privacy.js", script, PackageResources.privacy_js),
      Asset("settings.js", script, PackageResources.settings_js),
      Asset("settings-words.js", script, PackageResources.settings_words_js),
      Asset("signin.js", script, PackageResources.signin_js),
      Asset("shell.js", script, PackageResources.shell_js),
      Asset("station.js", script, PackageResources.station_js),
      Asset("session.js", script, PackageResources.session_js),
      Asset("outbox.js", script, PackageResources.outbox_js),
      Asset("worker.js", script, PackageResources.worker_js),
      Asset("corrections.js", script, PackageResources.corrections_js),
      Asset("photo.js", script, PackageResources.photo_js),
      Asset("keyboard.js", script, PackageResources.keyboard_js),
      Asset("view.js", script, PackageResources.view_js),
      Asset("live.js", script, PackageResources.live_js),
      Asset("sounds.js", script, PackageResources.sounds_js),
      Asset("words.js", script, PackageResources.words_js),
    ]
  }()

  func response(to request: Request) -> Response {
    var headers: HTTPFields = [.contentType: mediaType, .eTag: tag, .cacheControl: "no-cache"]
    if request.headers[.ifNoneMatch] == tag {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentLength] = "\(bytes.count)"
    return Response(
      status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// FNV-1a: tells one version of a file from another; it guards nothing.
  private static func fingerprint(of bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
