import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Sends the commands of the W3C WebDriver standard, one HTTP request each.
///
/// Source: W3C Recommendation "WebDriver", chapter 8 (endpoints) and 6.6 (errors).
package struct WebDriver: Sendable {
  /// The address before the path of every command.
  package let address: String

  /// The methods that the standard's commands go by.
  package enum Method: String {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  /// How long one command may take.
  private static let timeout = TimeAmount.seconds(60)
  /// The largest answer: a picture of a page of several screens.
  private static let answerLimitBytes = 64 << 20

  /// Sends a command and gives back the value of its answer.
  package func send(
    _ method: Method, _ path: String, _ parameters: JSONValue = [:]
  ) async throws -> JSONValue {
    let command = "\(method.rawValue) \(path)"
    let answer: JSONValue
    do {
      answer = try await exchange(method, path, parameters)["value"]
    } catch {
      throw WebDriverError.noAnswer(command: command, reason: "\(error)")
    }
    if let error = answer["error"].text {
      let message = answer["message"].text ?? ""
      throw WebDriverError.refused(command: command, error: error, message: message)
    }
    return answer
  }

  private func exchange(
    _ method: Method, _ path: String, _ parameters: JSONValue
  ) async throws -> JSONValue {
    var request = HTTPClientRequest(url: address + path)
    request.method = HTTPMethod(rawValue: method.rawValue)
    if method == .post {
      request.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
      request.body = .bytes(try JSONEncoder().encode(parameters))
    }
    let response = try await HTTPClient.shared.execute(request, timeout: Self.timeout)
    let body = try await response.body.collect(upTo: Self.answerLimitBytes)
    return try JSONDecoder().decode(JSONValue.self, from: Data(body.readableBytesView))
  }
}
