import Foundation
import HTTPTypes

@testable import StationServer
import TestSupport

/// The API as `openapi.json` describes it, held against what the station answers.
struct APIDescription: Sendable {
  private let document: JSONValue

  init() throws {
    document = try JSONDecoder().decode(JSONValue.self, from: Data(Asset.openAPI.bytes))
  }

  /// Each method and path that is described.
  var routes: Set<String> {
    Set(
      document["paths"].members.flatMap { path, item in
        resolved(item).members.keys.map { "\($0.uppercased()) \(path)" }
      })
  }

  /// Whether a route's body, or its query, must have a field.
  func requires(_ field: String, for route: String) -> Bool {
    let words = route.split(separator: " ").map { String($0) }
    let operation = resolved(document["paths"][words[1]])[words[0].lowercased()]
    let body = operation["requestBody"]["content"]["application/json"]["schema"]
    return required(of: body).contains(field)
  }

  private func required(of schema: JSONValue) -> [String] {
    let schema = resolved(schema)
    return schema["required"].elements.compactMap(\.text)
      + schema["allOf"].elements.flatMap { required(of: $0) }
  }

  /// Everything that is asked for in an address.
  var parameters: Set<String> {
    let operations = document["paths"].members.values.flatMap { resolved($0).members.values }
    return Set(operations.flatMap { $0["parameters"].elements }.compactMap { $0["name"].text })
  }

  /// Where an answer differs from what is described; nothing for a path that is not in the API.
  func problems(of reply: Reply, to method: HTTPRequest.Method, _ uri: String) -> [String] {
    let path = String(uri.prefix { $0 != "?" })
    let operation = resolved(document["paths"][path])[method.rawValue.lowercased()]
    if operation == .null || reply.status == .notModified { return [] }
    let response = resolved(operation["responses"]["\(reply.status.code)"])
    guard response != .null else {
      return ["\(path): status \(reply.status.code) is not described"]
    }
    let content = response["content"].members
    guard !content.isEmpty else { return [] }
    let mediaType = String((reply.headers[.contentType] ?? "").prefix { $0 != ";" })
    guard let described = content[mediaType] else {
      return ["\(path): \(mediaType) in place of \(content.keys.sorted())"]
    }
    guard mediaType == "application/json" else { return [] }
    return problems(of: reply.json, as: described["schema"], at: path)
  }

  private func problems(of value: JSONValue, as schema: JSONValue, at place: String) -> [String] {
    let schema = resolved(schema)
    if case .array(let allowed) = schema["enum"], !allowed.contains(value) {
      return ["\(place): \(value) is none of \(allowed)"]
    }
    switch (schema["type"].text, value) {
    case ("object", .object(let members)):
      return problems(of: members, as: schema, at: place)
    case ("array", .array(let elements)):
      return elements.enumerated().flatMap {
        problems(of: $0.element, as: schema["items"], at: "\(place)[\($0.offset)]")
      }
    case ("string", .string), ("boolean", .bool), (nil, _): return []
    case ("integer", .number(let number)) where number == number.rounded(): return []
    default: return ["\(place): \(value) is no \(schema["type"].text ?? "")"]
    }
  }

  private func problems(
    of members: [String: JSONValue], as schema: JSONValue, at place: String
  ) -> [String] {
    let known = schema["properties"].members
    guard !known.isEmpty else { return [] }
    let missing = schema["required"].elements.compactMap(\.text).filter { members[$0] == nil }
    return missing.map { "\(place).\($0): required, but not there" }
      + members.flatMap { name, value in
        guard let member = known[name] else { return ["\(place).\(name): not described"] }
        return problems(of: value, as: member, at: "\(place).\(name)")
      }
  }

  /// What a `$ref` stands for; anything else as it is.
  private func resolved(_ value: JSONValue) -> JSONValue {
    guard let reference = value["$ref"].text else { return value }
    let steps = reference.dropFirst(2).split(separator: "/").map {
      $0.replacingOccurrences(of: "~1", with: "/").replacingOccurrences(of: "~0", with: "~")
    }
    return resolved(steps.reduce(document) { $0[$1] })
  }
}
