import Hummingbird

/// Which leaf of a list is shown, and how to turn to the next.
struct Pager: Sendable {
  /// From 1.
  let page: Int

  static let parameter = "trang"

  init(_ request: Request) {
    let asked = request.uri.queryParameters[Substring(Self.parameter)].flatMap { Int($0) } ?? 1
    page = min(max(asked, 1), HostLimits.pages)
  }

  var offset: Int { (page - 1) * HostLimits.rowsPerPage }

  /// Links to the leaf before and the one after, for a template.
  func links(_ path: String, _ query: [(String, String)], hasMore: Bool) -> [String: Any] {
    let before = page > 1 ? [["link": link(path, query, to: page - 1)]] : []
    let after =
      hasMore && page < HostLimits.pages ? [["link": link(path, query, to: page + 1)]] : []
    return [
      "before": before, "after": after, "page": "\(page)",
      "hasPages": !before.isEmpty || !after.isEmpty,
    ]
  }

  private func link(_ path: String, _ query: [(String, String)], to page: Int) -> String {
    Link.to(path, query + [(Self.parameter, "\(page)")])
  }
}

/// Addresses with what they ask for.
enum Link {
  static func to(_ path: String, _ query: [(String, String)]) -> String {
    let parts = query.filter { !$0.1.isEmpty }.map { "\($0.0)=\(escaped($0.1))" }
    return parts.isEmpty ? path : "\(path)?\(parts.joined(separator: "&"))"
  }

  /// Percent-encodes every byte but letters, digits and the four signs that RFC 3986 leaves.
  static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.map { byte in
      let scalar = Character(Unicode.Scalar(byte))
      let isPlain = byte < 128 && (scalar.isLetter || scalar.isNumber || "-._~".contains(scalar))
      return isPlain ? String(scalar) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
  }
}
