import Circulation
package import Labels
package import Ledger
import Rotation

/// A library that is told of an entry of the feed whatever the entry's owner shares, since it has
/// had what the entry is about, or was to get it.
///
/// It stays one for good: what it was told once is kept up to date, so that a station which heard
/// of a thing early and one which asks for the first time come to the same.
package struct FeedAddressee: Hashable, Sendable {
  package let name: FeedEntry.Name
  package let library: LibraryCode

  /// Gives nothing for the owner, who is told in any case.
  init?(_ name: FeedEntry.Name, _ library: LibraryCode?) {
    guard let library, library != name.library else { return nil }
    self.name = name
    self.library = library
  }
}

extension FeedItem {
  /// The library where the copy is: it lends it by the title's rules, so it is told of both.
  var addressees: [FeedAddressee] {
    place.library.map { addressees($0) } ?? []
  }

  /// A library as one that is told of the copy and of its title.
  func addressees(_ library: LibraryCode) -> [FeedAddressee] {
    let copy = FeedAddressee(FeedContent.item(self).name, library)
    guard record != .unknownTitle else { return [copy].compactMap(\.self) }
    let title = FeedEntry.Name(kind: FeedKind.record, library: item.library, key: record.text)
    return [copy, FeedAddressee(title, library)].compactMap(\.self)
  }
}

extension BoxSighting {
  /// The library that speaks of the box, and the one to which it sends it.
  var addressees: [FeedAddressee] {
    let name = FeedEntry.Name(
      kind: FeedKind.box, library: place.box.library, key: place.box.text)
    return [place.library, destination].compactMap { FeedAddressee(name, $0) }
  }
}

extension RegistryReader {
  /// The two ends of a slip's way, who are told of its box, and the one at which it comes out, who
  /// is told of what is in it before it is there.
  func addressees(of slip: SealedSlip) throws -> [FeedAddressee] {
    let manifest = slip.manifest
    let box = FeedEntry.Name(
      kind: FeedKind.box, library: manifest.box.library, key: manifest.box.text)
    let ends = [manifest.from, manifest.to].compactMap { FeedAddressee(box, $0) }
    let away = manifest.items.filter { $0.library != manifest.to }
    guard !away.isEmpty else { return ends }
    return try ends
      + holdings(of: away).compactMap(\.self).flatMap {
        FeedItem($0.holding).addressees(manifest.to)
      }
  }
}

extension RegistryTransaction {
  /// Who is told of what is said.
  func addressees(of content: FeedContent) throws -> [FeedAddressee] {
    switch content {
    case .item(let item): item.addressees
    case .slip(let slip): try addressees(of: slip)
    default: []
    }
  }

  /// Tells those who have had copies of the titles that these have got since.
  func addressTitles(of items: [FeedItem]) throws {
    try address(
      try items.flatMap { item in
        try addressees(of: FeedContent.item(item).name).flatMap { item.addressees($0) }
      })
  }
}

extension CommonSQL {
  func addressees(of name: FeedEntry.Name) throws -> [LibraryCode] {
    try rows(
      """
      SELECT addressee FROM feed_addressees WHERE library = $1 AND kind = $2 AND key = $3
      ORDER BY addressee
      """, [.text(name.library?.text ?? ""), .int(name.kind), .text(name.key)]
    ) { row in
      guard let library = try? LibraryCode(row.string(0)) else {
        throw RegistryError.damaged("table feed_addressees")
      }
      return library
    }
  }
}
