package import Circulation
package import Labels

/// What a set is chosen by; a rule that is not given holds for every item.
package struct SetCriteria: Hashable, Sendable {
  package var kinds: Set<MaterialKind>
  /// Class levels, 1 to 12; a title without a level is in no such set.
  package var grades: ClosedRange<Int>?
  /// Subjects in their folded form, see `VietnameseText`.
  package var subjects: Set<String>

  package init(
    kinds: Set<MaterialKind> = [], grades: ClosedRange<Int>? = nil, subjects: Set<String> = []
  ) {
    self.kinds = kinds
    self.grades = grades
    self.subjects = Set(subjects.map(VietnameseText.folded))
  }

  /// Whether a title fits every rule that is given; of several subjects one must be the title's.
  package func matches(_ record: BibliographicRecord) -> Bool {
    (kinds.isEmpty || kinds.contains(record.kind))
      && (grades.map { grades in record.grade.map(grades.contains) ?? false } ?? true)
      && (subjects.isEmpty
        || record.subjects.words.contains { subjects.contains(VietnameseText.folded($0)) })
  }

  /// Whether two rules can never choose the same title.
  func excludes(_ other: Self) -> Bool {
    let kindsApart =
      !kinds.isEmpty && !other.kinds.isEmpty && kinds.isDisjoint(with: other.kinds)
    let gradesApart = grades.flatMap { one in other.grades.map { !one.overlaps($0) } } ?? false
    return kindsApart || gradesApart
  }
}

/// A set of items that travel together.
package struct ItemSet: Hashable, Sendable {
  /// How a set is made up.
  package enum Contents: Hashable, Sendable {
    case chosen(SetCriteria)
    /// Copies named one by one; such a list goes before any rule.
    case listed(Set<ItemID>)
  }

  package let name: String
  package let contents: Contents
  /// Whether items return to their home library before they travel again.
  package let goesHome: Bool

  /// Characters that a set's name has.
  package static let nameLength = 1...60

  package init(name: String, contents: Contents, goesHome: Bool = true) {
    self.name = name
    self.contents = contents
    self.goesHome = goesHome
  }
}

extension Rota {
  /// The set that an item is in, if any: a list that names it, else the first rule that fits.
  package func set(of item: ItemID, record: BibliographicRecord) -> ItemSet? {
    let listed = sets.first { set in
      if case .listed(let items) = set.contents { items.contains(item) } else { false }
    }
    return listed
      ?? sets.first { set in
        if case .chosen(let criteria) = set.contents { criteria.matches(record) } else { false }
      }
  }
}
