import Labels

extension Manifest {
  private enum Format {
    static let version = 1
    static let versionBits = 4
    static let serialBits = 14
    static let checksumBits = 32
    static let groups = ManifestLimits.items
    /// A box number, two ends, and at most one home for each item.
    static let libraries = ManifestLimits.items + 3
  }

  /// The manifest in its shortest form; the same manifest always gives the same bytes.
  ///
  /// A dictionary of libraries comes first. Items are grouped by library, prefix and number of
  /// digits, and each group is a list of runs: the gap to the run and how much longer than one it
  /// is, both in Rice code of the order that suits the group best. The items' versions come last.
  package var encoded: [UInt8] {
    var writer = BitWriter()
    writer.write(Format.version, bits: Format.versionBits)
    let libraries = Set(items.map(\.library) + [box.library, from, to]).sorted()
    let index = Dictionary(uniqueKeysWithValues: zip(libraries, libraries.indices))
    let indexBits = Self.bits(forCount: libraries.count)
    writer.writeGamma(libraries.count)
    for library in libraries { LabelCoding.write(library, to: &writer) }
    for library in [box.library, from, to] {
      writer.write(index[library] ?? 0, bits: indexBits)
    }
    writer.write(Self.serial(of: box), bits: Format.serialBits)
    writer.writeGamma(seal)
    write(stage, to: &writer)
    writer.writeGamma(titles.count)
    writer.write(Int(titles.checksum), bits: Format.checksumBits)
    let groups = RegisterGroup.groups(of: items)
    writer.writeGamma(groups.count)
    for group in groups {
      writer.write(index[group.register.library] ?? 0, bits: indexBits)
      group.write(to: &writer)
    }
    writeVersions(to: &writer)
    return writer.bytes
  }

  /// The versions in order of the items, less the smallest one, in Rice code.
  private func writeVersions(to writer: inout BitWriter) {
    let numbers = items.map { versions[$0] ?? 0 }
    let smallest = numbers.min() ?? 0
    let order = RiceOrder.best(for: numbers.map { $0 - smallest })
    writer.writeGamma(smallest)
    writer.write(order, bits: RiceOrder.bits)
    for number in numbers { writer.writeRice(number - smallest, order: order) }
  }

  private static func versions(
    of items: [ItemID], from reader: inout BitReader
  ) throws(ManifestError) -> [ItemID: Int] {
    let largest = ManifestLimits.versions.upperBound
    let smallest = try reader.readGamma(atMost: largest)
    let order = try reader.read(bits: RiceOrder.bits)
    var versions: [ItemID: Int] = [:]
    for item in items {
      versions[item] = smallest + (try reader.readRice(order: order, atMost: largest - smallest))
    }
    return versions
  }

  /// Reads a manifest, refusing bytes that would not be written the same way again.
  package init(encoded bytes: [UInt8]) throws(ManifestError) {
    guard bytes.count <= ManifestLimits.encodedBytes else { throw .malformed }
    var reader = BitReader(bytes)
    guard try reader.read(bits: Format.versionBits) == Format.version else {
      throw .otherVersion
    }
    let count = try reader.readGamma(atMost: Format.libraries)
    guard count > 0 else { throw .malformed }
    var libraries: [LibraryCode] = []
    for _ in 0..<count { libraries.append(try LabelCoding.readLibrary(from: &reader)) }
    let indexBits = Self.bits(forCount: count)
    let owner = try Self.library(from: &reader, of: libraries, indexBits)
    let from = try Self.library(from: &reader, of: libraries, indexBits)
    let to = try Self.library(from: &reader, of: libraries, indexBits)
    let box = try Self.box(of: owner, serial: reader.read(bits: Format.serialBits))
    let seal = try reader.readGamma(atMost: ManifestLimits.seals.upperBound)
    let stage = try Self.stage(from: &reader)
    let titles = TitleSummary(
      count: try reader.readGamma(atMost: ManifestLimits.items),
      checksum: UInt32(truncatingIfNeeded: try reader.read(bits: Format.checksumBits)))
    var items: [ItemID] = []
    for _ in 0..<(try reader.readGamma(atMost: Format.groups)) {
      let library = try Self.library(from: &reader, of: libraries, indexBits)
      items += try RegisterGroup.items(
        of: library, from: &reader, atMost: ManifestLimits.items - items.count)
    }
    items.sort()
    let versions = try Self.versions(of: items, from: &reader)
    try self.init(
      box: box, seal: seal, from: from, to: to, stage: stage, titles: titles, items: items,
      versions: versions)
    guard encoded == bytes else { throw .malformed }
  }

  private static func bits(forCount count: Int) -> Int {
    Int.bitWidth - (count - 1).leadingZeroBitCount
  }

  private static func library(
    from reader: inout BitReader, of libraries: [LibraryCode], _ bits: Int
  ) throws(ManifestError) -> LibraryCode {
    let index = try reader.read(bits: bits)
    guard libraries.indices.contains(index) else { throw .malformed }
    return libraries[index]
  }

  /// The number behind the last dot.
  private static func serial(of box: BoxNumber) -> Int {
    box.text.split(separator: ".").last.flatMap { Int($0) } ?? 0
  }

  private static func box(of library: LibraryCode, serial: Int) throws(ManifestError) -> BoxNumber {
    do {
      return try BoxNumber(library: library, serial: serial)
    } catch {
      throw .malformed
    }
  }

  private func write(_ stage: StageReference?, to writer: inout BitWriter) {
    writer.write(stage == nil ? 0 : 1, bits: 1)
    guard let stage else { return }
    LabelCoding.write(stage.rota, to: &writer)
    writer.writeGamma(stage.number)
  }

  private static func stage(from reader: inout BitReader) throws(ManifestError) -> StageReference? {
    guard try reader.read(bits: 1) == 1 else { return nil }
    let rota = try LabelCoding.readRota(from: &reader)
    let number = try reader.readGamma(atMost: StageReference.numbers.upperBound)
    guard let stage = StageReference(rota: rota, number: number) else { throw .malformed }
    return stage
  }
}
