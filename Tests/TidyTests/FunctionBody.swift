/// The body of a function, an initialiser, a subscript or a computed property.
struct FunctionBody: Equatable, Sendable {
  let name: String

  /// The line of the opening brace, counted from 1.
  let line: Int

  /// How many lines lie between the braces.
  let lineCount: Int

  /// Finds every body in a file, inner ones before the one around them.
  static func all(in text: SwiftText) -> [FunctionBody] {
    var scanner = FunctionBodyScanner()
    for (index, line) in text.code.enumerated() { scanner.scan(line, number: index + 1) }
    return scanner.bodies
  }
}

/// Matches braces, and remembers which of them a declaration opened.
private struct FunctionBodyScanner {
  private(set) var bodies: [FunctionBody] = []

  /// A declaration whose body has not begun; a protocol's requirement never begins one.
  private struct Declaration {
    var name: String
    let parenthesisDepth: Int
  }

  /// An open brace; `name` is missing where no function opened it.
  private struct Brace {
    let name: String?
    let line: Int
  }

  private var declaration: Declaration?
  private var braces: [Brace] = []
  private var parenthesisDepth = 0

  /// The words that begin a declaration with a body of its own.
  private static let openers: Set<Substring> = ["func", "init", "deinit", "subscript", "var"]

  /// The words after which an earlier declaration can have no body any more.
  private static let closers: Set<Substring> = [
    "actor", "case", "class", "do", "enum", "extension", "for", "guard", "if", "import", "let",
    "protocol", "struct", "switch", "typealias", "while",
  ]

  mutating func scan(_ line: Substring, number: Int) {
    var rest = line
    var previous: Character = " "
    while let character = rest.first {
      let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if word.isEmpty {
        rest.removeFirst()
        scan(character, number: number)
      } else {
        rest.removeFirst(word.count)
        if previous != "." { scan(word: word, before: rest) }
      }
      previous = character
    }
  }

  private mutating func scan(_ character: Character, number: Int) {
    switch character {
    case "(": parenthesisDepth += 1
    case ")": parenthesisDepth -= 1
    case "{": openBrace(on: number)
    case "}": closeBrace(on: number)
    default: break
    }
  }

  private mutating func scan(word: Substring, before rest: Substring) {
    if Self.openers.contains(word) {
      declaration = Declaration(
        name: Self.name(after: word, in: rest), parenthesisDepth: parenthesisDepth)
    } else if Self.closers.contains(word), declaration?.parenthesisDepth == parenthesisDepth {
      declaration = nil
    }
  }

  /// Returns the name that follows `func` or `var`; the other openers are names themselves.
  private static func name(after word: Substring, in rest: Substring) -> String {
    guard word == "func" || word == "var" else { return String(word) }
    return String(rest.drop { $0 == " " }.prefix { !" (<:={".contains($0) })
  }

  /// Opens the pending declaration's body, unless the brace belongs to a default argument.
  private mutating func openBrace(on line: Int) {
    if let opened = declaration, opened.parenthesisDepth == parenthesisDepth {
      braces.append(Brace(name: opened.name, line: line))
      declaration = nil
    } else {
      braces.append(Brace(name: nil, line: line))
    }
  }

  private mutating func closeBrace(on line: Int) {
    if declaration?.parenthesisDepth == parenthesisDepth { declaration = nil }
    guard let brace = braces.popLast(), let name = brace.name else { return }
    bodies.append(
      FunctionBody(name: name, line: brace.line, lineCount: max(0, line - brace.line - 1)))
  }
}
