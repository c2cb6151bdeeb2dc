extension SchoolClass {
  /// The last grade of a primary school.
  package static let lastPrimaryGrade = 5

  package var grade: Int {
    Int(String(text.prefix { $0.isNumber })) ?? 0
  }

  /// The class that its pupils are in a year later, or `nil` where they leave the school.
  package func promoted(lastGrade: Int = lastPrimaryGrade) -> SchoolClass? {
    guard grade < lastGrade else { return nil }
    return SchoolClass("\(grade + 1)" + text.drop { $0.isNumber })
  }
}
