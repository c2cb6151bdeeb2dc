/// Rules over rules: a library's own over its group's.
///
/// One rule is what a person sets at one place: a patron's limit, the rule for one kind of
/// material, or the calendar as a whole. Its name is the field's path.
extension PolicyDocument {
  /// The names of the rules that are others here than there.
  package func differences(from other: PolicyDocument) -> Set<String> {
    var names: Set<String> = []
    for kind in PatronKind.allCases.map(\.rawValue) {
      guard let ours = patrons[kind], let theirs = other.patrons[kind] else { continue }
      func note(_ field: String, _ differs: Bool) {
        if differs { names.insert("patrons.\(kind).\(field)") }
      }
      note("itemLimit", ours.itemLimit != theirs.itemLimit)
      note("blocksWhenOverdue", ours.blocksWhenOverdue != theirs.blocksWhenOverdue)
      note("overriddenBy", ours.overriddenBy != theirs.overriddenBy)
      note("usual", ours.usual != theirs.usual)
      for material in MaterialKind.allCases.map(\.rawValue) {
        note("kinds.\(material)", ours.kinds[material] != theirs.kinds[material])
      }
    }
    if calendar != other.calendar { names.insert("calendar") }
    return names
  }

  /// These rules, but for those that are named, which are another document's.
  package func taking(_ names: Set<String>, from own: PolicyDocument) -> PolicyDocument {
    var document = self
    for kind in PatronKind.allCases.map(\.rawValue) {
      guard let theirs = own.patrons[kind], var ours = patrons[kind] else { continue }
      func isNamed(_ field: String) -> Bool { names.contains("patrons.\(kind).\(field)") }
      if isNamed("itemLimit") { ours.itemLimit = theirs.itemLimit }
      if isNamed("blocksWhenOverdue") { ours.blocksWhenOverdue = theirs.blocksWhenOverdue }
      if isNamed("overriddenBy") { ours.overriddenBy = theirs.overriddenBy }
      if isNamed("usual") { ours.usual = theirs.usual }
      for material in MaterialKind.allCases.map(\.rawValue) where isNamed("kinds.\(material)") {
        ours.kinds[material] = theirs.kinds[material]
      }
      document.patrons[kind] = ours
    }
    if names.contains("calendar") { document.calendar = own.calendar }
    return document
  }
}
