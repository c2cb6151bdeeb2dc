package import Exchange
import FoundationEssentials
package import Journal

/// Where a station's host is, and the key that its receipts are signed with.
package struct UplinkSettings: Hashable, Sendable {
  /// For example `http://thuvien.example:8090`, without a slash at its end.
  package let url: String
  package let hostKey: VerifyingKey

  private enum Name {
    static let url = "host-url"
    static let key = "host-key"
  }

  /// Takes an address that begins with `http://` or `https://`.
  package init(url: String, hostKey: VerifyingKey) throws(UplinkError) {
    self.url = try Self.checkedURL(url)
    self.hostKey = hostKey
  }

  /// An address that begins with `http://` or `https://`, without a slash at its end.
  package static func checkedURL(_ url: String) throws(UplinkError) -> String {
    guard let parsed = URL(string: url), ["http", "https"].contains(parsed.scheme),
      parsed.host() != nil
    else { throw .badAddress(url) }
    return url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  /// Reads what a station has set; `nil` where it has no host yet.
  package init?(of journal: Journal) async throws {
    let texts = try await journal.read { view in
      (try view.setting(Name.url), try view.setting(Name.key))
    }
    guard let url = texts.0, let key = texts.1 else { return nil }
    try self.init(url: url, hostKey: try VerifyingKey(key))
  }

  /// Keeps the settings with the station.
  package func save(to journal: Journal) async throws {
    try await journal.set(Name.url, to: url)
    try await journal.set(Name.key, to: hostKey.description)
  }
}
