import Circulation
import Desk
import Foundation
import Journal
import Labels
import Ledger
import Registry
import Rotation

/// A term at two schools, day by day, with real stations and a real host.
///
/// The same scale gives the same term and the same report, apart from keys.
package struct SimulatedTerm {
  /// How large the two schools are, and how much happens.
  package struct Scale: Sendable {
    package let pupils: [Int]
    package let items: [Int]
    /// Loans of both schools over the term.
    package let loans: Int
    package let boxes: Int
    package let itemsInBox: Int
    /// Days of the term that are lived through; nothing is the whole term.
    package let days: Int?
    package let seed: UInt64

    /// 1,400 pupils, 12,000 items, and half of a year's 25,000 loans.
    package static let full = Scale(
      pupils: [800, 600], items: [7_000, 5_000], loans: 12_500, boxes: 3, itemsInBox: 100,
      days: nil, seed: 2_026)
    package static let small = Scale(
      pupils: [40, 30], items: [300, 240], loans: 300, boxes: 1, itemsInBox: 20, days: 20,
      seed: 2_026)
  }

  private let scale: Scale
  private let schools: [SimulatedSchool]
  private let host: HostFixture
  private let rota: Rota
  private let calendar = SchoolCalendar.standard(for: SchoolYear(start: 2026))
  private var report = SimulationReport()

  private init(_ scale: Scale) async throws {
    self.scale = scale
    let group = SlipGroup()
    let names = [("TT", "Trường Tiểu học Tân Tập"), ("TT1", "Trường Tiểu học Tân Tập 1")]
    let keys = try names.map { try group.key(of: LibraryCode($0.0)) }
    var schools: [SimulatedSchool] = []
    for (index, name) in names.enumerated() {
      schools.append(
        try await SimulatedSchool(
          name.0, named: name.1, items: scale.items[index], pupils: scale.pupils[index],
          seed: scale.seed + UInt64(index), in: group, slipKey: keys[index]))
    }
    self.schools = schools
    rota = try RotaText.rota(
      """
      rota 2026-TT
      libraries TT TT1
      set Sách luân chuyển
        kinds TN STK
      stage 1 2026-2027/1
        send Sách luân chuyển from TT to TT1
        send Sách luân chuyển from TT1 to TT
      stage 2 2026-2027/2
        send Sách luân chuyển from TT to TT1
        send Sách luân chuyển from TT1 to TT
      """)
    host = try HostFixture(inMemory: true)
  }

  /// Lives through a term, adds it up, and says what came of it.
  package static func run(_ scale: Scale) async throws -> SimulationReport {
    var term = try await SimulatedTerm(scale)
    for school in term.schools { try await term.host.registry.enrol(school.enrolment) }
    let published = try await term.host.registry.publish(term.rota, because: "")
    for school in term.schools { try await school.journal.hear(of: published.rota) }
    try await term.live()
    try await term.end()
    return term.report
  }
}

// MARK: - Day by day

extension SimulatedTerm {
  /// The days of the first term on which the schools are open.
  private var days: [SchoolDay] {
    guard let semester = calendar.semesters.first else { return [] }
    let all = (semester.first.number...semester.last.number).map { SchoolDay(number: $0) }
      .filter(calendar.isOpen)
    return Array(all.prefix(scale.days ?? all.count))
  }

  private mutating func live() async throws {
    let days = days
    let misplaced = scale.items.map { $0 / 100 }
    var (sent, home): ([[SentBox]], [[SentBox]]) = ([[], []], [[], []])
    for (index, day) in days.enumerated() {
      for school in schools { school.begin(day) }
      if index == 1 { sent = try await sendBoxes() }
      if index == 3 { try await receiveBoxes(sent, losingOne: true) }
      // Before the count every book goes home that is not with a pupil.
      if index == days.count - 5 { home = try await sendHome() }
      if index == days.count - 3 { try await receiveBoxes(home, losingOne: false) }
      let isLending = index < days.count - 8
      for (number, school) in schools.enumerated() {
        try await school.takeBack(on: day, all: index == days.count - 1)
        let share = scale.loans * scale.pupils[number] / scale.pupils.reduce(0, +)
        if isLending {
          try await school.lend(
            (share + days.count - 9) / max(days.count - 8, 1), on: day, calendar: calendar,
            returning: true, powerFails: index == days.count * (number + 1) / 4)
        }
        for _ in 0..<spread(misplaced[number], over: days.count, at: index) {
          school.misplaceOne()
        }
        // The second school has no network for a week in the middle of the term.
        let isOffline = number == 1 && (days.count / 2..<days.count / 2 + 5).contains(index)
        if !isOffline { try await school.deliver(to: host.registry) }
      }
    }
    for school in schools {
      try await school.lend(
        3, on: days.last ?? calendar.semesters[0].first, calendar: calendar, returning: false)
    }
    report.days = days.count
  }

  /// How many of a number fall on one of so many days.
  private func spread(_ total: Int, over days: Int, at index: Int) -> Int {
    total * (index + 1) / days - total * index / days
  }

  private mutating func sendBoxes() async throws -> [[SentBox]] {
    var sent: [[SentBox]] = []
    for (number, school) in schools.enumerated() {
      var boxes: [SentBox] = []
      for serial in 1...scale.boxes {
        let items = school.pick(scale.itemsInBox, of: school.library)
        boxes.append(
          try await school.send(
            items, in: BoxNumber(library: school.library, serial: serial),
            to: schools[1 - number].library, stage: stage(1)))
      }
      report.sent += boxes.map(\.items.count).reduce(0, +)
      sent.append(boxes)
    }
    return sent
  }

  private func stage(_ number: Int) throws -> StageReference {
    guard let stage = StageReference(rota: rota.id, number: number) else {
      throw SimulationProblem.noSuchStage
    }
    return stage
  }

  /// Each school sends the other's books back, in the boxes in which they came.
  private mutating func sendHome() async throws -> [[SentBox]] {
    var sent: [[SentBox]] = []
    for (number, school) in schools.enumerated() {
      let home = schools[1 - number].library
      let visitors = school.visitors(of: home)
      var boxes: [SentBox] = []
      for (index, start) in stride(from: 0, to: visitors.count, by: scale.itemsInBox).enumerated() {
        let items = Array(visitors[start..<min(start + scale.itemsInBox, visitors.count)])
        boxes.append(
          try await school.send(
            items, in: BoxNumber(library: home, serial: index + 1), to: home, stage: stage(2)))
      }
      report.sentHome += boxes.map(\.items.count).reduce(0, +)
      sent.append(boxes)
    }
    return sent
  }

  /// Where one is lost, from each school's first box one book has fallen out on the way.
  private mutating func receiveBoxes(_ sent: [[SentBox]], losingOne: Bool) async throws {
    for (number, school) in schools.enumerated() {
      for (index, box) in sent[1 - number].enumerated() {
        let missing = losingOne && index == 0 ? Set(box.items.prefix(1)) : []
        report.fallenOut.formUnion(missing)
        try await school.receive(box, without: missing)
      }
    }
  }
}

// MARK: - The end of the term

extension SimulatedTerm {
  private mutating func end() async throws {
    for (number, school) in schools.enumerated() {
      try await school.count(items: scale.items.max() ?? 0)
      try await check(school, fallenOut: report.fallenOut)
      try await checkMinutes(from: school, to: schools[1 - number])
      let closed = try await school.desk.closeTerm("2026-2027/1", as: school.operation())
      report.add(closed, of: school, at: number)
    }
    try await sign()
    for school in schools {
      try await school.deliver(to: host.registry)
      let problems = try await school.journal.verify().problems
      report.problems += problems.map { "\(school.library): \($0)" }
    }
    try await checkHost()
  }

  /// Holds what the sum says of each book against where it really is.
  private mutating func check(_ school: SimulatedSchool, fallenOut: Set<ItemID>) async throws {
    let sum = try await school.desk.termLines(of: "2026-2027/1")
    let found = Dictionary(grouping: sum.lines, by: \.heading)
      .mapValues { Set($0.map(\.item)) }
    let expected: [Heading: Set<ItemID>] = [
      .present: Set(school.shelf.items), .missing: school.gone, .lost: school.reportedLost,
      .onLoan: Set(school.loans.keys), .notKnownYet: school.away,
      .onTheWay: fallenOut.filter { $0.library != school.library },
    ].filter { !$0.value.isEmpty }
    for heading in Heading.allCases where found[heading] != expected[heading] {
      let odd = (found[heading] ?? []).symmetricDifference(expected[heading] ?? [])
      report.problems.append(
        "\(school.library): \(odd.count) items are not what \(heading.rawValue) says: "
          + odd.sorted().prefix(5).map(\.text).joined(separator: ", "))
    }
    for row in sum.reconciliation.rows where !row.addsUp {
      report.problems.append("\(school.library): a row does not add up")
    }
    if Set(sum.lines.map(\.item)).count != sum.lines.count {
      report.problems.append("\(school.library): an item is listed twice")
    }
  }

  /// Holds the minutes of both ends of each stage against each other.
  private mutating func checkMinutes(
    from sender: SimulatedSchool, to receiver: SimulatedSchool
  ) async throws {
    let way = StageWay(from: sender.library, to: receiver.library)
    for number in 1...2 {
      let stage = try stage(number)
      let sent = try await sender.desk.handoverCopy(of: stage, by: way)
      let received = try await receiver.desk.handoverCopy(of: stage, by: way)
      let named = Set(sent.boxes.flatMap(\.lines).map(\.item))
      let agreed = Set(
        received.boxes.flatMap { box in box.headings.filter { $0.value == .agreed }.keys })
      report.add(sent, agreed: agreed.count)
      if agreed != named.subtracting(report.fallenOut) {
        report.problems.append("the minutes of stage \(stage), \(way.from) to \(way.to), differ")
      }
    }
  }

  /// Each school signs the other's statement, naming what it has not received.
  private mutating func sign() async throws {
    for (number, school) in schools.enumerated() {
      let other = schools[1 - number]
      let file = try await school.desk.statementFile(of: "2026-2027/1")
      let signed = try await other.desk.takeStatement(
        file, acceptsDifferences: true, as: other.operation())
      let home = try await school.desk.takeStatement(
        signed.file, acceptsDifferences: false, as: school.operation())
      report.exceptions.formUnion(signed.exceptions)
      if home.signers.count != 2 {
        report.problems.append("\(school.library): the statement is not signed by both")
      }
    }
    if report.exceptions != report.fallenOut {
      report.problems.append("what was signed as not received is not what fell out")
    }
  }

  private mutating func checkHost() async throws {
    let overview = try await host.registry.overview()
    report.conflicts = overview.conflictCount
    if overview.balances.values.reduce(0, +) != 0 {
      report.problems.append("the host's places do not add up")
    }
    for school in schools {
      let own = try await school.journal.read { try $0.balances() }
      for (place, count) in own where place.library == school.library {
        if overview.balances[place] != count {
          report.problems.append("the host has \(overview.balances[place] ?? 0) at \(place)")
        }
      }
    }
    report.problems += try await host.registry.verify().problems.map { "host: \($0)" }
    try await checkGroup()
    report.finish(schools, scale)
  }

  /// Holds the host's sum against what both schools have signed, and against where books are.
  private mutating func checkGroup() async throws {
    let group = try await host.registry.reconciliation()
    if group.statements.count != schools.count || group.closingHash == nil {
      report.problems.append("the host has not got both statements")
    }
    for said in group.statements {
      report.problems += said.deviations.map {
        "\(said.station): row \($0.kind.rawValue) \($0.home), column \($0.column): the statement "
          + "has \($0.stated), the host \($0.summed)"
      }
      if said.signatures.count != 1 {
        report.problems.append("\(said.station): the host has no signature of the other school")
      }
    }
    checkWays(group)
    let reallyMissing = Set(schools.flatMap(\.gone))
    let found = Dictionary(grouping: group.differences, by: \.difference.heading)
      .mapValues { Set($0.map(\.item)) }
    if found
      != [.missing: reallyMissing, .onTheWay: report.fallenOut].filter({ !$0.value.isEmpty })
    {
      report.problems.append("the host's open differences are not what has gone")
    }
    let headings = group.reconciliation.headings
    let onLoan = schools.map(\.loans.count).reduce(0, +)
    let lost = schools.map(\.reportedLost.count).reduce(0, +)
    let total = scale.items.reduce(0, +)
    if headings[.onLoan, default: 0] != onLoan || headings[.lost, default: 0] != lost
      || group.reconciliation.itemCount != total
    {
      report.problems.append("the host's headings are \(headings)")
    }
  }

  /// Each school knows what it has sent, and what has come to it.
  private mutating func checkWays(_ group: GroupReconciliation) {
    for said in group.statements {
      for way in said.statement.ways {
        let summed = group.reconciliation.traffic.first {
          group.libraries[$0.from] == way.from && group.libraries[$0.to] == way.to
        }
        let isSender = way.from == said.station.library
        let stated = way.numbers[isSender ? 1 : 2]
        let found = isSender ? summed?.sent : summed?.received
        if stated != found {
          report.problems.append(
            "\(said.station): way \(way.from) \(way.to): the statement has \(stated), the host "
              + "\(found ?? 0)")
        }
      }
    }
  }
}
