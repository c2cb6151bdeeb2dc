package import Hummingbird

/// The cookie by which a browser is known again.
///
/// No script can read it, and no other site can make a browser send it. Cookies are shared by all
/// ports of a machine, so each server gives its own name.
package struct SessionCookie: Sendable {
  package let name: String

  package init(name: String) {
    self.name = name
  }

  /// What the browser sent, or `nil`.
  package func text(in request: Request) -> String? {
    request.cookies[name]?.value
  }

  package func cookie(_ token: String) -> Cookie {
    Cookie(name: name, value: token, path: "/", httpOnly: true, sameSite: .strict)
  }

  /// What makes a browser forget the session.
  package func ending() -> Cookie {
    Cookie(name: name, value: "", maxAge: 0, path: "/", httpOnly: true, sameSite: .strict)
  }
}
