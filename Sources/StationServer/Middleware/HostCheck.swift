import Glibc
import HTTPTypes
import Hummingbird

/// Answers only under a name of this machine.
///
/// A page of somebody else can make a name of its own point at this machine (DNS rebinding), and
/// its script would then count as this station's. Such a name is none of ours: a number, as
/// `192.168.1.20`, localhost, the machine's own name, and that name with `.local`, are.
struct HostCheck: RouterMiddleware {
  typealias Context = StationContext

  private let names: Set<String>

  init(machineName: String = HostCheck.machineName()) {
    let name = machineName.lowercased()
    names = ["localhost", name, "\(name).local"]
  }

  func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    guard allows(request.head.authority) else { throw RequestError.foreignHost }
    return try await next(request, context)
  }

  /// Says whether a `Host` field is one of this machine's; HTTP/1.0 has none.
  func allows(_ authority: String?) -> Bool {
    guard let authority else { return true }
    let host = Self.host(of: authority).lowercased()
    return names.contains(host) || Self.isAddress(host)
  }

  /// The name or number without the port; an IPv6 number without its brackets.
  private static func host(of authority: String) -> String {
    if authority.hasPrefix("[") {
      return String(authority.dropFirst().prefix { $0 != "]" })
    }
    return String(authority.prefix { $0 != ":" })
  }

  private static func isAddress(_ host: String) -> Bool {
    var bytes = in6_addr()
    return inet_pton(AF_INET, host, &bytes) == 1 || inet_pton(AF_INET6, host, &bytes) == 1
  }

  /// What the machine calls itself.
  static func machineName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
