import Foundation

/// An answer of the station, with the fields that these tests look at.
struct Reply: Sendable {
  let status: Int
  let text: String

  private let fields: Fields

  init(status: Int, text: String) {
    self.status = status
    self.text = text
    fields = (try? JSONDecoder().decode(Fields.self, from: Data(text.utf8))) ?? Fields()
  }

  /// The stable name of an error.
  var error: String? { fields.error }
  /// What a person is told of an error.
  var advice: Advice? { fields.advice }
  /// Whether the act had been recorded before.
  var isRepeat: Bool? { fields.repeated }
  /// Where in the journal the act is.
  var sequence: Int64? { fields.event?.sequence }
  /// How many events the journal has.
  var head: Int64? { fields.head }
  /// What a scanned code is.
  var kind: String? { fields.kind }

  struct Advice: Decodable {
    let vi: String
    let en: String
  }

  private struct Fields: Decodable {
    var error: String?
    var advice: Advice?
    var repeated: Bool?
    var event: Event?
    var head: Int64?
    var kind: String?

    struct Event: Decodable {
      let sequence: Int64
    }
  }
}
