/// What a list may have, in one place.
package enum ListLimits {
  /// Bytes of a file; a school's register of 25,000 lines has about 3 MB.
  package static let bytes = 8 * 1_024 * 1_024
  package static let rows = 30_000
  package static let columns = 64
  /// First rows, empty ones left out, in which the headings are looked for.
  package static let headingRows = 10
  /// Bytes of one field.
  package static let fieldBytes = 4_000
  /// Characters of a person's name.
  package static let nameCharacters = 100
  /// Characters of a title, an author or a publisher.
  package static let titleCharacters = 300
  /// Characters of a field that a report repeats.
  package static let excerptCharacters = 60
  /// Rows that change what a station has, as far as a report shows them.
  package static let shownChanges = 100
}
