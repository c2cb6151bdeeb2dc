/// Puts a slip together from its codes, in whichever order they are read.
package struct ManifestAssembly: Hashable, Sendable {
  private var parts: [Int: ManifestPart] = [:]
  private var unreadable: Set<Int> = []

  /// What became of a text that was scanned.
  package enum Outcome: Hashable, Sendable {
    /// A part that was still missing.
    case added(number: Int)
    case readBefore(number: Int)
    /// Misread or altered; its number, where that can be made out.
    case damaged(number: Int?)
    /// A good part, but of another slip than the first one.
    case ofAnotherSlip(number: Int)
    case notAPart
  }

  package init() {}

  /// How many parts the slip has, once one of them was read.
  package var count: Int? { parts.values.first?.count }

  /// The numbers of the parts that are still missing, once one was read.
  package var missing: [Int] {
    guard let count else { return [] }
    return (1...count).filter { parts[$0] == nil }
  }

  /// The numbers of the parts that were read damaged, and not well since.
  package var damaged: [Int] { unreadable.sorted() }

  package var isComplete: Bool { count != nil && missing.isEmpty }

  /// Takes a scanned text; one that is of no use changes nothing but the list of damaged parts.
  @discardableResult
  package mutating func add(_ text: some StringProtocol) -> Outcome {
    do throws(ManifestPart.Fault) {
      return add(try ManifestPart(text))
    } catch {
      guard case .damaged(let number) = error else { return .notAPart }
      if let number, parts[number] == nil { unreadable.insert(number) }
      return .damaged(number: number)
    }
  }

  private mutating func add(_ part: ManifestPart) -> Outcome {
    if let other = parts.values.first, (other.slip, other.count) != (part.slip, part.count) {
      return .ofAnotherSlip(number: part.number)
    }
    unreadable.remove(part.number)
    guard parts.updateValue(part, forKey: part.number) == nil else {
      return .readBefore(number: part.number)
    }
    return .added(number: part.number)
  }

  /// The whole slip, or which parts it lacks.
  package func slip() throws(ManifestError) -> SignedManifest {
    guard let first = parts.values.first else { throw .partsMissing([]) }
    guard isComplete else { throw .partsMissing(missing) }
    let bytes = (1...first.count).flatMap { parts[$0]?.piece ?? [] }
    guard CRC32.checksum(of: bytes) == first.slip else { throw .malformed }
    return try SignedManifest(bytes: bytes)
  }
}
