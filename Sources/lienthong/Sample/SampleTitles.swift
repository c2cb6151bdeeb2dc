import Circulation

/// The catalogue of the sample group: 600 titles as Vietnamese primary schools have them.
///
/// One line a title: `title|author|kind|grade|publisher`. The last two may be left out, and an
/// asterisk behind the kind marks a dictionary. The titles are real; what isn't sure is left out.
enum SampleTitles {
  /// All titles in the order of the catalogue, numbered from 1.
  static func records() throws(SampleError) -> [SampleRecord] {
    let lines = [vietnamese, folkTales, world, textbooks, school].flatMap {
      $0.split(separator: "\n")
    }
    var records: [SampleRecord] = []
    for line in lines {
      records.append(try record(from: line, number: records.count + 1))
    }
    return records
  }

  /// Reads one line, refusing one that has too few fields, too many, or an unknown kind or grade.
  static func record(
    from line: some StringProtocol, number: Int
  ) throws(SampleError) -> SampleRecord {
    let fields = String(line).split(separator: "|", omittingEmptySubsequences: false)
      .map(String.init)
    guard (3...5).contains(fields.count), !fields[0].isEmpty else {
      throw .badTitle(line: String(line))
    }
    let isDictionary = fields[2].hasSuffix("*")
    let code = isDictionary ? String(fields[2].dropLast()) : fields[2]
    let grade = fields.count > 3 ? fields[3] : ""
    guard let kind = MaterialKind(rawValue: code), grade.isEmpty || Int(grade) != nil else {
      throw .badTitle(line: String(line))
    }
    return SampleRecord(
      number: number, title: fields[0], author: fields[1], kind: kind, isDictionary: isDictionary,
      grade: Int(grade), publisher: fields.count > 4 ? fields[4] : nil)
  }
}
