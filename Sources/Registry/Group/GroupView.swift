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
  /// may no longer see is taken back, and what it may see now is told. The number in front grows
  /// where this program tells something else of the same view than one before it did.
  var text: String {
    guard isRestricted else { return "" }
    return "2 \(isInGroup ? "in" : "out") \(records.text) \(items.text)"
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
  /// What a library is told for an entry that the books have found for it; nothing where it is not
  /// told.
  ///
  /// The statement has passed over other libraries' titles, copies and boxes that neither are
  /// shared nor have been at the library, and over other libraries' cards. A slip is told to its
  /// two ends, and to anybody else where the owners of all that it lists share their copies; since
  /// a slip takes the place of an earlier one that may have been told, that one is taken back.
  func told(_ entry: FeedEntry) throws(RegistryError) -> FeedEntry? {
    let name = entry.name
    let isOwn = name.library != nil && name.library == library
    guard isRestricted, !isOwn else { return entry }
    switch name.kind {
    case FeedKind.record, FeedKind.item, FeedKind.box, FeedKind.slipKey, FeedKind.card:
      return entry
    case FeedKind.slip:
      return includes(try manifest(in: entry)) ? entry : FeedContent.takenBack(name).entry
    default: return isInGroup ? entry : nil
    }
  }

  private func manifest(in entry: FeedEntry) throws(RegistryError) -> Manifest {
    guard case .slip(let slip)? = try? FeedContent(entry) else { throw .damaged("table feed") }
    return slip.manifest
  }

  private func includes(_ manifest: Manifest) -> Bool {
    if [manifest.from, manifest.to].contains(library) { return true }
    let owners = Set(manifest.items.map(\.library)).union([manifest.box.library])
    return owners.subtracting(library.map { [$0] } ?? []).allSatisfy(items.contains)
  }
}

extension RegistryReader {
  /// What a library's stations may see.
  package func view(of library: LibraryCode) throws -> GroupView {
    GroupView(of: library, among: try members())
  }
}
