package import Credentials

/// Somebody who may sign in at a station.
package struct Account: Hashable, Sendable {
  package let name: String
  package let role: Role

  /// Takes lower-case letters, digits and dashes.
  package init(name: String, role: Role) throws(AccessError) {
    self.name = try AccountName(name).text
    self.role = role
  }
}
