import Labels

/// A register that items come from: a library, a prefix, and how many digits its numbers have.
struct Register: Hashable, Comparable {
  let library: LibraryCode
  let prefix: String
  let digits: Int

  init(of item: ItemID) {
    library = item.library
    prefix = item.accession.prefix
    digits = item.accession.digits.utf8.count
  }

  static func < (one: Self, other: Self) -> Bool {
    (one.library, one.prefix, one.digits) < (other.library, other.prefix, other.digits)
  }
}

/// The numbers of one register in a box, as runs of neighbours.
struct RegisterGroup {
  /// Neighbouring numbers: where the run starts, counted from behind the one before.
  private struct Run {
    let gap: Int
    let more: Int
  }

  let register: Register
  private let runs: [Run]

  private static let letterBits = 5
  private static let lengthBits = 3

  /// Takes numbers in ascending order.
  private init(_ register: Register, numbers: [Int]) {
    self.register = register
    var runs: [Run] = []
    var next = 0
    var index = 0
    while index < numbers.count {
      var end = index + 1
      while end < numbers.count, numbers[end] == numbers[end - 1] + 1 { end += 1 }
      runs.append(Run(gap: numbers[index] - next, more: end - index - 1))
      // A run's neighbour is in no other run, so a gap behind it is one at least.
      next = numbers[end - 1] + 2
      index = end
    }
    self.runs = runs
  }

  /// Groups items by register, in the order of registers.
  static func groups(of items: [ItemID]) -> [RegisterGroup] {
    let grouped = Dictionary(grouping: items, by: Register.init(of:))
    return grouped.keys.sorted().map { register in
      let numbers = (grouped[register] ?? []).compactMap { Int($0.accession.digits) }
      return RegisterGroup(register, numbers: numbers.sorted())
    }
  }

  /// Writes all but the library, which the manifest's dictionary has.
  func write(to writer: inout BitWriter) {
    writer.write(register.prefix.utf8.count - 1, bits: Self.lengthBits)
    for letter in register.prefix.utf8 {
      writer.write(Int(letter) - Int(UInt8(ascii: "A")), bits: Self.letterBits)
    }
    writer.write(register.digits - 1, bits: Self.lengthBits)
    writer.writeGamma(runs.count)
    let gapOrder = RiceOrder.best(for: runs.map(\.gap))
    let moreOrder = RiceOrder.best(for: runs.map(\.more))
    writer.write(gapOrder, bits: RiceOrder.bits)
    writer.write(moreOrder, bits: RiceOrder.bits)
    for run in runs {
      writer.writeRice(run.gap, order: gapOrder)
      writer.writeRice(run.more, order: moreOrder)
    }
  }

  /// Reads a group's items, refusing more than a limit before it makes them.
  static func items(
    of library: LibraryCode, from reader: inout BitReader, atMost limit: Int
  ) throws(ManifestError) -> [ItemID] {
    let length = 1 + (try reader.read(bits: lengthBits))
    guard AccessionGrammar.prefixLength.contains(length) else { throw .malformed }
    var prefix = ""
    for _ in 0..<length {
      let letter = UInt8(ascii: "A") + UInt8(try reader.read(bits: letterBits))
      prefix.unicodeScalars.append(Unicode.Scalar(letter))
    }
    let digits = 1 + (try reader.read(bits: lengthBits))
    return try numbers(digits: digits, from: &reader, atMost: limit).map {
      number throws(ManifestError) in
      try item(of: library, prefix: prefix, number: number, digits: digits)
    }
  }

  private static func numbers(
    digits: Int, from reader: inout BitReader, atMost limit: Int
  ) throws(ManifestError) -> [Int] {
    let largest = (0..<digits).reduce(1) { power, _ in power * 10 } - 1
    let count = try reader.readGamma(atMost: limit)
    let gapOrder = try reader.read(bits: RiceOrder.bits)
    let moreOrder = try reader.read(bits: RiceOrder.bits)
    var numbers: [Int] = []
    var next = 0
    for _ in 0..<count {
      let first = next + (try reader.readRice(order: gapOrder, atMost: largest))
      let last = first + (try reader.readRice(order: moreOrder, atMost: limit))
      guard last <= largest, numbers.count + last - first < limit else { throw .malformed }
      numbers.append(contentsOf: first...last)
      next = last + 2
    }
    return numbers
  }

  private static func item(
    of library: LibraryCode, prefix: String, number: Int, digits: Int
  ) throws(ManifestError) -> ItemID {
    let written = String(number)
    let zeros = String(repeating: "0", count: digits - written.utf8.count)
    do {
      return ItemID(
        library: library,
        accession: try AccessionNumber("\(prefix).\(zeros)\(written)", grammar: .printed))
    } catch {
      throw .malformed
    }
  }
}
