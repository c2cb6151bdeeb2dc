/// What `Package.swift` declares, read as text: enough for a manifest in this project's style.
///
/// A target is a call such as `.target(name: "Desk", dependencies: ["Journal", crypto])`; a name
/// without quotes stands for a product bound by `let crypto = Target.Dependency.product(…)`.
struct Manifest: Sendable {
  let targets: [Target]

  /// A declared target.
  struct Target: Equatable, Sendable {
    let name: String

    /// The targets and products that it depends on.
    let dependencies: Set<String>
  }

  init(_ source: String) {
    let tokens = Self.tokens(of: source)
    let products = Self.boundProducts(in: tokens)
    targets = tokens.indices.compactMap { Self.target(at: $0, in: tokens, products: products) }
  }

  /// Returns the target of a name.
  func target(_ name: String) -> Target? { targets.first { $0.name == name } }

  /// A piece of the manifest: a word, a string with its quotes, or a single mark.
  private static func tokens(of source: String) -> [Substring] {
    var tokens: [Substring] = []
    var rest = source[...]
    while let first = rest.first {
      var length = 1
      if rest.hasPrefix("//") {
        rest = rest.drop { $0 != "\n" }
        continue
      }
      if first == "\"" {
        length = rest.dropFirst().prefix { $0 != "\"" }.count + 2
      } else if first.isLetter {
        length = rest.prefix { $0.isLetter || $0.isNumber }.count
      }
      if !first.isWhitespace { tokens.append(rest.prefix(length)) }
      rest = rest.dropFirst(length)
    }
    return tokens
  }

  /// Maps a constant to the product that it stands for.
  private static func boundProducts(in tokens: [Substring]) -> [Substring: String] {
    var products: [Substring: String] = [:]
    for index in tokens.indices where tokens[index] == "let" {
      let declaration = tokens[index...].prefix(12)
      guard declaration.contains("product"), let name = string(after: "name", in: declaration)
      else { continue }
      products[tokens[index + 1]] = name
    }
    return products
  }

  private static func target(
    at index: Int, in tokens: [Substring], products: [Substring: String]
  ) -> Target? {
    let kinds: Set<Substring> = ["target", "executableTarget", "systemLibrary"]
    guard kinds.contains(tokens[index]), tokens[index...].dropFirst().first == "(" else {
      return nil
    }
    let call = balanced(tokens[(index + 1)...])
    guard let name = string(after: "name", in: call) else { return nil }
    let dependencies = list(after: "dependencies", in: call)
    return Target(name: name, dependencies: names(in: dependencies, products: products))
  }

  /// Returns the names in a list of dependencies, without the packages that hold them.
  private static func names(
    in list: ArraySlice<Substring>, products: [Substring: String]
  ) -> Set<String> {
    var names: Set<String> = []
    for index in list.indices {
      if let product = products[list[index]] { names.insert(product) }
      let isPackage = list[..<index].suffix(2).first == "package"
      if let text = unquoted(list[index]), !isPackage { names.insert(text) }
    }
    return names
  }

  private static func string(after label: Substring, in tokens: ArraySlice<Substring>) -> String? {
    tokens.firstIndex(of: label).flatMap { tokens[$0...].dropFirst(2).first }.flatMap(unquoted)
  }

  private static func list(
    after label: Substring, in tokens: ArraySlice<Substring>
  ) -> ArraySlice<Substring> {
    tokens.firstIndex(of: label).map { balanced(tokens[$0...].dropFirst(2)) } ?? []
  }

  private static func unquoted(_ token: Substring) -> String? {
    token.hasPrefix("\"") ? String(token.dropFirst().dropLast()) : nil
  }

  /// Returns the tokens from an opening bracket to the one that closes it.
  private static func balanced(_ tokens: ArraySlice<Substring>) -> ArraySlice<Substring> {
    var depth = 0
    for index in tokens.indices {
      if ["(", "["].contains(tokens[index]) { depth += 1 }
      if [")", "]"].contains(tokens[index]) { depth -= 1 }
      if depth == 0 { return tokens[...index] }
    }
    return tokens
  }
}
