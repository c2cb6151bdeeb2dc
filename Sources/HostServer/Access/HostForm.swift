import Foundation
import Hummingbird
import NIOCore
import Serving

/// A form that can't be read, or that lacks a field.
enum FormError: Error, Hashable, Sendable {
  case notAForm
  /// The field has nothing in it, or what does not belong there.
  case badField(String)
}

/// What somebody has filled in on a page: fields as `application/x-www-form-urlencoded` has them.
struct HostForm: Sendable {
  private let fields: [String: [String]]

  /// Reads a request's body.
  init(_ request: Request) async throws {
    guard request.mediaType == "application/x-www-form-urlencoded" else {
      throw FormError.notAForm
    }
    let body = try await request.body(upTo: HostLimits.formBytes)
    self.init(text: String(buffer: body))
  }

  /// Reads pairs such as `name=dieu-phoi&role=auditor`; a plus is a space.
  init(text: String) {
    var fields: [String: [String]] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let words = parts.map { part in
        let spaced = part.replacing("+", with: " ")
        return String(spaced).removingPercentEncoding ?? String(spaced)
      }
      fields[words[0], default: []].append(words.count > 1 ? words[1] : "")
    }
    self.fields = fields
  }

  /// A field without white space at its ends; empty where there is none.
  func text(_ name: String) -> String {
    (fields[name]?.first ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A field exactly as it was typed.
  func exact(_ name: String) -> String { fields[name]?.first ?? "" }

  /// Every value of a field that may be ticked several times.
  func all(_ name: String) -> [String] { fields[name] ?? [] }

  /// A field of up to so many characters, refusing one that is empty or longer.
  func text(_ name: String, upTo limit: Int) throws(FormError) -> String {
    let text = text(name)
    guard !text.isEmpty, text.count <= limit else { throw .badField(name) }
    return text
  }
}
