import HTTPTypes
package import Hummingbird

/// A request for an address that is there, with a method that it doesn't take.
package struct WrongMethod: Error, Hashable, Sendable {
  /// The methods that the address takes, as the header `Allow` lists them.
  package let allowed: String

  package init(allowed: String) {
    self.allowed = allowed
  }
}

extension Router {
  /// Refuses, at every address that is there, the methods that it doesn't take.
  ///
  /// Called once all routes are added: without it such a request would hear that there is no such
  /// address (RFC 9110, 15.5.6). What is refused goes through the same middleware.
  package func refuseOtherMethods() {
    for (_, served) in Dictionary(grouping: routes, by: \.path.description) {
      guard let path = served.first?.path else { continue }
      let methods = Set(served.map(\.method))
      let allowed = methods.union(methods.contains(.get) ? [.head] : [])
      let list = allowed.map(\.rawValue).sorted().joined(separator: ", ")
      for method in Self.known where !allowed.contains(method) {
        on(path, method: method) { _, _ -> Response in throw WrongMethod(allowed: list) }
      }
    }
  }

  private static var known: [HTTPRequest.Method] { [.get, .post, .put, .patch, .delete, .options] }
}
