package import Labels
import Ledger
import Rotation

/// What somebody may see of the group: whose titles and whose copies.
///
/// A member shares what the group's papers say of it. A library whose stations are enrolled and of
/// which the papers say nothing yet is a member that shares its titles and copies with the group.
/// Whoever looks sees its own in any case.
package struct GroupView: Hashable, Sendable {
  /// The library that looks; nothing for a person.
  package let library: LibraryCode?
  /// Whether whoever looks belongs to the group, and so hears of its rotas, decisions and papers.
  package let isInGroup: Bool
  /// The libraries whose titles are seen.
  package let records: LibrarySet
  /// The libraries whose copies are seen.
  package let items: LibrarySet

  /// Of one who keeps the books or looks after them, from whom nothing is hidden.
  package static let whole = GroupView(
    library: nil, isInGroup: true, records: .all, items: .all)

  private init(
    library: LibraryCode?, isInGroup: Bool, records: LibrarySet, items: LibrarySet
  ) {
    self.library = library
    self.isInGroup = isInGroup
    self.records = records
    self.items = items
  }

  /// What a library's stations may see.
  package init(of library: LibraryCode, among members: [Member]) {
    let own = members.first { $0.library == library }
    let isInGroup = own?.leftMilliseconds == nil
    self.init(library: library, isInGroup: isInGroup, among: members)
  }

  /// What a person may see: one who works for the group, or anybody.
  package init(isInGroup: Bool, among members: [Member]) {
    self.init(library: nil, isInGroup: isInGroup, among: members)
  }

  private init(library: LibraryCode?, isInGroup: Bool, among members: [Member]) {
    func seen(_ thing: SharedThing) -> LibrarySet {
      guard isInGroup else {
        let open = members.filter { $0.shares(thing) && $0.audience == .everybody }
        return .only(Set(open.map(\.library)))
      }
      let closed = members.filter { !$0.shares(thing) && $0.library != library }
      return .allBut(Set(closed.map(\.library)))
    }
    self.init(
      library: library, isInGroup: isInGroup, records: seen(.records), items: seen(.items))
  }

  /// Whether anything of the group is hidden.
  var isRestricted: Bool { !isInGroup || records != .all || items != .all }

  /// Tells one view of a library from another; empty where nothing is hidden.
  ///
  /// A checkpoint that was issued under another view is none: its station begins anew, so what it
  /// may no longer see is taken back, and what it may see now is told.
  var text: String {
    guard isRestricted else { return "" }
    return "\(isInGroup ? "in" : "out") \(records.text) \(items.text)"
  }
}

extension Member {
  /// Whether it lets others see or use something; one that has left shares nothing.
  func shares(_ thing: SharedThing) -> Bool {
    leftMilliseconds == nil && shares.contains(thing)
  }
}

// MARK: - The feed

extension GroupView {
  /// Whether a library may be told of an entry.
  ///
  /// A box is told to whoever has had it, sends it or gets it, whatever is shared; a slip to its
  /// two ends. To anybody else a box is what its owner shares, and a slip what the owners of all
  /// that it lists do.
  func includes(_ entry: FeedEntry, in books: any RegistryReader) throws -> Bool {
    let name = entry.name
    if name.library != nil, name.library == library { return true }
    guard name.kind != FeedKind.card else { return false }
    guard isRestricted else { return true }
    switch name.kind {
    case FeedKind.slipKey: return true
    case FeedKind.record: return name.library.map(records.contains) ?? false
    case FeedKind.item: return name.library.map(items.contains) ?? false
    case FeedKind.box, FeedKind.slip: return try includes(content(of: entry), in: books)
    default: return isInGroup
    }
  }

  private func content(of entry: FeedEntry) throws(RegistryError) -> FeedContent? {
    do throws(CBORError) {
      return try FeedContent(entry)
    } catch {
      throw .damaged("table feed")
    }
  }

  private func includes(_ content: FeedContent?, in books: any RegistryReader) throws -> Bool {
    switch content {
    case .box(let box):
      if items.contains(box.number.library) { return true }
      if [box.from, box.to, box.holder].contains(library) { return true }
      return try books.sightings(of: [box.number]).contains { $0.place.library == library }
    case .slip(let slip):
      let manifest = slip.manifest
      if [manifest.from, manifest.to].contains(library) { return true }
      let owners = Set(manifest.items.map(\.library)).union([manifest.box.library])
      return owners.subtracting(library.map { [$0] } ?? []).allSatisfy(items.contains)
    default: return false
    }
  }
}

extension RegistryReader {
  /// What a library's stations may see.
  package func view(of library: LibraryCode) throws -> GroupView {
    GroupView(of: library, among: try members())
  }
}
