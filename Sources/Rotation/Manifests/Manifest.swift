package import Labels

/// One line of a slip: a copy, and its title in short.
package struct ManifestLine: Hashable, Sendable {
  package let item: ItemID
  package let title: String
  /// How many acts on the copy its sender knew of.
  package let version: Int

  /// Takes a title of any length and keeps its beginning.
  package init(item: ItemID, title: String, version: Int) {
    self.item = item
    self.title = String(title.prefix(ManifestLimits.titleCharacters))
    self.version = version
  }
}

/// What the codes on a slip say of its titles: how many, and a check sum of all lines.
///
/// The titles themselves stand on the slip in print; they would fill four codes more.
package struct TitleSummary: Hashable, Sendable {
  package let count: Int
  package let checksum: UInt32

  init(count: Int, checksum: UInt32) {
    self.count = count
    self.checksum = checksum
  }

  /// Sums up lines, in whichever order they come.
  package init(of lines: [ManifestLine]) {
    count = Set(lines.map(\.title)).count
    let sorted = lines.sorted { ($0.item, $0.title) < ($1.item, $1.title) }
    checksum = CRC32.checksum(
      of: Array(sorted.map { "\($0.item)\t\($0.title)\n" }.joined().utf8))
  }
}

/// What is in a box, as its sender says: bảng kê.
package struct Manifest: Hashable, Sendable {
  package let box: BoxNumber
  /// The number of the box's sealing: a slip of an earlier one is old.
  package let seal: Int
  package let from: LibraryCode
  package let to: LibraryCode
  /// The stage of a rota that the box belongs to, if it does.
  package let stage: StageReference?
  package let titles: TitleSummary
  /// In order, each once.
  package let items: [ItemID]
  /// How many acts on each item its sender knew of, packing included; 0 for nothing said.
  ///
  /// Whoever takes an item out of the box has seen that many, so that the host can tell which act
  /// came after which, whatever arrives there first.
  package let versions: [ItemID: Int]

  /// Draws up a manifest, refusing one without items, with too many, or with one twice.
  package init(
    box: BoxNumber, seal: Int, from: LibraryCode, to: LibraryCode, stage: StageReference?,
    lines: [ManifestLine]
  ) throws(ManifestError) {
    try self.init(
      box: box, seal: seal, from: from, to: to, stage: stage, titles: TitleSummary(of: lines),
      items: lines.map(\.item).sorted(),
      versions: Dictionary(lines.map { ($0.item, $0.version) }, uniquingKeysWith: max))
  }

  init(
    box: BoxNumber, seal: Int, from: LibraryCode, to: LibraryCode, stage: StageReference?,
    titles: TitleSummary, items: [ItemID], versions: [ItemID: Int]
  ) throws(ManifestError) {
    guard (1...ManifestLimits.items).contains(items.count) else {
      throw .badItemCount(items.count, limit: ManifestLimits.items)
    }
    if let twice = zip(items, items.dropFirst()).first(where: { $0 == $1 })?.0 {
      throw .itemTwice(twice)
    }
    guard ManifestLimits.seals.contains(seal) else { throw .badSeal(seal) }
    if let version = versions.values.first(where: { !ManifestLimits.versions.contains($0) }) {
      throw .badVersion(version)
    }
    self.box = box
    self.seal = seal
    self.from = from
    self.to = to
    self.stage = stage
    self.titles = titles
    self.items = items
    self.versions = versions
  }
}
