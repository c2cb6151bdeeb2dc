import HTTPTypes
package import Hummingbird

/// Tells browsers to load nothing from elsewhere, run nothing inline and frame nothing.
package struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
  private let fields: HTTPFields

  /// Pages whose forms a browser sends itself need `ownForms`: to this server and no other.
  package init(ownForms: Bool = false) {
    fields = Self.fields(ownForms: ownForms)
  }

  private static func fields(ownForms: Bool) -> HTTPFields {
    var fields = HTTPFields()
    fields[.contentSecurityPolicy] =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
      + "connect-src 'self'; form-action \(ownForms ? "'self'" : "'none'"); base-uri 'none'; "
      + "frame-ancestors 'none'"
    fields[.xContentTypeOptions] = "nosniff"
    for (name, value) in [
      // A form that may tell no referrer tells no origin either, which its receiver looks at.
      ("Referrer-Policy", ownForms ? "same-origin" : "no-referrer"), ("X-Frame-Options", "DENY"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Permissions-Policy", "geolocation=(), microphone=(), payment=()"),
    ] {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    return fields
  }

  package func handle(
    _ request: Request, context: Context,
    next: @concurrent (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    response.headers.append(contentsOf: fields)
    return response
  }
}
