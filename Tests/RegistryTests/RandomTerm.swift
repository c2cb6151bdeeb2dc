import Circulation
import Desk
import Journal
import Labels
import Ledger
import Rotation
import TestSupport
import Testing

/// What somebody may do next at one of three libraries, likely or not, and errands that go on for
/// several steps while others do something else.
struct RandomTerm {
  private let sites: [BoxSite]
  private var slips: [String: [String]] = [:]
  private var errands: [[Errand]] = []
  /// What each library is still about to do, and how many errands it has begun.
  private var queues: [[Errand]]
  private var begun: [Int]

  private static let mostErrands = 4
  private static let orderlyErrands = 5

  init(sites: [BoxSite]) {
    self.sites = sites
    queues = sites.map { _ in [] }
    begun = sites.map { _ in 0 }
  }

  /// Does one thing, and says whether a rule let it happen.
  mutating func step(using generator: inout SeededGenerator) async throws -> Bool {
    if errands.count < Self.mostErrands, Int.random(in: 0..<12, using: &generator) == 0 {
      errands.append(try errand(using: &generator))
    }
    let index = errands.indices.randomElement(using: &generator)
    if let index, Bool.random(using: &generator) {
      let next = errands[index].removeFirst()
      if errands[index].isEmpty { errands.remove(at: index) }
      return try await attempt(next)
    }
    return try await attempt(randomAct(using: &generator))
  }

  /// Goes on with an errand, and says whether any was left.
  ///
  /// Each library does one after the other with books that have not travelled yet, and nobody does
  /// anything else, so that all is in order.
  mutating func orderlyStep(using generator: inout SeededGenerator) async throws -> Bool {
    for index in sites.indices where queues[index].isEmpty && begun[index] < Self.orderlyErrands {
      let items = try [1, 2].map { try sites[index].item(2 * begun[index] + $0).label }
      begun[index] += 1
      let isBlind = Int.random(in: 0..<3, using: &generator) == 0
      // Nobody can tell trips of one box apart whose slip nobody has read.
      let box = try sites[index].box(isBlind ? begun[index] : 9)
      queues[index] = errand(
        from: index, with: items, in: box, isBlind: isBlind, using: &generator)
    }
    let busy = queues.indices.filter { !queues[$0].isEmpty }
    guard let index = busy.randomElement(using: &generator) else { return false }
    let next = queues[index].removeFirst()
    #expect(try await attempt(next), "\(next.site.library): \(next.act)")
    return true
  }

  /// One thing that a person does at a library.
  private struct Errand {
    let site: BoxSite
    let act: Act

    enum Act {
      case desk(DeskRequest)
      case box(BoxRequest)
      case read(box: String)
    }

    init(_ site: BoxSite, _ act: Act) {
      self.site = site
      self.act = act
    }
  }

  private mutating func attempt(_ errand: Errand) async throws -> Bool {
    do {
      switch errand.act {
      case .desk(let request): try await errand.site.perform(request)
      case .read(let box):
        guard let codes = slips[box] else { return false }
        try await errand.site.read(codes, box: box, acceptsOthers: true)
      case .box(let request):
        let outcome = try await errand.site.perform(request)
        if case .box(.sealed(let slip)) = outcome.event?.fact {
          slips[outcome.summary.record.box.number.label] = try BoxSite.codes(of: slip)
        }
      }
      return true
    } catch is Refusal, is BoxRefusal, is DeskError, is ManifestError, is PackingStopped {
      return false
    }
  }
}

// MARK: - Single acts

extension RandomTerm {
  private func randomAct(using generator: inout SeededGenerator) throws -> Errand {
    var site = sites[Int.random(in: 0..<sites.count, using: &generator)]
    let owner = sites[Int.random(in: 0..<sites.count, using: &generator)]
    let other = sites[Int.random(in: 0..<sites.count, using: &generator)]
    let number = Int.random(in: 0..<24, using: &generator)
    // A box is mostly filled where it belongs, with books from there.
    let isLikely = (8...14).contains(number) && Int.random(in: 0..<4, using: &generator) > 0
    if isLikely { site = other }
    let item = try (isLikely ? other : owner).item(Int.random(in: 1...4, using: &generator)).label
    let box = try other.box(Int.random(in: 1...2, using: &generator))
    if number < 7 { return Errand(site, .desk(try Self.act(number, on: item, of: site))) }
    if number == 7 { return Errand(site, .read(box: box)) }
    return Errand(site, .box(Self.act(number, item, box, to: owner)))
  }

  private static func act(_ number: Int, on item: String, of site: BoxSite) throws -> DeskRequest {
    switch number {
    case 0, 1: try loan(of: item, at: site)
    case 2, 3: .checkin(item: item)
    case 4: .reportLost(item: item)
    default: .reportFound(item: item)
    }
  }

  private static func loan(of item: String, at site: BoxSite) throws -> DeskRequest {
    let card = try CardNumber(library: site.library, serial: 1).label
    return .checkout(item: item, card: card, overrideReason: "cô giáo đồng ý")
  }

  private static func act(
    _ number: Int, _ item: String, _ box: String, to other: BoxSite
  ) -> BoxRequest {
    switch number {
    case 8: .open(box: box, to: other.library.text)
    case 9, 10, 11: .pack(item: item, box: box, despiteWarnings: true)
    case 12: .unpack(item: item, box: box)
    case 13: .seal(box: box)
    case 14: .send(box: box, to: other.library.text)
    case 15: .arrive(box: box, from: nil)
    case 16, 17: .receive(item: item, box: box, condition: .worn)
    case 18: .confirm(box: box)
    case 19: .reopen(box: box)
    case 20: .refuse(box: box)
    case 21: .sendBack(box: box)
    case 22: .reportFound(box: box)
    default: .reportLost(box: box)
    }
  }

  /// A loan or a return at the end of a term.
  mutating func lend(using generator: inout SeededGenerator) async throws {
    guard let site = sites.randomElement(using: &generator),
      let owner = sites.randomElement(using: &generator)
    else { return }
    let item = try owner.item(Int.random(in: 1...10, using: &generator)).label
    let isLoan = Bool.random(using: &generator)
    _ = try await attempt(
      Errand(site, .desk(isLoan ? Self.loan(of: item, at: site) : .checkin(item: item))))
  }

  /// Counts what stands on each library's shelves, but for some.
  func countSome(using generator: inout SeededGenerator) async throws {
    for site in sites {
      let all = try sites.flatMap { owner in try (1...10).map { try owner.item($0) } }
      let seen = try await site.journal.read { view in
        try all.filter { try view.holding($0)?.place == .shelf(site.library) }
      }
      try await site.count(seen.filter { _ in Int.random(in: 0..<9, using: &generator) > 0 })
    }
  }
}

// MARK: - Errands

extension RandomTerm {
  private func errand(using generator: inout SeededGenerator) throws -> [Errand] {
    let index = Int.random(in: 0..<sites.count, using: &generator)
    let serial = Int.random(in: 3...4, using: &generator)
    let items = try [5, 6].map { try sites[index].item($0 + 2 * (serial - 3)).label }
    let isBlind = Int.random(in: 0..<3, using: &generator) == 0
    return errand(
      from: index, with: items, in: try sites[index].box(serial), isBlind: isBlind,
      using: &generator)
  }

  /// Two books travel in a box of their own library, and something becomes of them.
  private func errand(
    from index: Int, with items: [String], in box: String, isBlind: Bool,
    using generator: inout SeededGenerator
  ) -> [Errand] {
    let others = (sites[..<index] + sites[(index + 1)...]).shuffled(using: &generator)
    let (sender, second, third) = (sites[index], others[0], others[1])
    let there = Self.packing(items, box, sender, to: second)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0:
      // Home in the same box, out of which they are taken as if they had never been away.
      return there + Self.taking(items, box, second, isBlind: isBlind)
        + Self.packing(items, box, second, to: sender)
        + [.checkin(item: items[0]), .checkin(item: items[1])].map { Errand(sender, .desk($0)) }
    case 1:
      // Home in the same box, in which they travel on at once.
      return there + Self.taking(items, box, second, isBlind: isBlind)
        + Self.packing(items, box, second, to: sender)
        + Self.packing(items, box, sender, to: third)
        + Self.taking(items, box, third, isBlind: isBlind)
    case 2:
      let onward = Errand(second, .box(.send(box: box, to: third.library.text)))
      return there + Self.arrival(of: box, second, isBlind: isBlind) + [onward]
        + Self.taking(items, box, third, isBlind: isBlind)
    case 3:
      let back: [BoxRequest] = [.refuse(box: box), .sendBack(box: box)]
      return there + Self.arrival(of: box, second, isBlind: isBlind)
        + back.map { Errand(second, .box($0)) } + Self.taking(items, box, sender, isBlind: isBlind)
    default:
      return there + [
        Errand(sender, .desk(.reportLost(item: items[0]))),
        Errand(sender, .desk(.reportFound(item: items[0]))),
      ] + Self.taking(Array(items[1...]), box, second, isBlind: isBlind)
    }
  }

  private static func packing(
    _ items: [String], _ box: String, _ site: BoxSite, to other: BoxSite
  ) -> [Errand] {
    let packing = items.map { BoxRequest.pack(item: $0, box: box, despiteWarnings: true) }
    let whole =
      [BoxRequest.open(box: box, to: other.library.text)] + packing
      + [.seal(box: box), .send(box: box, to: nil)]
    return whole.map { Errand(site, .box($0)) }
  }

  private static func arrival(of box: String, _ site: BoxSite, isBlind: Bool) -> [Errand] {
    [Errand(site, isBlind ? .box(.arrive(box: box, from: nil)) : .read(box: box))]
  }

  private static func taking(
    _ items: [String], _ box: String, _ site: BoxSite, isBlind: Bool
  ) -> [Errand] {
    arrival(of: box, site, isBlind: isBlind)
      + items.map { .receive(item: $0, box: box, condition: .good) }.map { Errand(site, .box($0)) }
      + [Errand(site, .box(.confirm(box: box)))]
  }
}
