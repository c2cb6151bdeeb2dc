package import Labels

/// A message in both languages of the page.
package struct Words: Encodable, Hashable, Sendable {
  package let vi: String
  package let en: String

  package init(vi: String, en: String) {
    self.vi = vi
    self.en = en
  }

  /// Takes the text that something gives in each language.
  package init(_ text: (Language) -> String) {
    vi = text(.vietnamese)
    en = text(.english)
  }
}
