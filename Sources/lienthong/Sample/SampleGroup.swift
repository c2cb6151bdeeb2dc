import Circulation

/// One school of the sample group.
struct SampleLibrary: Hashable {
  let code: String
  let name: String
}

/// One copy of a title in the register of one library.
struct SampleItem: Hashable {
  /// The code of the library that owns it.
  let library: String
  /// The number in that library's register: `TN.00001`.
  let accession: String
  /// The number of its `SampleRecord`.
  let record: Int
}

/// One reader with an invented name.
struct SamplePatron: Hashable {
  let library: String
  /// 1, 2, 3 … within the library.
  let cardSerial: Int
  let name: String
  let kind: PatronKind
  /// `1A` … `5B`; nothing for teachers and staff.
  let className: String?
}

/// The group that can be tried out at once: two schools, 600 titles, 2,000 items, 700 patrons.
///
/// The same seed gives the same group on every machine. The schools are those of the plan that
/// founded the first group; all names of people are invented.
struct SampleGroup: Hashable {
  let libraries: [SampleLibrary]
  let records: [SampleRecord]
  let items: [SampleItem]
  let patrons: [SamplePatron]

  /// The classes of each school.
  static let classNames = (1...5).flatMap { grade in ["\(grade)A", "\(grade)B"] }
  /// How many items the whole group owns.
  static let itemCount = 2_000
  /// How many pupils the classes have in turn; 660 in all.
  static let classSizes = [31, 35, 33, 34, 32]
  static let teachersPerLibrary = 17
  static let staffPerLibrary = 3

  init(seed: UInt64 = 2022) throws(SampleError) {
    var random = SplitMix64(seed: seed)
    libraries = [
      SampleLibrary(code: "TT", name: "Trường Tiểu học Tân Tập"),
      SampleLibrary(code: "TT1", name: "Trường Tiểu học Tân Tập 1"),
    ]
    records = try SampleTitles.records()
    items = Self.items(of: records, in: libraries.map(\.code), using: &random)
    patrons = libraries.flatMap { Self.patrons(of: $0.code, using: &random) }
  }
}

extension SampleGroup {
  /// Gives each title one copy and the rest by chance, then enters all into the registers.
  private static func items(
    of records: [SampleRecord], in libraries: [String], using random: inout SplitMix64
  ) -> [SampleItem] {
    let pool = records.flatMap { Array(repeating: $0, count: copiesWeight(of: $0)) }
    let more = (0..<itemCount - records.count).map { _ in random.element(of: pool) }
    let copies = (records + more).sorted { $0.number < $1.number }
    var lastNumbers: [String: Int] = [:]
    return copies.map { record in
      // The host's library is the larger one: three copies of five.
      let library = random.index(below: 5) < 3 ? libraries[0] : libraries[1]
      let prefix = record.kind.registerPrefix
      let number = lastNumbers["\(library).\(prefix)", default: 0] + 1
      lastNumbers["\(library).\(prefix)"] = number
      return SampleItem(
        library: library, accession: "\(prefix).\(padded(number, digits: 5))",
        record: record.number)
    }
  }

  /// How much likelier than another a title is to get one more copy.
  private static func copiesWeight(of record: SampleRecord) -> Int {
    switch record.kind {
    case .textbook: 6
    case .children: 3
    case .teacherBook, .reference: record.isDictionary ? 1 : 2
    case .periodical, .picture, .map, .disc: 1
    }
  }

  private static func patrons(
    of library: String, using random: inout SplitMix64
  ) -> [SamplePatron] {
    var people: [(kind: PatronKind, className: String?)] = []
    people += Array(repeating: (.teacher, nil), count: teachersPerLibrary)
    people += Array(repeating: (.staff, nil), count: staffPerLibrary)
    for (place, className) in classNames.enumerated() {
      let size = classSizes[place % classSizes.count]
      people += Array(repeating: (.pupil, className), count: size)
    }
    return people.enumerated().map { place, person in
      SamplePatron(
        library: library, cardSerial: place + 1, name: SampleNames.fullName(using: &random),
        kind: person.kind, className: person.className)
    }
  }

  private static func padded(_ number: Int, digits: Int) -> String {
    let written = String(number)
    return String(repeating: "0", count: max(0, digits - written.count)) + written
  }
}
