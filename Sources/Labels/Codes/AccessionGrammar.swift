/// How a library writes the accession numbers of its registers: prefix, separator, digits.
///
/// Its text form is kept in a library's settings: `prefixes=TK,TN separators=dot,none digits=5`,
/// with `prefixes=any` where every prefix is good, and `digits=1-8` for a range. `bare=TK` beside
/// them says that labels with digits alone belong to the register `TK`.
package struct AccessionGrammar: Hashable, Sendable, CustomStringConvertible {
  /// What may stand between the prefix and the digits on an old label.
  package enum Separator: String, Hashable, Sendable, CaseIterable {
    case dot, dash, space, none

    var character: Character? {
      switch self {
      case .dot: "."
      case .dash: "-"
      case .space: " "
      case .none: nil
      }
    }
  }

  /// The prefixes in use, in upper case; nothing where any will do.
  package let prefixes: Set<String>?
  package let separators: Set<Separator>
  /// How many digits a number has.
  package let digits: ClosedRange<Int>
  /// The register of numbers that stand on labels without letters; nothing where there are none.
  package let bare: String?

  /// How many letters A–Z a prefix has, in every grammar.
  ///
  /// Five at most: a command such as `C.DONE-1` whose dot was misread as a letter begins with six.
  package static let prefixLength = 1...5
  /// How many digits a number has at least and at most, in every grammar.
  package static let digitsLimit = 1...8

  /// Any prefix, a separator, one to eight digits.
  ///
  /// A number without a separator has to be asked for, since it may look like a library's code.
  package static let standard = AccessionGrammar(anyPrefixWith: standardSeparators)
  /// How numbers stand on labels of our own: with a dot, so that each has one form only.
  package static let printed = AccessionGrammar(anyPrefixWith: [.dot])

  package static let standardSeparators: Set<Separator> = [.dot, .dash, .space]

  private init(anyPrefixWith separators: Set<Separator>) {
    prefixes = nil
    self.separators = separators
    digits = Self.digitsLimit
    bare = nil
  }

  /// Refuses an empty set, a prefix that isn't one to five letters, digits outside the limit, and
  /// bare numbers of a register that is not in use.
  package init(
    prefixes: Set<String>? = nil, separators: Set<Separator> = standardSeparators,
    digits: ClosedRange<Int> = digitsLimit, bare: String? = nil
  ) throws(LabelError) {
    let prefixes = prefixes.map { Set($0.map { $0.uppercased() }) }
    guard prefixes?.isEmpty != true, prefixes?.allSatisfy(Self.isPrefix) != false else {
      throw .badGrammar("prefixes")
    }
    guard !separators.isEmpty else { throw .badGrammar("separators") }
    guard digits.clamped(to: Self.digitsLimit) == digits else { throw .badGrammar("digits") }
    let bare = bare?.uppercased()
    guard bare.map({ Self.isPrefix($0) && prefixes?.contains($0) != false }) != false else {
      throw .badGrammar("bare")
    }
    self.prefixes = prefixes
    self.separators = separators
    self.digits = digits
    self.bare = bare
  }

  static func isPrefix(_ text: some StringProtocol) -> Bool {
    prefixLength.contains(text.count) && text.allSatisfy(\.isLabelLetter)
  }
}

extension AccessionGrammar {
  package var description: String {
    let prefixes = prefixes?.sorted().joined(separator: ",") ?? "any"
    let separators = Separator.allCases.filter(separators.contains).map(\.rawValue)
    let digits =
      digits.count == 1 ? "\(digits.lowerBound)" : "\(digits.lowerBound)-\(digits.upperBound)"
    let parts = [
      "prefixes=\(prefixes)", "separators=\(separators.joined(separator: ","))", "digits=\(digits)",
    ]
    return (parts + (bare.map { ["bare=\($0)"] } ?? [])).joined(separator: " ")
  }

  /// Reads the text form; a part that is left out is as in `standard`.
  package init(_ text: some StringProtocol) throws(LabelError) {
    var prefixes: Set<String>?
    var separators = Self.standardSeparators
    var digits = Self.digitsLimit
    var bare: String?
    for part in String(text).split(separator: " ") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = pair.first, pair.count == 2, let value = pair.last else {
        throw .badGrammar(String(part))
      }
      switch name {
      case "prefixes": prefixes = value == "any" ? nil : Set(Self.list(value))
      case "separators": separators = try Self.separators(value)
      case "digits": digits = try Self.digits(value)
      case "bare": bare = value
      default: throw .badGrammar(name)
      }
    }
    try self.init(prefixes: prefixes, separators: separators, digits: digits, bare: bare)
  }

  private static func list(_ value: String) -> [String] {
    value.split(separator: ",").map(String.init)
  }

  private static func separators(_ value: String) throws(LabelError) -> Set<Separator> {
    let names = list(value)
    let separators = names.compactMap(Separator.init)
    guard separators.count == names.count else { throw .badGrammar("separators") }
    return Set(separators)
  }

  private static func digits(_ value: String) throws(LabelError) -> ClosedRange<Int> {
    let bounds = value.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard
      (1...2).contains(bounds.count), let low = bounds.first ?? nil, let high = bounds.last ?? nil,
      low <= high
    else { throw .badGrammar("digits") }
    return low...high
  }
}
