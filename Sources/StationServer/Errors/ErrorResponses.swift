import HTTPTypes
import Hummingbird
import Logging
import Serving

/// Answers with an error's status, name and advice, and logs what the station itself failed at.
struct ErrorResponses: RouterMiddleware {
  typealias Context = StationContext

  func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let answer = APIError(error)
      if answer.status.kind == .serverError {
        context.logger.error(
          "Request failed",
          metadata: [
            "error": "\(answer.body.error)", "advice": "\(answer.body.advice.en)",
            "type": "\(type(of: error))",
          ])
      }
      var response = try JSONAnswer.response(answer.body, status: answer.status)
      if answer.status == .serviceUnavailable { response.headers[.retryAfter] = "1" }
      if let error = error as? WrongMethod { response.headers[.allow] = error.allowed }
      return response
    }
  }
}
