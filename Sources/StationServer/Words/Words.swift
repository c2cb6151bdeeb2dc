import Labels

/// A message in both languages of the page.
struct Words: Encodable, Hashable, Sendable {
  let vi: String
  let en: String

  init(vi: String, en: String) {
    self.vi = vi
    self.en = en
  }

  /// Takes the text that something gives in each language.
  init(_ text: (Language) -> String) {
    vi = text(.vietnamese)
    en = text(.english)
  }
}
